import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WhatsAppTemplate } from '../template-content.ts';
import type { ShownVersion } from './approval.sql.ts';
import { versionName } from './version-name.ts';

const text = (body: string, language = 'en_US'): WhatsAppTemplate => ({
  ...{ medium: 'whatsApp', language, header: null, body, footer: null, buttons: [] },
});
const version = (name: string, content: WhatsAppTemplate, status: string): ShownVersion => ({
  ...{ project_id: 1, template_id: 1, name, language: content.language, content, status },
  category: 'MARKETING',
  ...{ provider_account_id: 1, provider_template_id: name, status_at: null, reason: null, advice: null },
  ...{ next_category: null, next_category_at: null, quality: null, submitted_at: new Date(0) },
});
const named = (content: WhatsAppTemplate, versions: ShownVersion[], wanted = 'sale') =>
  versionName(wanted, { contents: [content], category: 'MARKETING' }, versions);

test('what Meta was never shown, and what it was shown as it stands, keeps its name', () => {
  assert.equal(named(text('a'), []), 'sale');
  assert.equal(named(text('a'), [version('sale', text('a'), 'APPROVED')]), 'sale');
  assert.equal(named(text('a'), [version('sale', text('a'), 'PENDING')]), 'sale');
});

test('a changed text is the next version, unless Meta has refused or paused the one of that name, which is mended', () => {
  for (const status of ['APPROVED', 'PENDING', 'DISABLED', 'DELETED'])
    assert.equal(named(text('b'), [version('sale', text('a'), status)]), 'sale_v2', status);
  for (const status of ['REJECTED', 'PAUSED'])
    assert.equal(named(text('b'), [version('sale', text('a'), status)]), 'sale', status);
  const both = [version('sale', text('a'), 'APPROVED'), version('sale_v2', text('b'), 'APPROVED')];
  assert.equal(named(text('c'), both), 'sale_v3');
});

test('a text that Meta has already goes under the name that it has there, but for one that was deleted', () => {
  const both = [version('sale', text('a'), 'APPROVED'), version('sale_v2', text('b'), 'APPROVED')];
  assert.equal(named(text('a'), both, 'sale_v2'), 'sale');
  const deleted = [version('sale', text('a'), 'DELETED'), version('sale_v2', text('b'), 'APPROVED')];
  assert.equal(named(text('a'), deleted, 'sale_v2'), 'sale_v3');
});

test('what is filed elsewhere is another version, and another language none', () => {
  const approved = [version('sale', text('a'), 'APPROVED')];
  assert.equal(versionName('sale', { contents: [text('a')], category: 'UTILITY' }, approved), 'sale_v2');
  assert.equal(named(text('hallo', 'de'), approved), 'sale');
});
