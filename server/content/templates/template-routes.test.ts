import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { IterableClient } from '@iterable/api';
import { templateRemovalRoutes } from '../../campaigns/template-removal-routes.ts';
import { previewRoutes } from '../../delivery/preview/preview-routes.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { snippetRoutes } from '../snippets/snippet-routes.ts';
import { setApproval } from './approval-fixtures.ts';
import { templateRoutes } from './template-routes.ts';
import { findTemplate } from './templates.sql.ts';

const sentTests: { templateId: number; to: unknown }[] = [];
let api: TestApi;
let client: IterableClient;

before(async () => {
  const routes = templateRoutes(async (_context, _caller, sent) => {
    sentTests.push({ templateId: sent.template.id, to: sent.to });
    return { messageId: 'test-message' };
  });
  api = await startTestApi([routes, previewRoutes, snippetRoutes, templateRemovalRoutes]);
  client = new IterableClient({ apiKey: api.key, baseUrl: api.url });
});

after(async () => {
  client.destroy();
  await api.close();
});

async function messageTypeOf(channel: string): Promise<number> {
  const row = await api.database.db
    .selectFrom('message_type')
    .innerJoin('channel', 'channel.id', 'message_type.channel_id')
    .select('message_type.id')
    .where('channel.name', '=', channel)
    .executeTakeFirstOrThrow();
  return row.id;
}

function idOf(answer: { params?: Record<string, unknown> | null }): number {
  return Number(answer.params?.templateId);
}

function warningsOf(answer: { params?: Record<string, unknown> | null }): string {
  return JSON.stringify(answer.params?.warnings);
}

describe('SMS templates by the official client', () => {
  test('what was saved is read back', async () => {
    const saved = await client.upsertSMSTemplate({
      clientTemplateId: 'spring',
      name: 'Spring',
      message: 'Acme: hi {{firstName}}, see https://acme.example/spring',
      messageTypeId: await messageTypeOf('SMS Marketing'),
      googleAnalyticsCampaignName: 'spring',
      linkParams: [{ key: 'ref', value: 'sms' }],
      creatorUserId: 'ann@acme.example',
    });
    const template = await client.getSMSTemplate({ templateId: idOf(saved) });
    assert.equal(template.message, 'Acme: hi {{firstName}}, see https://acme.example/spring');
    assert.equal(template.clientTemplateId, 'spring');
    assert.equal(template.creatorUserId, 'ann@acme.example');
    assert.equal(template.googleAnalyticsCampaignName, 'spring');
    assert.deepEqual(template.linkParams, [{ key: 'ref', value: 'sms' }]);
    assert.equal(template.createdAt, new Date('2026-11-23T17:00:00Z').getTime());
  });

  test('the same clientTemplateId changes the same template, and what is left out stays', async () => {
    const first = await client.upsertSMSTemplate({
      clientTemplateId: 'twice',
      message: 'Acme: one',
      name: 'Twice',
    });
    const second = await client.upsertSMSTemplate({ clientTemplateId: 'twice', message: 'Acme: two' });
    assert.equal(idOf(first), idOf(second));
    const template = await client.getSMSTemplate({ templateId: idOf(first) });
    assert.deepEqual([template.name, template.message], ['Twice', 'Acme: two']);
    await client.updateSMSTemplate({ templateId: idOf(first), imageUrl: 'https://acme.example/a.png' });
    const changed = await client.getSMSTemplate({ templateId: idOf(first) });
    assert.deepEqual([changed.message, changed.imageUrl], ['Acme: two', 'https://acme.example/a.png']);
  });

  test('faults name the field and the line', async () => {
    const answer = await api.call('POST', '/api/templates/sms/upsert', {
      clientTemplateId: 'broken',
      message: 'Acme:\n{{#if vip}}hello',
    });
    assert.equal(answer.status, 400);
    assert.match(answer.text, /InvalidTemplate/);
    assert.match(answer.text, /message, line 2|message, line 3/);
  });

  for (const [name, message, fault] of [
    ['an empty message', '  ', /message is empty/],
    ['a public shortener', 'Acme: see https://bit.ly/x', /bit\.ly/],
    ['a public shortener without its scheme', 'Acme: see tinyurl.com/x', /tinyurl\.com/],
    ['more than 1,600 characters', 'x'.repeat(1601), /1601 characters/],
    ['an unknown helper', 'Acme: {{shout firstName}}', /no helper/],
  ] as const)
    test(`${name} is refused`, async () => {
      const answer = await api.call('POST', '/api/templates/sms/upsert', {
        clientTemplateId: 'bad',
        message,
      });
      assert.equal(answer.status, 400);
      assert.match(answer.text, fault);
    });

  test('a full stop between sentences is no address', async () => {
    const saved = await client.upsertSMSTemplate({
      clientTemplateId: 'dots',
      message: 'Acme: thanks.is it good?Reply t.co',
    });
    assert.ok(idOf(saved) > 0);
  });

  test('the writer is warned', async () => {
    const saved = await client.upsertSMSTemplate({
      clientTemplateId: 'warned',
      message: `It’s time. ${'Sale! '.repeat(250)}`,
      messageTypeId: await messageTypeOf('SMS Marketing'),
    });
    const warnings = warningsOf(saved);
    assert.match(warnings, /’/);
    assert.match(warnings, /segments/);
    assert.match(warnings, /Acme/);
    assert.match(warnings, /opt out/);
  });

  test('the writer is warned of fields that have no word in their place, and of those that nothing fills', async () => {
    const saved = await client.upsertSMSTemplate({
      clientTemplateId: 'holes',
      message:
        'Acme: {{firstName}} {{#if city}}{{city}}{{/if}} {{defaultIfEmpty nick "you"}} {{campaignId}} {{phoneNumber}} {{viewInBrowserUrl}}',
    });
    const warnings = warningsOf(saved);
    assert.match(warnings, /"firstName: whoever lacks it gets no message \(missingField\)/);
    assert.match(warnings, /viewInBrowserUrl\}\} is filled by nothing here/);
  });

  test('a message type of another medium is refused', async () => {
    const answer = await api.call('POST', '/api/templates/sms/upsert', {
      clientTemplateId: 'wrong-type',
      message: 'Acme: hi',
      messageTypeId: await messageTypeOf('Email Marketing'),
    });
    assert.equal(answer.status, 400);
    assert.match(answer.text, /messageTypeId/);
  });

  test('a field that the call does not have is told of', async () => {
    const { body } = await api.call('POST', '/api/templates/sms/upsert', {
      ...{ clientTemplateId: 'slip', message: 'Acme: hi', mesage: 'Acme: ho' },
    });
    assert.match(warningsOf(body as { params: Record<string, unknown> }), /mesage is no field of this call/);
  });

  test('a proof goes to the one person named', async () => {
    const saved = await client.upsertSMSTemplate({ clientTemplateId: 'proof', message: 'Acme: hi' });
    await client.sendSMSTemplateProof({ templateId: idOf(saved), recipientEmail: 'jo@acme.example' });
    assert.deepEqual(sentTests.at(-1), {
      templateId: idOf(saved),
      to: { recipientEmail: 'jo@acme.example' },
    });
    const nobody = await api.call('POST', '/api/templates/sms/proof', { templateId: idOf(saved) });
    assert.equal(nobody.status, 400);
  });

  test('content in several locales stands under one template, and the person’s locale chooses', async () => {
    const upsert = (fields: object) =>
      api.call('POST', '/api/templates/sms/upsert', { clientTemplateId: 'tongues', ...fields });
    const id = Number(/IDs: (\d+)/.exec((await upsert({ message: 'Acme: hello' })).text)?.[1]);
    await upsert({ locale: 'pt', message: 'Acme: olá' });
    await upsert({ locale: 'de_DE', message: 'Acme: hallo' });
    const get = async (query: string) =>
      (await api.call('GET', `/api/templates/sms/get?templateId=${id}${query}`)).body;
    assert.partialDeepStrictEqual(await get(''), { message: 'Acme: hello', isDefaultLocale: true });
    const german = { message: 'Acme: hallo', locale: 'de-DE', isDefaultLocale: false };
    assert.partialDeepStrictEqual(await get('&locale=de_DE'), { ...german, locales: ['de-DE', 'pt'] });
    const seen = async (locale: string) => {
      const { body } = await api.call('POST', `/api/templates/sms/preview?templateId=${id}`, {
        dataFields: { locale },
      });
      return (body as { message: { body: string } }).message.body.split('\n')[0];
    };
    assert.deepEqual(
      [await seen('pt-BR'), await seen('de'), await seen('fr')],
      ['Acme: olá', 'Acme: hallo', 'Acme: hello'],
    );
    const unknown = await api.call('GET', `/api/templates/sms/get?templateId=${id}&locale=fr`);
    assert.equal(unknown.status, 404);
    assert.match(unknown.text, /only its default, de-DE, pt/);
    const none = await upsert({ locale: 'Deutsch, bitte', message: 'x' });
    assert.equal(none.status, 400);
    assert.match(none.text, /locale/);
    const faulty = await upsert({ locale: 'pt', message: 'Acme: {{#if x}}' });
    assert.equal(faulty.status, 400);

    await upsert({ locale: 'en', isDefaultLocale: true });
    await upsert({ locale: 'pt', isDefaultLocale: true });
    assert.partialDeepStrictEqual(await get(''), { message: 'Acme: olá', locale: 'pt' });
    assert.partialDeepStrictEqual(await get('&locale=en'), { message: 'Acme: hello' });
    assert.deepEqual((await client.getTemplateByClientId({ clientTemplateId: 'tongues' })).templates, [
      { templateId: id, locales: ['pt', 'de-DE', 'en'] },
    ]);
  });

  test('a locale is taken out again, its people get what is left, and the default’s own stays', async () => {
    const save = (fields: object) =>
      api.call('POST', '/api/templates/sms/upsert', { clientTemplateId: 'fewer', ...fields });
    const id = Number(/IDs: (\d+)/.exec((await save({ message: 'Acme: hello', locale: 'en' })).text)?.[1]);
    await save({ locale: 'pt', message: 'Acme: olá' });
    await save({ locale: 'pt_BR', message: 'Acme: oi' });
    const remove = (locale: string) => api.call('DELETE', `/api/templates/${id}/locales/${locale}`);
    const seen = async () => {
      const whom = { dataFields: { locale: 'pt-BR' } };
      const { body } = await api.call('POST', `/api/templates/sms/preview?templateId=${id}`, whom);
      return (body as { message: { body: string } }).message.body.split('\n')[0];
    };
    assert.equal(await seen(), 'Acme: oi');
    const removed = await remove('pt_BR');
    assert.deepEqual((removed.body as { params: unknown }).params, { templateId: id, locales: ['en', 'pt'] });
    assert.equal(await seen(), 'Acme: olá');
    assert.equal((await remove('pt')).status, 200);
    assert.equal(await seen(), 'Acme: hello');
    const again = await remove('pt');
    assert.equal(again.status, 404);
    assert.match(again.text, /no content for pt, only its default, en/);
    const ofDefault = await remove('en');
    assert.equal(ofDefault.status, 409);
    assert.match(ofDefault.text, /default.*make another locale the default first/);
    assert.equal((await remove('Deutsch,%20bitte')).status, 400);
  });

  test('a preview shows the text and its segments', async () => {
    const saved = await client.upsertSMSTemplate({
      clientTemplateId: 'preview',
      message: 'Acme: hi {{firstName}} https://a.example/x',
    });
    const { body } = await api.call('POST', `/api/templates/sms/preview?templateId=${idOf(saved)}`, {
      dataFields: { firstName: 'Jo' },
    });
    assert.partialDeepStrictEqual(body, {
      ...{
        skip: null,
        whatsApp: null,
        segments: 1,
        encoding: 'GSM-7',
        characters: 64,
        links: 1,
        locale: null,
      },
    });
    assert.match(
      (body as { message: { body: string } }).message.body,
      /^Acme: hi Jo https:\/\/go\.example\/l\/\w{9}\nReply STOP to opt out$/,
    );
  });
});

describe('email templates by the official client', () => {
  test('saved, read back and previewed', async () => {
    const saved = await client.upsertEmailTemplate({
      clientTemplateId: 'mail',
      subject: 'Hi {{firstName}}',
      html: '<html><body><p>Hi {{firstName}}, <a href="https://acme.example/?a=1&amp;b=2">look</a></p></body></html>',
      preheaderText: 'News',
      replyToEmail: 'help@acme.example',
    });
    assert.match(warningsOf(saved), /unsubscribe/);
    const template = await client.getEmailTemplate({ templateId: idOf(saved) });
    assert.deepEqual(
      [template.subject, template.preheaderText, template.replyToEmail],
      ['Hi {{firstName}}', 'News', 'help@acme.example'],
    );
    const html = await client.previewEmailTemplate({
      templateId: idOf(saved),
      data: { dataFields: { firstName: '<b>' } },
    });
    assert.match(html, /Hi &lt;b&gt;, <a href="https:\/\/go\.example\/l\/\w+">look<\/a>/);
    assert.match(html, /href="https:\/\/go\.example\/u\/\w+">Unsubscribe/);
  });

  test('data feeds that are not there and copies are refused, never dropped', async () => {
    for (const extra of [
      { dataFeedIds: [1] },
      { bccEmails: ['x@y.example'] },
      { campaignDataFields: { a: 1 } },
    ]) {
      const answer = await api.call('POST', '/api/templates/email/upsert', {
        clientTemplateId: 'feeds',
        subject: 'x',
        html: '<p>x</p>',
        ...extra,
      });
      assert.equal(answer.status, 400, answer.text);
    }
  });
});

describe('WhatsApp templates', () => {
  const good = {
    name: 'Spring Sale',
    language: 'en_US',
    header: { kind: 'text', text: 'Hi {{defaultIfEmpty firstName "there"}}' },
    body: 'Your order {{orderId}} is ready.',
    footer: 'Acme',
    buttons: [
      { type: 'url', text: 'Track', url: 'https://acme.example/o/{{orderId}}' },
      { type: 'quickReply', text: 'Thanks', payload: '' },
    ],
  };

  test('saved with a name Meta takes and the category of its message type', async () => {
    const saved = await api.call('POST', '/api/templates/whatsApp/upsert', {
      clientTemplateId: 'wa',
      ...good,
    });
    assert.equal(saved.status, 200, saved.text);
    const id = /IDs: (\d+)/.exec(saved.text)?.[1];
    const { body } = await api.call('GET', `/api/templates/whatsApp/get?templateId=${id}`);
    assert.partialDeepStrictEqual(body, {
      providerName: 'spring_sale',
      category: 'MARKETING',
      status: null,
      buttons: [good.buttons[0], { type: 'quickReply', text: 'Thanks', payload: 'Thanks' }],
    });
  });

  for (const [name, change, fault] of [
    ['a body that begins with a variable', { body: '{{firstName}}, hi' }, /begins or ends/],
    ['a body that ends with a variable', { body: 'Hi {{firstName}} ' }, /begins or ends/],
    ['a block in the body', { body: 'Hi {{#if vip}}vip{{/if}} you' }, /block/],
    ['a footer with a variable', { footer: '{{brand}}' }, /footer/],
    ['a body that is too long', { body: 'x'.repeat(1025) }, /1024/],
    ['two variables in the header', { header: { kind: 'text', text: '{{a}} and {{b}} x' } }, /header/],
    ['three link buttons', { buttons: Array(3).fill(good.buttons[0]) }, /3 link buttons/],
    ['a long button', { buttons: [{ type: 'quickReply', text: 'x'.repeat(26), payload: 'y' }] }, /25/],
    ['a name Meta does not take', { providerName: 'Spring Sale' }, /providerName/],
    ['a language Meta does not know', { language: 'english' }, /language/],
    ['an authentication template', { category: 'AUTHENTICATION' }, /AUTHENTICATION/],
  ] as const)
    test(`${name} is refused`, async () => {
      const answer = await api.call('POST', '/api/templates/whatsApp/upsert', {
        clientTemplateId: 'bad-wa',
        ...good,
        ...change,
      });
      assert.equal(answer.status, 400, answer.text);
      assert.match(answer.text, fault);
    });

  test('approval holds only for what Meta saw', async () => {
    const saved = await api.call('POST', '/api/templates/whatsApp/upsert', {
      clientTemplateId: 'approved',
      ...good,
    });
    const id = Number(/IDs: (\d+)/.exec(saved.text)?.[1]);
    const status = async () =>
      (await findTemplate(api.database.db, api.projectId, id))?.approvals[0]?.status ?? null;
    await setApproval(api.database.db, id, 'APPROVED');
    await api.call('POST', '/api/templates/whatsApp/update', { templateId: id, trackLinks: false });
    assert.equal(await status(), 'APPROVED');
    await api.call('POST', '/api/templates/whatsApp/update', {
      templateId: id,
      body: 'Order {{orderId}} is here.',
    });
    assert.equal(await status(), null);
  });
});

describe('all templates', () => {
  test('lists go by page, medium and sort', async () => {
    const all = await client.getTemplates({ pageSize: 1000 });
    assert.equal(all.templates.length, all.totalTemplatesCount);
    const page = await client.getTemplates({
      page: 2,
      pageSize: 2,
      messageMedium: 'SMS',
      sort: { field: 'name', direction: 'desc' },
    });
    assert.equal(page.templates.length, 2);
    assert.ok(page.previousPageUrl && page.nextPageUrl);
    const future = await client.getTemplates({ startDateTime: '2027-01-01 00:00:00' });
    assert.equal(future.totalTemplatesCount, 0);
  });

  test('a copy keeps text and locales under a new name, stays when the first is changed, and Meta has not seen it', async () => {
    const saved = await client.upsertSMSTemplate({
      clientTemplateId: 'copied',
      name: 'Été',
      locale: 'en',
      message: 'Acme: hi',
    });
    const templateId = idOf(saved);
    await client.updateSMSTemplate({ templateId, locale: 'de', message: 'Acme: hallo' });
    const { body } = await api.call('POST', `/api/templates/${templateId}/clone`, {});
    const copyId = idOf(Object(body));
    await client.updateSMSTemplate({ templateId, locale: 'de', message: 'Acme: moin' });
    const german = await client.getSMSTemplate({ templateId: copyId, locale: 'de' });
    assert.equal(german.name, 'Copy of Été');
    assert.equal(german.message, 'Acme: hallo');
    assert.notEqual(german.clientTemplateId, 'copied');
    const english = await client.getSMSTemplate({ templateId: copyId, locale: 'en' });
    assert.equal(english.message, 'Acme: hi');
    const nothing = await api.call('POST', '/api/templates/999999/clone', {});
    assert.equal(nothing.status, 404);
  });

  test('a WhatsApp copy goes to Meta under a name of its own, and two copies do not share it', async () => {
    const { body: saved } = await api.call('POST', '/api/templates/whatsApp/upsert', {
      clientTemplateId: 'copied-wa',
      name: 'Copied',
      language: 'en_US',
      body: 'Our sale is on.',
    });
    for (let copy = 0; copy < 2; copy++)
      await api.call('POST', `/api/templates/${idOf(Object(saved))}/clone`, {});
    const rows = await api.database.db
      .selectFrom('template')
      .select('provider_name')
      .where('medium', '=', 'whatsApp')
      .where('name', 'in', ['Copied', 'Copy of Copied'])
      .execute();
    assert.equal(new Set(rows.map((row) => row.provider_name)).size, 3);
  });

  test('found by the caller’s own id, deleted, and gone', async () => {
    const saved = await client.upsertSMSTemplate({ clientTemplateId: 'gone', message: 'Acme: hi' });
    const found = await client.getTemplateByClientId({ clientTemplateId: 'gone' });
    assert.equal(found.templates[0]?.templateId, idOf(saved));
    assert.deepEqual(await client.bulkDeleteTemplates({ ids: [idOf(saved), 999_999] }), {
      success: [idOf(saved)],
      failed: [999_999],
      failureReason: 'not templates of this project: 999999',
    });
    await assert.rejects(client.getSMSTemplate({ templateId: idOf(saved) }));
    assert.deepEqual((await client.getTemplateByClientId({ clientTemplateId: 'gone' })).templates, []);
  });
});

describe('snippets by the official client', () => {
  test('made, read, changed, used and deleted', async () => {
    const { snippetId } = await client.createSnippet({
      name: 'sign off',
      content: 'Yours, {{shop}}',
      description: 'End',
    });
    const { snippet } = await client.getSnippet({ identifier: 'sign off' });
    assert.deepEqual([snippet.id, snippet.variables, snippet.description], [snippetId, ['shop'], 'End']);
    await client.updateSnippet({ identifier: snippetId, content: 'Love, {{shop}}' });
    assert.equal((await client.getSnippets()).snippets[0]?.content, 'Love, {{shop}}');
    const saved = await client.upsertSMSTemplate({
      clientTemplateId: 'with-snippet',
      message: 'Acme: hi. {{{snippet "sign off" shop="Acme"}}}',
    });
    const preview = await api.call('POST', `/api/templates/sms/preview?templateId=${idOf(saved)}`, {});
    assert.match(preview.text, /Acme: hi\. Love, Acme/);
    await assert.rejects(client.deleteSnippet({ identifier: snippetId }), /used by template with-snippet/);
    await client.bulkDeleteTemplates({ ids: [idOf(saved)] });
    assert.deepEqual(await client.deleteSnippet({ identifier: snippetId }), { snippetId });
  });

  test('a script, a name that is taken and a circle are refused', async () => {
    await assert.rejects(
      client.createSnippet({ name: 'bad', content: '<script src="x"></script>' }),
      /script/,
    );
    await assert.rejects(
      client.createSnippet({ name: 'bad', content: '<p onclick="x()">' }),
      /event handler/,
    );
    await client.createSnippet({ name: 'one', content: 'x' });
    await assert.rejects(client.createSnippet({ name: 'one', content: 'y' }), /taken/);
    await assert.rejects(
      client.updateSnippet({ identifier: 'one', content: '{{{snippet "one"}}}' }),
      /contains itself/,
    );
  });
});

describe('a template that takes long to read', () => {
  const tags = (count: number) => '{{#if a}}{{b.c.d}}{{/if}}\n'.repeat(count / 3);

  test('is read while others are answered, and its reading is ended when its time is over', async () => {
    const at = api.clock.now();
    const rows = [1, 2].map((place) => ({
      ...{ project_id: api.projectId, name: `long ${place}`, description: null, content: tags(4_500) },
      ...{ variables: [], created_by: 'test', updated_by: 'test', created_at: at, updated_at: at },
    }));
    await api.database.db.insertInto('snippet').values(rows).execute();
    const long = { clientTemplateId: 'long', subject: 's', html: '{{> [long 1]}}{{> [long 2]}}' };
    let isSaved = false;
    const saving = api.call('POST', '/api/templates/email/upsert', long).finally(() => {
      isSaved = true;
    });
    let answered = 0;
    while (!isSaved) {
      const others = await api.call('GET', '/api/snippets/0', undefined);
      assert.equal(others.status, 404);
      answered++;
      api.clock.advance(10_000);
    }
    const { status, text } = await saving;
    assert.equal(status, 400);
    assert.match(text, /takes more than 10 seconds to read; make it shorter/);
    assert.ok(answered > 1);
    assert.equal((await api.call('GET', '/api/templates?page=1')).text.includes('"long"'), false);

    const saved = await api.call('POST', '/api/templates/email/upsert', long);
    assert.equal(saved.status, 200, saved.text);
  });

  test('is refused with its snippets where these are too many for it', async () => {
    const third = await api.call('POST', '/api/snippets', { name: 'long 3', content: tags(4_500) });
    assert.equal(third.status, 200, third.text);
    const html = '{{> [long 1]}}{{> [long 2]}}{{> [long 3]}}';
    const refused = await api.call('POST', '/api/templates/email/upsert', {
      clientTemplateId: 'longer',
      subject: 's',
      html,
    });
    assert.equal(refused.status, 400);
    assert.match(refused.text, /html with all snippets in it there are more than 10,000 \{\{…\}\}/);
  });
});
