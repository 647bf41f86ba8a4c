import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { audienceRoutes } from '../audiences/routes.ts';
import { consentRoutes } from '../consent/routes.ts';
import { setApproval } from '../content/templates/approval-fixtures.ts';
import { templateRoutes } from '../content/templates/template-routes.ts';
import { loadPlan } from '../delivery/admission/admission-plan.ts';
import { admitNextPage } from '../delivery/admission/admit-lane.ts';
import { memoisedTiming } from '../delivery/admission/lawful-timing.ts';
import { sendTest } from '../delivery/send-test.ts';
import { lanes } from '../lanes/lanes.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { makeCampaign } from '../testing/audience.ts';
import { userRoutes } from '../users/routes.ts';
import { addSender, findChannel, groundOf } from './campaign-fixtures.ts';
import { campaignRoutes } from './routes.ts';
import { targetRoutes } from './target/target-routes.ts';

let api: TestApi;
let blast: Awaited<ReturnType<typeof makeCampaign>>;

before(async () => {
  api = await startTestApi([
    ...[userRoutes, consentRoutes, audienceRoutes({ enqueue: async () => undefined })],
    ...[templateRoutes(sendTest), campaignRoutes, targetRoutes],
  ]);
  await addSender(groundOf(api));
  blast = await makeCampaign({ call: called }, { tag: 'news', channel: 'SMS Marketing', count: 2 });
});
after(() => api.close());

async function called<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await api.call(method, path, body);
  assert.ok(answer.status < 300, answer.text);
  return answer.body as T;
}

interface Shown {
  campaignState: string;
  templateChanged: boolean;
  contentAt?: number;
  contentBy?: string;
}
const shown = (id: number) => called<Shown>('GET', `/api/campaigns/${id}`);
const write = (message: string) =>
  called('POST', '/api/templates/sms/upsert', { clientTemplateId: 'news', message });
const ready = async (more: object = {}) => {
  const body = { name: 'News', templateId: blast.templateId, listIds: [blast.listId], scheduleSend: false };
  return (await called<{ campaignId: number }>('POST', '/api/campaigns/create', { ...body, ...more }))
    .campaignId;
};
const schedule = (id: number, sendAt = '2026-11-24T17:00:00Z') =>
  called('POST', `/api/campaigns/${id}/schedule`, { sendAt });

/** Admits all of a campaign's latest request, as the worker would, and tells what the messages say. */
async function admitted(campaignId: number): Promise<string[]> {
  const { db } = api.database;
  const { rows } = await sql<{ id: number }>`
    UPDATE send_request SET state = 'admitting'
    WHERE id = (SELECT max(id) FROM send_request WHERE campaign_id = ${campaignId}) RETURNING id`.execute(db);
  await sql`UPDATE campaign SET state = 'Running' WHERE id = ${campaignId}`.execute(db);
  const plan = await loadPlan(db, rows[0]?.id ?? 0, api.context);
  assert.ok(plan);
  const timing = memoisedTiming();
  const texts: string[] = [];
  for (const lane of lanes) {
    const { messages } = await admitNextPage(db, api.context, plan, lane, timing);
    for (const { content } of messages)
      texts.push(content && 'body' in content ? (content.body ?? '') : 'skipped');
  }
  return texts;
}

/** The same, and tells of each message why it is skipped. */
async function reasons(campaignId: number): Promise<(string | null)[]> {
  await admitted(campaignId);
  const { rows } = await sql<{ reason: string | null }>`
    SELECT skip_reason AS reason FROM message WHERE campaign_id = ${campaignId}`.execute(api.database.db);
  return rows.map(({ reason }) => reason);
}

/** What one person gets from a triggered campaign. */
async function targeted(campaignId: number): Promise<string> {
  await called('POST', '/api/sms/target', { campaignId, recipientEmail: blast.emails[0] });
  const { rows } = await sql<{ body: string }>`
    SELECT content ->> 'body' AS body FROM message WHERE campaign_id = ${campaignId} ORDER BY id DESC LIMIT 1`.execute(
    api.database.db,
  );
  return rows[0]?.body ?? '';
}

test('a scheduled blast sends what its template said when it was scheduled', async () => {
  await write('Carillon: first text');
  const id = await ready();
  assert.equal((await shown(id)).contentAt, undefined, 'nothing is kept before');
  await schedule(id);
  await write('Carillon: second text');
  assert.equal((await shown(id)).templateChanged, true);
  const texts = await admitted(id);
  assert.equal(texts.length, 2);
  for (const text of texts) assert.match(text, /first text/);
});

test('an archived template goes on in the campaigns that were launched with it', async () => {
  const { params } = await called<{ params: { templateId: number } }>('POST', '/api/templates/sms/upsert', {
    ...{
      clientTemplateId: 'short-lived',
      message: 'Carillon: for a while',
      messageTypeId: blast.messageTypeId,
    },
  });
  const id = await ready({ templateId: params.templateId });
  await schedule(id);
  await sql`UPDATE template SET archived_at = now() WHERE id = ${params.templateId}`.execute(api.database.db);
  for (const text of await admitted(id)) assert.match(text, /for a while/);
});

test('of a WhatsApp template that Meta pauses after the launch nobody is sent a message, and each skip says so', async () => {
  const { db } = api.database;
  const ground = { db, projectId: api.projectId, at: api.clock.now() };
  await addSender(ground, 'whatsApp', 'transactional');
  const { messageTypeId } = await findChannel(ground, 'whatsApp', 'transactional');
  const { params } = await called<{ params: { templateId: number } }>(
    'POST',
    '/api/templates/whatsApp/upsert',
    {
      ...{ clientTemplateId: 'ready', name: 'Ready', messageTypeId, language: 'en_US', category: 'UTILITY' },
      body: 'Your order is ready.',
    },
  );
  const meta = (status: string) => setApproval(db, params.templateId, status);
  await meta('APPROVED');
  await called('PUT', `/api/subscriptions/messageType/${messageTypeId}?action=subscribe`, {
    users: blast.emails,
  });
  const [sent, paused] = [await ready(params), await ready(params)];
  for (const id of [sent, paused]) await schedule(id);
  assert.deepEqual(await reasons(sent), [null, null]);
  await meta('PAUSED');
  assert.deepEqual(await reasons(paused), ['templateNotApproved', 'templateNotApproved']);
});

test('a ready campaign takes the newest text at its launch, and so does one that is taken back', async () => {
  await write('Carillon: third text');
  const id = await ready();
  await schedule(id);
  await called('POST', '/api/campaigns/cancel', { campaignId: id });
  await write('Carillon: fourth text');
  await schedule(id);
  for (const text of await admitted(id)) assert.match(text, /fourth text/);
});

test('an active triggered campaign keeps its text until somebody takes the new one, who is named', async () => {
  await write('Carillon: fifth text');
  const id = await ready({ listIds: undefined, scheduleSend: undefined });
  await called('POST', '/api/campaigns/activateTriggered', { campaignId: id });
  await write('Carillon: sixth text');
  await called('POST', '/api/campaigns/activateTriggered', { campaignId: id });
  assert.match(await targeted(id), /fifth text/);
  const before = await shown(id);
  assert.deepEqual([before.templateChanged, before.contentBy], [true, 'key test']);
  api.clock.advance(60_000);
  await called('POST', `/api/campaigns/${id}/takeNewContent`);
  const after = await shown(id);
  assert.deepEqual([after.templateChanged, after.contentBy], [false, 'key test']);
  assert.equal(after.contentAt, api.clock.now().getTime());
  assert.match(await targeted(id), /sixth text/);
  const saved = { clientTemplateId: 'news', name: 'Renamed' };
  await called('POST', '/api/templates/sms/upsert', saved);
  assert.equal((await shown(id)).templateChanged, false, 'a name is no text');
});

test('a campaign that has not been launched has no content to renew', async () => {
  const id = await ready();
  const refused = await api.call('POST', `/api/campaigns/${id}/takeNewContent`);
  assert.equal(refused.status, 400);
  assert.match(refused.text, /cannot be given new content/);
});

test('a triggered campaign that is not active is refused to a call for one person, as Iterable does', async () => {
  const id = await ready({ listIds: undefined, scheduleSend: undefined });
  const refused = await api.call('POST', '/api/sms/target', {
    ...{ campaignId: id, recipientEmail: blast.emails[0] },
  });
  assert.equal(refused.status, 400);
  assert.match(refused.text, /is Ready and must be Running; activate it first/);
});

test('what [[field]] shows is given when a campaign is made, above its own fields, and is not changed later', async () => {
  await write('Carillon: [[offer]] in [[city]] for {{firstName}}');
  const id = await ready({
    ...{ listIds: undefined, scheduleSend: undefined },
    ...{ dataFields: { offer: '20 % off' }, campaignDataFields: { city: 'Rome', offer: 'nothing' } },
  });
  await called('POST', '/api/campaigns/activateTriggered', { campaignId: id });
  assert.match(await targeted(id), /Carillon: 20 % off in Rome for Ann0/);
  await called('POST', '/api/campaigns/deactivateTriggered', { campaignId: id });
  const refused = await api.call('PATCH', `/api/campaigns/${id}`, { dataFields: { offer: 'other' } });
  assert.equal(refused.status, 400);
  assert.match(refused.text, /dataFields are filled in when a campaign is made/);
});

test('a template is kept while a campaign goes by it, and goes when all that name it have their own content', async () => {
  const { params } = await called<{ params: { templateId: number } }>('POST', '/api/templates/sms/upsert', {
    ...{ clientTemplateId: 'short-lived', message: 'Acme: soon gone' },
  });
  const { templateId } = params;
  const [launched, draft] = [await ready({ templateId }), await ready({ templateId, name: 'Next week' })];
  await called('POST', `/api/campaigns/${launched}/send`);
  const remove = () => called<object>('POST', '/api/templates/bulkDelete', { ids: [templateId, templateId] });
  assert.deepEqual(await remove(), {
    ...{ success: [], failed: [templateId] },
    failureReason: `needed by campaigns that have no content of their own yet: ${templateId} (campaign ${draft} “Next week” is Ready); give these another template or delete them first`,
  });
  const uses = await called<{ campaigns: object[] }>('GET', `/api/templates/${templateId}/campaigns`);
  assert.partialDeepStrictEqual(uses.campaigns, [
    { campaignId: draft, name: 'Next week', needsTemplate: true },
    { campaignId: launched, needsTemplate: false },
  ]);
  await called('PATCH', `/api/campaigns/${draft}`, { templateId: blast.templateId });
  assert.deepEqual(await remove(), { success: [templateId], failed: [] });
  for (const text of await admitted(launched)) assert.match(text, /^Acme: soon gone/);
  const gone = await api.call('POST', '/api/campaigns/create', { name: 'Late', templateId });
  assert.equal(gone.status, 400);
});

test('a campaign that is made while its template is being deleted is refused', async () => {
  const { params } = await called<{ params: { templateId: number } }>('POST', '/api/templates/sms/upsert', {
    ...{ clientTemplateId: 'going', message: 'Acme: going' },
  });
  const { db } = api.database;
  const making = await db.transaction().execute(async (transaction) => {
    await transaction
      .selectFrom('template')
      .select('id')
      .where('id', '=', params.templateId)
      .forUpdate()
      .execute();
    await transaction
      .updateTable('template')
      .set({ archived_at: api.clock.now() })
      .where('id', '=', params.templateId)
      .execute();
    const made = api.call('POST', '/api/campaigns/create', {
      ...{ name: 'Just then', templateId: params.templateId, listIds: [blast.listId], scheduleSend: false },
    });
    const waiting = sql<{
      waits: boolean;
    }>`SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted) AS waits`;
    while (!(await waiting.execute(db)).rows[0]?.waits);
    return { made };
  });
  const refused = await making.made;
  assert.equal(refused.status, 400, refused.text);
  assert.match(refused.text, /is archived; choose another/);
});
