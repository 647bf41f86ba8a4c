import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { audienceRoutes } from '../../audiences/routes.ts';
import { addSender, groundOf } from '../../campaigns/campaign-fixtures.ts';
import { campaignRoutes } from '../../campaigns/routes.ts';
import { targetRoutes } from '../../campaigns/target/target-routes.ts';
import { consentRoutes } from '../../consent/routes.ts';
import { loadPlan } from '../../delivery/admission/admission-plan.ts';
import { admitNextPage } from '../../delivery/admission/admit-lane.ts';
import { memoisedTiming } from '../../delivery/admission/lawful-timing.ts';
import { previewRoutes } from '../../delivery/preview/preview-routes.ts';
import { sendTest } from '../../delivery/send-test.ts';
import { lanes } from '../../lanes/lanes.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { makeCampaign } from '../../testing/audience.ts';
import { userRoutes } from '../../users/routes.ts';
import { webhookRoutes } from '../../webhooks/routes.ts';
import { tellLowPools } from '../../webhooks/tell-low-pools.ts';
import { catalogRoutes } from '../catalogs/catalog-routes.ts';
import { templateRoutes } from '../templates/template-routes.ts';
import { tellOfLowPools } from './low-pools.ts';
import { couponRoutes } from './pool-routes.ts';

let api: TestApi;
before(async () => {
  api = await startTestApi([
    ...[userRoutes, consentRoutes, audienceRoutes({ enqueue: async () => undefined })],
    ...[templateRoutes(sendTest), campaignRoutes, targetRoutes, previewRoutes, couponRoutes, webhookRoutes],
    catalogRoutes,
  ]);
  await addSender(groundOf(api));
});
after(() => api.close());

async function called<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await api.call(method, path, body);
  assert.ok(answer.status < 300, answer.text);
  return answer.body as T;
}

interface Pool {
  id: number;
  name: string;
  left: number;
  given: number;
  returned: number;
  expired: number;
  isLow: boolean;
}

let pools = 0;
/** A pool with so many codes. */
async function newPool(codes: number, more: object = {}): Promise<Pool> {
  const name = `Pool ${++pools}`;
  const pool = await called<Pool>('POST', '/api/coupons/pools', { name, ...more });
  const list = Array.from({ length: codes }, (_, at) => `P${pools}X${String(at).padStart(5, '0')}`);
  if (codes > 0) await called('POST', `/api/coupons/pools/${pool.id}/codes`, { codes: list });
  return pool;
}
const poolNow = (pool: Pool) => called<Pool>('GET', `/api/coupons/pools/${pool.id}`);

/** A blast whose text shows a code of the pool. */
async function newBlast(pool: Pool, count: number, tag = `t${pool.id}`) {
  const blast = await makeCampaign({ call: called }, { tag, channel: 'SMS Marketing', count });
  await called('POST', '/api/templates/sms/update', {
    ...{ templateId: blast.templateId, message: `Acme: your code is {{coupon "${pool.name}"}} STOP ends` },
  });
  return blast;
}

/** Another campaign with the same template and people. */
const again = async (blast: Awaited<ReturnType<typeof newBlast>>, name = 'Again') =>
  (
    await called<{ campaignId: number }>('POST', '/api/campaigns/create', {
      ...{ name, templateId: blast.templateId, listIds: [blast.listId], scheduleSend: false },
    })
  ).campaignId;

interface Sent {
  userId: number;
  code: string | null;
  reason: string | null;
  detail: string | null;
}

/** Sends a campaign as far as the worker's admission does; tells who was shown which code. */
async function admitted(campaignId: number, only: readonly number[] = lanes): Promise<Sent[]> {
  const { db } = api.database;
  await called('POST', `/api/campaigns/${campaignId}/send`);
  const { rows } = await sql<{ id: number }>`
    UPDATE send_request SET state = 'admitting'
    WHERE id = (SELECT max(id) FROM send_request WHERE campaign_id = ${campaignId}) RETURNING id`.execute(db);
  const plan = await loadPlan(db, rows[0]?.id ?? 0, api.context);
  assert.ok(plan);
  const timing = memoisedTiming();
  await Promise.all(only.map((lane) => admitNextPage(db, api.context, plan, lane, timing)));
  const messages = await sql<{
    userId: number;
    body: string | null;
    reason: string | null;
    detail: string | null;
  }>`
    SELECT user_id AS "userId", content ->> 'body' AS body, skip_reason AS reason, error_detail AS detail
    FROM message WHERE request_id = ${rows[0]?.id} ORDER BY user_id`.execute(db);
  return messages.rows.map(({ body, ...row }) => ({
    ...row,
    code: /code is (\S+)/.exec(body ?? '')?.[1] ?? null,
  }));
}

/** Every code of a pool is in one place: free, or of one person; answers how many of each. */
async function everyCode(pool: Pool): Promise<{ free: number; given: number; codes: number }> {
  const { rows } = await sql<{ code: string; state: string }>`
    SELECT code, state FROM coupon WHERE pool_id = ${pool.id} AND state <> 'elsewhere'`.execute(
    api.database.db,
  );
  assert.equal(new Set(rows.map(({ code }) => code)).size, rows.length, 'no code is in two places');
  const of = (state: string) => rows.filter((row) => row.state === state).length;
  return { free: of('free'), given: of('given'), codes: rows.length };
}

test('each person of a blast is shown a code of their own, and the last codes are found wherever they lie', async () => {
  const pool = await newPool(50);
  const blast = await newBlast(pool, 60);
  const sent = await admitted(blast.campaignId);
  const codes = sent.flatMap(({ code }) => code ?? []);
  assert.equal(codes.length, 50, 'all codes are given');
  assert.equal(new Set(codes).size, 50);
  const skipped = sent.filter(({ reason }) => reason !== null);
  assert.deepEqual(
    [...new Set(skipped.map(({ reason, detail }) => `${reason}: ${detail}`))],
    [`noCoupon: the coupon pool “${pool.name}” has no code left`],
  );
  assert.deepEqual(await everyCode(pool), { free: 0, given: 50, codes: 50 });
  const { left, given } = await poolNow(pool);
  assert.deepEqual([left, given], [0, 50]);
});

test('a second campaign shows everybody the code they have; one pool for each campaign gives another', async () => {
  const pool = await newPool(20);
  const blast = await newBlast(pool, 5);
  const first = await admitted(blast.campaignId);
  const second = await admitted(await again(blast));
  assert.deepEqual(
    second.map(({ code }) => code),
    first.map(({ code }) => code),
  );
  await called('PATCH', `/api/coupons/pools/${pool.id}`, { oneFor: 'campaign' });
  const third = await admitted(await again(blast));
  assert.equal(new Set([...first, ...third].map(({ code }) => code)).size, 10);
  assert.equal((await poolNow(pool)).given, 10);
});

test('codes of messages that never left come back, and those that another message shows do not', async () => {
  const pool = await newPool(10);
  const blast = await newBlast(pool, 4);
  await admitted(blast.campaignId);
  await called('POST', `/api/campaigns/abort`, { campaignId: blast.campaignId });
  const { settleBrakes } = await import('../../delivery/brakes/settle-brakes.ts');
  await settleBrakes(api.context);
  assert.deepEqual(await everyCode(pool), { free: 10, given: 0, codes: 10 });
  const { left, returned } = await poolNow(pool);
  assert.deepEqual([left, returned], [10, 4]);
  const two = [await again(blast), await again(blast)] as const;
  await admitted(two[0]);
  await admitted(two[1]);
  await called('POST', `/api/campaigns/abort`, { campaignId: two[0] });
  await settleBrakes(api.context);
  assert.deepEqual(await everyCode(pool), { free: 6, given: 4, codes: 10 });
});

test('a code in the place of an item is given to those only for whom there is no item', async () => {
  const pool = await newPool(10);
  const blast = await newBlast(pool, 4);
  await called('POST', '/api/catalogs/picks');
  await called('PUT', '/api/catalogs/picks/items/Ann1', { value: { name: 'cup' } });
  await called('PUT', '/api/catalogs/picks/items/Ann2', { value: { name: 'pot' } });
  const inPlace = `{{#catalog "picks" firstName as |pick|}}{{pick.name}}{{else}}{{coupon "${pool.name}"}}{{/catalog}}`;
  await called('POST', '/api/templates/sms/update', {
    ...{ templateId: blast.templateId, message: `Acme: your code is ${inPlace} STOP ends` },
  });
  const sent = await admitted(blast.campaignId);
  const codes = sent.map(({ code }) => code ?? '');
  assert.equal(codes.filter((code) => code === 'cup' || code === 'pot').length, 2, codes.join());
  assert.equal(new Set(codes.filter((code) => /^P\d/.test(code))).size, 2, codes.join());
  assert.deepEqual(await everyCode(pool), { free: 8, given: 2, codes: 10 });
});

test('a message that may have left keeps its code', async () => {
  const pool = await newPool(10);
  const blast = await newBlast(pool, 3);
  await admitted(blast.campaignId);
  await sql`UPDATE message SET attempts = 1 WHERE campaign_id = ${blast.campaignId}`.execute(api.database.db);
  await called('POST', `/api/campaigns/abort`, { campaignId: blast.campaignId });
  const { settleBrakes } = await import('../../delivery/brakes/settle-brakes.ts');
  await settleBrakes(api.context);
  assert.deepEqual(await everyCode(pool), { free: 7, given: 3, codes: 10 });
});

test('an expired pool gives nothing, and a preview and a rehearsal say so and give nothing away', async () => {
  const pool = await newPool(5);
  const blast = await newBlast(pool, 8);
  const seen = await called<{ message: { body: string }; notes: string[] }>(
    'POST',
    `/api/templates/sms/preview?templateId=${blast.templateId}`,
    { email: blast.emails[0] },
  );
  assert.match(seen.message.body, /your code is SAMPLEX+ /);
  assert.ok(seen.notes.some((note) => /samples/.test(note)));
  const forecast = await called<{ expectedSkips: Record<string, number> }>(
    ...(['GET', `/api/campaigns/${blast.campaignId}/forecast`] as const),
  );
  assert.deepEqual(forecast.expectedSkips, { noCoupon: 3 });
  assert.deepEqual(await everyCode(pool), { free: 5, given: 0, codes: 5 });
  await called('PATCH', `/api/coupons/pools/${pool.id}`, { expiresAt: api.clock.now().toISOString() });
  const { left, expired } = await poolNow(pool);
  assert.deepEqual([left, expired], [0, 5]);
  const sent = await admitted(blast.campaignId);
  assert.ok(
    sent.every(({ reason, detail }) => reason === 'noCoupon' && /expired at 2026/.test(detail ?? '')),
  );
  assert.deepEqual(await everyCode(pool), { free: 5, given: 0, codes: 5 });
});

test('who is merged brings the code along, and of a deleted person it is known that it was given', async () => {
  const pool = await newPool(10);
  const blast = await newBlast(pool, 3);
  await admitted(blast.campaignId);
  const [ann, bob, cid] = blast.emails;
  await sql`UPDATE message SET attempts = 1, status = 'sent' WHERE campaign_id = ${blast.campaignId}`.execute(
    api.database.db,
  );
  await called('POST', '/api/users/update', { email: 'new@example.com', dataFields: {} });
  await called('POST', '/api/users/merge', { sourceEmail: ann, destinationEmail: 'new@example.com' });
  await called('POST', '/api/users/merge', { sourceEmail: bob, destinationEmail: 'new@example.com' });
  assert.deepEqual(await everyCode(pool), { free: 7, given: 3, codes: 10 });
  const given = await api.call('GET', `/api/coupons/pools/${pool.id}/given.csv`);
  assert.equal(given.text.split('new@example.com').length - 1, 2, given.text);
  await called('DELETE', `/api/users/${cid}`);
  assert.deepEqual(await everyCode(pool), { free: 7, given: 3, codes: 10 });
  const later = await api.call('GET', `/api/coupons/pools/${pool.id}/given.csv`);
  assert.equal(later.text.trim().split('\r\n').length, 4);
  assert.ok(!later.text.includes(String(cid)));
});

test('a call to one person shows the same code each time, also where two come at once', async () => {
  const pool = await newPool(10);
  const blast = await newBlast(pool, 1);
  const { campaignId } = await called<{ campaignId: number }>('POST', '/api/campaigns/create', {
    ...{ name: 'Call', templateId: blast.templateId, type: 'Triggered' },
  });
  await called('POST', '/api/campaigns/activateTriggered', { campaignId });
  const call = () =>
    called('POST', '/api/sms/target', {
      ...{ campaignId, recipientEmail: blast.emails[0], allowRepeatMarketingSends: true },
    });
  await Promise.all([call(), call(), call(), admitted(blast.campaignId)]);
  const { rows } = await sql<{ body: string }>`
    SELECT DISTINCT content ->> 'body' AS body FROM message m
    WHERE campaign_id = ANY (${[campaignId, blast.campaignId]}::int[])`.execute(api.database.db);
  assert.equal(rows.length, 1, JSON.stringify(rows));
  assert.deepEqual(await everyCode(pool), { free: 9, given: 1, codes: 10 });
});

test('webhooks are told once that a pool is low, and again after codes were added', async () => {
  const pool = await newPool(100, { alarmBelow: 98 });
  await called('POST', '/api/webhooks/create', {
    ...{ endpoint: 'http://127.0.0.1:9/hook', childEvents: ['couponsLow'] },
  });
  const told = async () => {
    const { rows } = await sql<{ payload: { dataFields: Record<string, unknown> } }>`
      SELECT payload FROM webhook_event WHERE event_name = 'couponsLow' ORDER BY id`.execute(api.database.db);
    return rows.map(({ payload: { dataFields } }) => [dataFields.poolName, dataFields.left]);
  };
  const look = () => tellOfLowPools(api.context.db, tellLowPools, api.clock.now());
  await look();
  assert.deepEqual(await told(), []);
  await admitted((await newBlast(pool, 5)).campaignId);
  await look();
  await look();
  assert.deepEqual(await told(), [[pool.name, 95]]);
  assert.equal((await poolNow(pool)).isLow, true);
  await called('POST', `/api/coupons/pools/${pool.id}/codes`, { codes: ['ONEMORE'] });
  await look();
  assert.equal((await told()).length, 2);
});

test('what a template may not show is told when it is saved', async () => {
  const pool = await newPool(0);
  await called('POST', `/api/coupons/pools/${pool.id}/codes`, { codes: ['SIXTEENLETTERS16'] });
  const refused = async (path: string, body: object, words: RegExp) => {
    const answer = await api.call('POST', path, body);
    assert.equal(answer.status, 400, answer.text);
    assert.match(answer.text, words);
  };
  const sms = (message: string) => ({ clientTemplateId: 'x', message });
  await refused(
    '/api/templates/sms/upsert',
    sms('Acme {{coupon "Nowhere"}}'),
    /there is no coupon pool “Nowhere”/,
  );
  await refused('/api/templates/sms/upsert', sms('Acme {{coupon name}}'), /name of a pool in quotes/);
  const whatsApp = {
    ...{ clientTemplateId: 'w', language: 'en_US', body: 'Your code is below' },
    buttons: [{ type: 'copyCode', text: 'Copy', code: `{{coupon "${pool.name}"}}` }],
  };
  await refused('/api/templates/whatsApp/upsert', whatsApp, /up to 16 characters; Meta takes 15/);
  const short = await newPool(1);
  await called('POST', '/api/templates/whatsApp/upsert', {
    ...whatsApp,
    buttons: [{ type: 'copyCode', text: 'Copy', code: `{{coupon "${short.name}"}}` }],
  });
  const { faults } = await called<{ faults: { fault: string }[] }>(
    ...([
      'POST',
      `/api/coupons/pools/${short.id}/codes`,
      { codes: ['SIXTEENLETTERS17', 'WITH-HYPHEN'] },
    ] as const),
  );
  assert.match(faults[0]?.fault ?? '', /takes 15/);
  assert.match(faults[1]?.fault ?? '', /letters and digits/);
  const inUse = await api.call('DELETE', `/api/coupons/pools/${short.id}`);
  assert.equal(inUse.status, 409, inUse.text);
  await called('DELETE', `/api/coupons/pools/${pool.id}`);
});

interface FileResult {
  rowsRead: number;
  added: number;
  refused: number;
  faults: { row: number; code: string; fault: string }[];
}

async function upload(
  pool: Pool,
  content: string | Uint8Array,
  column?: string,
): Promise<{ status: number; body: FileResult & { msg: string } }> {
  const form = new FormData();
  form.set('file', new Blob([content as BlobPart]), 'codes.csv');
  const query = column === undefined ? '' : `?column=${encodeURIComponent(column)}`;
  const answer = await fetch(`${api.url}/api/coupons/pools/${pool.id}/files${query}`, {
    ...{ method: 'POST', headers: { 'Api-Key': api.key }, body: form },
  });
  return { status: answer.status, body: (await answer.json()) as FileResult & { msg: string } };
}

test('files of codes are read as people write them, and each row that is none says why', async () => {
  const pool = await newPool(0);
  const other = await newPool(1);
  const taken = `P${pools}X00000`;
  const awful = [
    '\ufeff"Name";"Code"',
    'a;"AAA111"',
    'b;AAA111',
    'c;aaa111',
    'd;',
    'e;1.23E+12',
    'f;TWO WORDS',
    "g;'00123",
    'h;="00456"',
    'i;ÜBER20',
    `j;${taken}`,
    `k;${'X'.repeat(65)}`,
    'l;48E93021',
    'm;1E+05',
    '',
  ].join('\r\n');
  const { body } = await upload(pool, awful);
  const faultOf = (row: number) => body.faults.find((fault) => fault.row === row)?.fault ?? '';
  assert.deepEqual([body.rowsRead, body.added, body.refused], [13, 5, 8], JSON.stringify(body));
  assert.match(faultOf(3), /twice/);
  assert.match(faultOf(4), /is added, though “AAA111”/);
  assert.match(faultOf(5), /is empty/);
  assert.match(faultOf(6), /what a spreadsheet makes of a long number/);
  assert.match(faultOf(7), /blank/);
  assert.match(faultOf(10), /signs of ASCII/);
  assert.match(faultOf(11), new RegExp(`in the pool “${other.name}” already`));
  assert.match(faultOf(12), /65 characters/);
  assert.match(faultOf(14), /what a spreadsheet makes of a long number/);
  const utf16 = Buffer.concat([
    Buffer.from([0xff, 0xfe]),
    Buffer.from('Code\tFor\r\nTAB1\tx\r\nTAB2\ty\r\n', 'utf16le'),
  ]);
  assert.equal((await upload(pool, utf16)).body.added, 2);
  assert.equal((await upload(pool, 'LINE1\nLINE2\nLINE1\n')).body.added, 2);
  const asked = await upload(pool, 'who,what\nann,Q1\nbob,Q2\n');
  assert.equal(asked.status, 400);
  assert.match(asked.body.msg, /2 columns .*“who”, “what”.*by column/);
  assert.equal((await upload(pool, 'who,what\nann,Q1\nbob,Q2\n', 'what')).body.added, 2);
  assert.equal((await upload(pool, '')).status, 400);
  assert.match(
    (await upload(pool, Buffer.from('PK\u0003\u0004aaaaaaaaaaaa'))).body.msg,
    /save the sheet as CSV/,
  );
  const { files } = await called<{ files: { state: string; error: string | null }[] }>(
    ...(['GET', `/api/coupons/pools/${pool.id}/files`] as const),
  );
  assert.deepEqual(
    files.map(({ state }) => state),
    ['failed', 'failed', 'finished', 'failed', 'finished', 'finished', 'finished'],
  );
});
