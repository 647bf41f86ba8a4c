import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { audienceRoutes } from '../../audiences/routes.ts';
import { addSender, findChannel, groundOf } from '../../campaigns/campaign-fixtures.ts';
import { campaignRoutes } from '../../campaigns/routes.ts';
import { targetRoutes } from '../../campaigns/target/target-routes.ts';
import { consentRoutes } from '../../consent/routes.ts';
import { metadataRoutes } from '../../content/metadata/metadata-routes.ts';
import { withoutOpenPixel } from '../../content/open-pixel.ts';
import { prepareTemplate } from '../../content/render-message.ts';
import { requireTemplate } from '../../content/templates/require-template.ts';
import { templateRoutes } from '../../content/templates/template-routes.ts';
import { projectRoutes } from '../../projects/routes.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { makeCampaign } from '../../testing/audience.ts';
import { userRoutes } from '../../users/routes.ts';
import { closeWindows } from '../close-windows.ts';
import { previewRoutes } from '../preview/preview-routes.ts';
import { sendTest } from '../send-test.ts';
import { renderForUser } from './render-for-user.ts';

let api: TestApi;
let made: Awaited<ReturnType<typeof makeCampaign>>;

before(async () => {
  api = await startTestApi([
    userRoutes,
    consentRoutes,
    audienceRoutes({ enqueue: async () => undefined }),
    templateRoutes(sendTest),
    campaignRoutes,
    targetRoutes,
    previewRoutes,
    metadataRoutes,
    projectRoutes(closeWindows),
  ]);
  const ground = groundOf(api);
  await addSender(ground, 'sms', 'promotional');
  made = await makeCampaign(
    { call: called },
    {
      ...{ tag: 'words', channel: 'SMS Marketing', count: 2 },
      options: { campaignDataFields: { offer: '20 %', city: 'Rome' } },
    },
  );
});
after(() => api.close());

async function called<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await api.call(method, path, body);
  assert.ok(answer.status < 300, answer.text);
  return answer.body as T;
}

/** What one person gets, or why they get nothing. */
async function sent(message: string, dataFields: object = {}, email = made.emails[0]) {
  const { templateId, campaignId } = made;
  await called('POST', '/api/templates/sms/update', { templateId, message });
  await called('POST', '/api/sms/target', {
    ...{ campaignId, recipientEmail: email, dataFields, allowRepeatMarketingSends: true },
  });
  const row = await api.database.db
    .selectFrom('message')
    .select(['id', 'content', 'skip_reason', 'error_detail'])
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  return row.skip_reason === null
    ? String((row.content as { body: string }).body).replace(/\nReply STOP to opt out$/, '')
    : { skip: row.skip_reason, detail: row.error_detail };
}

/** Plans of a campaign that is called again are kept for a second. */
const aSecondLater = () => api.clock.advance(1_000);

test('a message can tell of itself, and of the person by its built-in fields', async () => {
  const body = await sent(
    '{{campaignId}}|{{campaignName}}|{{templateId}}|{{templateName}}|{{clientTemplateId}}|{{companyName}}|{{email}}|{{phoneNumber}}|{{timestamp}}',
    { campaignId: 'not mine' },
  );
  const { campaignId, templateId, emails } = made;
  assert.equal(
    body,
    `${campaignId}|words|${templateId}|words|words|Acme|${emails[0]}|+14152000000|${api.clock.now().getTime()}`,
  );
  aSecondLater();
  assert.match(
    String(
      await sent(
        '{{channelId}} {{messageTypeId}} {{messageId}} {{unsubscribeUrl}} {{unsubscribeByPhoneUrl}}',
      ),
    ),
    /^\d+ \d+ \S+ https:\/\/go\.example\/u\/(\S+) https:\/\/go\.example\/u\/\1$/,
  );
  const link = await api.database.db.selectFrom('link').select('url').executeTakeFirstOrThrow();
  assert.match(link.url, /^unsubscribe:\d+:\+14152000000$/);
});

test('the campaign’s own fields stand in for what person and event lack, and fill its brackets', async () => {
  aSecondLater();
  assert.equal(
    await sent('{{firstName}} in {{city}} gets [[offer]] ([[city]])', { city: 'Oslo' }),
    'Ann0 in Oslo gets 20 % (Rome)',
  );
  aSecondLater();
  assert.deepEqual(await sent('Hi [[nothing]]'), { skip: 'missingField', detail: '[[nothing]]' });
});

test('whoever lacks a field is skipped by name, and a default or a condition covers it', async () => {
  aSecondLater();
  await called('POST', '/api/users/update', { email: made.emails[1], dataFields: { firstName: '  ' } });
  assert.deepEqual(await sent('Hi {{firstName}}', {}, made.emails[1]), {
    skip: 'missingField',
    detail: 'firstName',
  });
  aSecondLater();
  assert.equal(await sent('Hi {{defaultIfEmpty firstName "there"}}', {}, made.emails[1]), 'Hi there');
  aSecondLater();
  assert.equal(await sent('Hi{{#if firstName}} {{firstName}}{{/if}}', {}, made.emails[1]), 'Hi');
  aSecondLater();
  assert.deepEqual(await sent('{{#ifLt points 1}}{{sendSkip cause="no points"}}{{/ifLt}}Hi', { points: 0 }), {
    skip: 'skippedByTemplate',
    detail: 'no points',
  });
});

test('each person gets the locale of their own field', async () => {
  const { templateId, emails } = made;
  await called('POST', '/api/templates/sms/update', { templateId, locale: 'pt', message: 'Acme: oi' });
  await called('POST', '/api/users/update', { email: emails[1], dataFields: { locale: 'pt-BR' } });
  aSecondLater();
  assert.equal(await sent('Acme: hi', {}, emails[0]), 'Acme: hi');
  assert.match(String(await sent('Acme: hi', {}, emails[1])), /^Acme: oi/);
});

test('hashes take the key of the project, which is not told to anybody', async () => {
  aSecondLater();
  assert.deepEqual(await sent('{{hmacSHA256 email}}'), {
    skip: 'renderError',
    detail: 'hmac: the project has no key for it; set templateSecret by PATCH /api/project',
  });
  const project = await called<object>('PATCH', '/api/project', { templateSecret: 'docs-secret' });
  assert.partialDeepStrictEqual(project, { hasTemplateSecret: true });
  assert.ok(!JSON.stringify(project).includes('docs-secret'));
  aSecondLater();
  assert.match(String(await sent('{{hmacSHA256 email}}')), /^[0-9a-f]{64}$/);
});

test('a message looks up what the project keeps in its tables, by a key of the person’s own', async () => {
  const put = (path: string, value: unknown) => called('PUT', `/api/metadata/${path}`, { value });
  await put('Shops/b-7', { city: 'Austin', manager: 'm1' });
  await put('staff/m1', { name: 'Mia' });
  const text =
    '{{#metadata "shops" shop as |shop|}}{{firstName}}, {{#metadata "staff" shop.manager as |one|}}{{one.name}}{{/metadata}} waits in {{shop.city}}{{/metadata}}';
  aSecondLater();
  assert.equal(await sent(text, { shop: 'b-7' }), 'Ann0, Mia waits in Austin');
  aSecondLater();
  assert.deepEqual(await sent(text, { shop: 'B-7' }), { skip: 'missingField', detail: 'metadata shops B-7' });
  aSecondLater();
  const otherwise = text.replace(/{{\/metadata}}$/, '{{else}}Come and see us{{/metadata}}');
  assert.equal(await sent(otherwise, {}), 'Come and see us');
  const seen = await called<{ message: { body: string } }>('POST', '/api/templates/sms/draft', {
    ...{ message: text, dataFields: { firstName: 'Jo', shop: 'b-7' } },
  });
  assert.match(seen.message.body, /^Jo, Mia waits in Austin\n/);
});

test('an editor sees what will leave: links made short, the opt-out line, the cost of an emoji, or the skip', async () => {
  interface Seen {
    message: { body: string } | null;
    skip: { reason: string; detail: string } | null;
    segments: number;
    notes: string[];
  }
  const draft = (message: string, fields: object = {}) =>
    called<Seen>('POST', '/api/templates/sms/draft', { message, ...fields });
  const person = { person: { recipientEmail: made.emails[0] } };
  const text = `Acme: hi {{firstName}} 🔥 https://example.com/sale ${'x'.repeat(60)}`;
  const seen = await draft(text, person);
  assert.match(
    seen.message?.body ?? '',
    /^Acme: hi Ann0 🔥 https:\/\/go\.example\/l\/\S{9} x+\nReply STOP to opt out$/,
  );
  assert.equal(seen.segments, 2);
  assert.match(seen.notes.join(), /One emoji \(🔥\) makes this 2 texts in place of 1.*Take it out/);
  assert.deepEqual((await draft('Acme: hi {{firstName}}')).skip, {
    reason: 'missingField',
    detail: 'firstName',
  });
  const stranger = await api.call('POST', '/api/templates/sms/draft', {
    ...{ message: 'x', person: { recipientEmail: 'nobody@example.com' } },
  });
  assert.equal(stranger.status, 404);
});

test('an email tells that it was opened only where its links are tracked, and its reader without pictures sees nothing of it', async () => {
  const { channelId, messageTypeId } = await findChannel(groundOf(api), 'email');
  await called('POST', '/api/templates/email/upsert', {
    ...{ clientTemplateId: 'opened', name: 'News', messageTypeId },
    ...{ subject: 'News', html: '<html><body><p>News</p></body></html>' },
  });
  const { id } = await api.database.db
    .selectFrom('template')
    .select('id')
    .where('client_template_id', '=', 'opened')
    .executeTakeFirstOrThrow();
  const template = await requireTemplate(api.database.db, api.projectId, id);
  const email = (trackLinks: boolean) =>
    renderForUser(
      {
        ...{ channelId, messageTypeId, medium: 'email', purpose: 'promotional', dataFields: {} },
        ...{ template: prepareTemplate({ ...template, track_links: trackLinks }, new Map()) },
        ...{ options: {}, campaign: { id: 1, name: 'News' }, brand: 'Acme', hmacSecret: null },
        ...{ publicUrl: 'https://go.example', feeds: [], mergedFeed: false },
      },
      {
        user: { email: 'jo@acme.example', externalId: null, phoneNumber: null, dataFields: {} },
        ...{ lane: 3, address: 'jo@acme.example', country: null, sender: { kind: 'email' }, messageId: 7 },
      },
      api.clock.now(),
    );
  const [tracked, untracked] = [email(true), email(false)];
  assert.ok('content' in tracked && tracked.content.kind === 'email');
  assert.ok('content' in untracked && untracked.content.kind === 'email');
  const code = /<img src="https:\/\/go\.example\/o\/(\w+)" data-open [^>]*><\/body>/.exec(
    tracked.content.html,
  )?.[1];
  assert.ok(tracked.links.some((link) => link.code === code && link.url === 'open:'));
  assert.ok(!tracked.content.text.includes('/o/'));
  assert.ok(!withoutOpenPixel(tracked.content.html).includes('/o/'), 'looking at what was sent is no open');
  assert.ok(!untracked.content.html.includes('/o/'));
  assert.ok(untracked.links.every((link) => link.url !== 'open:'));
});
