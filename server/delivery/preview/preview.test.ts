import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { templateRoutes } from '../../content/templates/template-routes.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { userRoutes } from '../../users/routes.ts';
import { previewRoutes } from './preview-routes.ts';

interface Seen {
  message: { body: string } | null;
  whatsApp: { header: unknown; body: string; footer: string | null; buttons: unknown[] } | null;
  skip: { reason: string; detail: string } | null;
  locale: string | null;
  segments: number;
  priceMicros: number | null;
  notes: string[];
}

let api: TestApi;
before(async () => {
  api = await startTestApi([templateRoutes(async () => assert.fail()), previewRoutes, userRoutes]);
});
after(() => api.close());

async function called<T = { params: { templateId: number } }>(path: string, body: object): Promise<T> {
  const answer = await api.call('POST', path, body);
  assert.equal(answer.status, 200, answer.text);
  return answer.body as T;
}
/** What stands in a message but for the codes of its links, which are new in each. */
const withoutCodes = (seen: unknown) => JSON.stringify(seen).replace(/\bA\w{8}\b/g, '…');

test('a template that is saved and the same text in an editor show one and the same message', async () => {
  const texts = {
    sms: { message: 'Acme: hi {{firstName}}, see https://acme.example/[[offer]]' },
    whatsApp: {
      header: { kind: 'text', text: 'For {{firstName}}' },
      ...{ body: 'Hi *{{firstName}}*, news', footer: 'Reply STOP to end' },
      buttons: [
        { type: 'url', text: 'Look', url: 'https://acme.example/{{city}}' },
        { type: 'phone', text: 'Call', phone: '+14155550132' },
      ],
    },
  };
  for (const [medium, text] of Object.entries(texts)) {
    const whom = { dataFields: { firstName: 'Jo', city: 'New York' }, dataFeed: { offer: 'tea' } };
    const { params } = await called(`/api/templates/${medium}/upsert`, { clientTemplateId: medium, ...text });
    const saved = await called<Seen>(
      `/api/templates/${medium}/preview?templateId=${params.templateId}`,
      whom,
    );
    const draft = await called<Seen>(`/api/templates/${medium}/draft`, { ...params, ...text, ...whom });
    assert.equal(withoutCodes(saved), withoutCodes({ ...draft, faults: undefined }));
  }
});

test('a WhatsApp message shows as its reader sees it: filled, its buttons where they lead', async () => {
  const { whatsApp } = await called<Seen>('/api/templates/whatsApp/draft', {
    header: { kind: 'image', url: 'https://acme.example/{{city}}.png' },
    body: 'Hi *{{firstName}}*, 50% off {{defaultIfEmpty item "tea"}} in {{city}} today',
    footer: 'Reply STOP to end',
    buttons: [
      { type: 'url', text: 'Look', url: 'https://acme.example/sale' },
      { type: 'quickReply', text: 'No thanks', payload: 'no' },
      { type: 'copyCode', text: 'Copy code', code: '{{code}}' },
    ],
    dataFields: { firstName: 'Jo', city: 'Köln', code: 'TEA5' },
  });
  assert.equal(
    withoutCodes(whatsApp),
    JSON.stringify({
      header: { kind: 'image', url: 'https://acme.example/K%C3%B6ln.png', text: '' },
      offer: null,
      body: 'Hi *Jo*, 50% off tea in Köln today',
      footer: 'Reply STOP to end',
      buttons: [
        { type: 'url', text: 'Look', leadsTo: 'https://go.example/l/…' },
        { type: 'quickReply', text: 'No thanks', leadsTo: 'no' },
        { type: 'copyCode', text: 'Copy code', leadsTo: 'TEA5' },
      ],
      ...{ cards: [], asksToCall: false },
    }),
  );
});

test('an email is shown with what stands beside its subject, and looking at it is no opening of it', async () => {
  const seen = await called<{ message: { html: string }; preheader: string }>('/api/templates/email/draft', {
    ...{ subject: 'News', preheaderText: 'Tom & {{name}}', html: '<p>All <b>news</b></p>' },
    dataFields: { name: 'Jo' },
  });
  assert.equal(seen.preheader, 'Tom & Jo');
  assert.match(seen.message.html, /All <b>news/);
  assert.doesNotMatch(seen.message.html, /data-open|\/o\//);
});

test('the writer is warned before fields make a message longer than its channel takes', async () => {
  const draft = (body: string, name: string) =>
    called<Seen>('/api/templates/whatsApp/draft', { body, dataFields: { name } });
  const words = `Hi {{name}}! ${'x'.repeat(1_000)}.`;
  const near = await draft(words, 'Jo');
  assert.match(near.notes.join(), /body, filled in, has 1,008 of the 1,024 characters.*more than 16 char/);
  const beyond = await draft(words, 'Josephine-Charlotte');
  assert.deepEqual(beyond.skip?.reason, 'contentTooLong');
  assert.deepEqual((await draft('Hi {{name}}, news', 'Jo')).notes, []);
});

test('somebody of the project is named as lists of people name them, and told which locale they get', async () => {
  const { params: ann } = await called<{ params: { ref: string } }>('/api/users/update', {
    ...{ userId: 'ann', phoneNumber: '+14155550101' },
    dataFields: { firstName: 'Ann', locale: 'pt-BR' },
  });
  const save = (fields: object) =>
    called('/api/templates/sms/upsert', { clientTemplateId: 'tongues', ...fields });
  const { params } = await save({ message: 'Acme: hi {{firstName}}' });
  await save({ locale: 'pt', message: 'Acme: oi {{firstName}}' });
  const person = { ref: ann.ref };
  const own = await called<Seen>(`/api/templates/sms/preview?templateId=${params.templateId}`, { person });
  assert.match(own.message?.body ?? '', /^Acme: oi Ann\n/);
  const message = 'Acme: hello {{firstName}}';
  const draft = await called<Seen>('/api/templates/sms/draft', { ...params, message, person });
  assert.match(draft.message?.body ?? '', /^Acme: hello Ann\n/);
  assert.deepEqual([own.locale, draft.locale], ['pt', 'pt']);
  assert.ok((draft.priceMicros ?? 0) > 0 && (draft.priceMicros ?? 0) < 50_000, `${draft.priceMicros}`);
  const nobody = await api.call('POST', '/api/templates/sms/draft', {
    ...{ message, person: { ref: 'id:3.999' } },
  });
  assert.equal(nobody.status, 404);
});
