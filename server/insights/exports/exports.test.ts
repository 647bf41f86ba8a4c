import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { IterableClient } from '@iterable/api';
import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { PgBoss } from 'pg-boss';
import {
  addMessages,
  addUsers,
  type Ground,
  groundOf,
  type TestUser,
} from '../../campaigns/campaign-fixtures.ts';
import { connect } from '../../database/connect.ts';
import { encodeMessageId } from '../../database/message-id.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { runningClock } from '../../testing/clock.ts';
import { setTrap, trapGate, waits } from '../../testing/trap.ts';
import { upsertUsers } from '../../users/upsert-users.ts';
import { exportDataRoutes } from './data-routes.ts';
import { exportDataTypes } from './data-types.ts';
import { exportJobRoutes } from './job-routes.ts';
import { exportJobs, requeueExports, runExport } from './run-export.ts';
import { userEventsRoutes } from './user-events-routes.ts';

let api: TestApi;
let client: IterableClient;
let ground: Ground;
let users: TestUser[];
const enqueued: number[] = [];

before(async () => {
  api = await startTestApi([
    exportJobRoutes(async ({ jobId }) => {
      enqueued.push(jobId);
    }),
    exportDataRoutes,
    userEventsRoutes,
  ]);
  client = new IterableClient({ apiKey: api.key, baseUrl: api.url });
  ground = groundOf(api);
  users = await addUsers(ground, 30);
  await sql`INSERT INTO user_field (project_id, name, type) VALUES (${api.projectId}, 'firstName', 'string')`.execute(
    ground.db,
  );
  const statuses = ['delivered', 'bounced', 'skipped'] as const;
  await addMessages(
    ground,
    users.slice(0, 9).map((user, index) => ({
      user,
      requestId: 1,
      campaignId: index < 6 ? 1 : 2,
      status: statuses[index % 3] ?? 'delivered',
    })),
  );
});
after(async () => {
  client.destroy();
  await api.close();
});

async function exported(dataTypeName: 'user' | 'smsSend' | 'smsSendSkip' | 'emailOpen', campaignId?: number) {
  const { jobId } = await client.startExportJob({ dataTypeName, outputFormat: 'text/csv', campaignId });
  await runExport(api.context, jobId);
  const { files, jobState } = await client.getExportFiles({ jobId });
  assert.equal(jobState, 'completed');
  const texts: string[] = [];
  for (const { url } of files) texts.push((await api.call('GET', new URL(url).pathname)).text);
  return { jobId, rows: parse(texts.join(''), { columns: true }) as Record<string, string>[] };
}

test('the official client starts an export of users and fetches each of them once', async () => {
  const { jobId, rows } = await exported('user');
  assert.equal(rows.length, 30);
  assert.equal(new Set(rows.map((row) => row.email)).size, 30);
  assert.equal(rows[0]?.firstName, `Ann ${rows[0]?.userId?.slice(1)}`);
  assert.equal(rows[0]?.signupDate, '2026-11-23 17:00:00 +00:00');
  const { jobs } = await client.getExportJobs();
  const job = jobs.find(({ id }) => id === jobId);
  assert.equal(job?.jobState, 'completed');
  assert.ok((job?.bytesExported ?? 0) > 0);
  assert.deepEqual(enqueued.slice(-1), [jobId]);
});

test('of a segment only its people are exported, and only what was sent to them', async () => {
  const { rows: everybody } = await exported('user');
  const [first] = everybody;
  const { id: segmentId } = await api.context.db
    .insertInto('segment')
    .values({
      ...{ project_id: api.projectId, name: 'One', refers_to: [], updated_by: 'test' },
      definition: JSON.stringify({ field: { path: 'email', is: first?.email ?? '' } }),
      ...{ created_at: api.clock.now(), updated_at: api.clock.now() },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const start = (dataTypeName: string, id: number) =>
    api.call('POST', '/api/export/start', { dataTypeName, outputFormat: 'text/csv', segmentId: id });
  const rowsOf = async (dataTypeName: string) => {
    const { jobId } = (await start(dataTypeName, segmentId)).body as { jobId: number };
    await runExport(api.context, jobId);
    const { files } = await client.getExportFiles({ jobId });
    const text = (await api.call('GET', new URL(files[0]?.url ?? '').pathname)).text;
    return parse(text, { columns: true }) as Record<string, string>[];
  };
  assert.deepEqual(
    (await rowsOf('user')).map(({ email }) => email),
    [first?.email],
  );
  assert.ok((await rowsOf('smsSend')).every(({ email }) => email === first?.email));
  assert.match((await start('user', 999)).text, /no segment 999 in this project/);
});

test('sends and skips are exported as the totals count them', async () => {
  assert.equal((await exported('smsSend')).rows.length, 6);
  assert.equal((await exported('smsSend', 2)).rows.length, 2);
  const { rows } = await exported('smsSendSkip');
  assert.deepEqual([...new Set(rows.map((row) => row.reason))], ['noOptIn']);
  assert.equal(rows.length, 3);
});

test('a file is not shown without the key', async () => {
  const { jobId } = await exported('user');
  assert.equal((await api.call('GET', `/api/export/${jobId}/files/1`, undefined, 'wrong')).status, 401);
  assert.equal((await api.call('GET', `/api/export/${jobId}/files/2`)).status, 404);
});

test('a cancelled export writes nothing more', async () => {
  const { jobId } = await client.startExportJob({ dataTypeName: 'user', outputFormat: 'text/csv' });
  await client.cancelExportJob({ jobId });
  await runExport(api.context, jobId);
  const { files, jobState } = await client.getExportFiles({ jobId });
  assert.equal(jobState, 'cancelling');
  assert.deepEqual(files, []);
  await assert.rejects(client.cancelExportJob({ jobId }), /cannot be cancelled/);
});

test('an export that was cut off starts over and holds each row once', async () => {
  const { jobId } = await client.startExportJob({
    dataTypeName: 'user',
    outputFormat: 'application/x-json-stream',
    onlyFields: 'email,firstName',
  });
  await assert.rejects(runExport(api.context, jobId, AbortSignal.abort()));
  await runExport(api.context, jobId);
  const { files } = await client.getExportFiles({ jobId });
  assert.equal(files.length, 1);
  const { text } = await api.call('GET', new URL(files[0]?.url ?? '').pathname);
  const rows = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  assert.equal(rows.length, 30);
  assert.deepEqual(Object.keys(rows[0] ?? {}).sort(), ['email', 'firstName']);
});

test('data is streamed by range in CSV and JSON', async () => {
  const csv = await api.call('GET', '/api/export/data.csv?dataTypeName=smsBounce&range=Today');
  const rows = parse(csv.text, { columns: true }) as Record<string, string>[];
  assert.equal(rows.length, 3);
  const bounced = users[1];
  assert.ok(bounced);
  assert.ok(rows.some((row) => row.messageId?.startsWith(encodeMessageId(bounced.lane, 1).charAt(0))));
  const json = await api.call('GET', '/api/export/data.json?dataTypeName=smsBounce&range=Yesterday');
  assert.equal(json.text, '');
  assert.equal((await api.call('GET', '/api/export/data.csv?dataTypeName=smsBounce')).status, 400);
  assert.match(
    (await api.call('GET', '/api/export/data.csv?dataTypeName=cats&range=All')).text,
    /there is no \\"cats\\"/,
  );
});

test('every kind of data can be read', async () => {
  for (const name of Object.keys(exportDataTypes))
    for (const format of ['csv', 'json']) {
      const answer = await api.call(
        'GET',
        `/api/export/data.${format}?dataTypeName=${name}&startDateTime=2026-01-01&endDateTime=2027-01-01&campaignId=1`,
      );
      assert.equal(answer.status, 200, `${name}: ${answer.text}`);
    }
});

test('events carry their data in CSV and JSON', async () => {
  const [user] = users;
  assert.ok(user);
  await sql`
    INSERT INTO event (lane, id, project_id, user_id, name, kind, data, happened_at, recorded_at)
    VALUES (${user.lane}, nextval('event_id_seq'), ${api.projectId}, ${user.id}, 'viewed', 'custom',
      '{"item": "hat, red"}', ${ground.at}, ${ground.at})`.execute(ground.db);
  const csv = await api.call('GET', '/api/export/data.csv?dataTypeName=customEvent&range=All');
  const [row] = parse(csv.text, { columns: true }) as Record<string, string>[];
  assert.equal(row?.eventName, 'viewed');
  assert.deepEqual(JSON.parse(row?.dataFields ?? ''), { item: 'hat, red' });
  const json = await api.call('GET', '/api/export/data.json?dataTypeName=customEvent&range=All');
  assert.equal((JSON.parse(json.text) as { item: string }).item, 'hat, red');
});

test('pg-boss runs what is enqueued, and what was lost on the way is sent again', async () => {
  const { jobId } = await client.startExportJob({ dataTypeName: 'user', outputFormat: 'text/csv' });
  const boss = new PgBoss(api.database.url);
  await boss.start();
  try {
    await boss.createQueue(exportJobs.queue, exportJobs.options);
    await requeueExports(api.context, (data) => boss.send(exportJobs.queue, data));
    const done = Promise.withResolvers<void>();
    const handle = exportJobs.handler(api.context);
    await boss.work<{ jobId: number }>(exportJobs.queue, async (jobs) => {
      await handle(jobs);
      if (jobs.some((job) => job.data.jobId === jobId)) done.resolve();
    });
    await done.promise;
    assert.equal((await client.getExportFiles({ jobId })).jobState, 'completed');
  } finally {
    const stopped = once(boss, 'stopped');
    await boss.stop({ graceful: false });
    await stopped;
  }
});

test('opens of emails are exported once for each email, and those that only machines fetched say so', async () => {
  const named = [{ userId: 'reader' }];
  const made = await upsertUsers(
    api.context.people,
    ground.projectId,
    named,
    { defaultCountry: 'US' },
    ground.at,
  );
  const [fetched] = users.slice(20);
  const reader = made[0]?.ok ? made[0].user : null;
  assert.ok(reader && fetched);
  const ids = await addMessages(
    ground,
    [reader, fetched].map((user) => ({ user, requestId: 7, campaignId: 7, status: 'delivered' as const })),
  );
  await sql`UPDATE message SET medium = 'email' WHERE lane = ANY (${[reader.lane, fetched.lane]}::smallint[])
    AND id = ANY (${ids}::bigint[])`.execute(ground.db);
  const at = (minutes: number) => new Date(ground.at.getTime() + minutes * 60_000);
  for (const [user, id, visitor, opened] of [
    [reader, ids[0], 'machine', at(1)],
    [reader, ids[0], 'person', at(5)],
    [fetched, ids[1], 'machine', at(2)],
  ] as const)
    await sql`
      INSERT INTO email_open (lane, message_id, project_id, visitor, opened_at)
      VALUES (${user.lane}, ${id}, ${ground.projectId}, ${visitor}, ${opened})`.execute(ground.db);
  const { rows } = await exported('emailOpen', 7);
  const told = rows.map((row) => [row.userId, row.createdAt, row.isBot, row.campaignId]);
  assert.deepEqual(
    told.sort((a, b) => String(a[1]).localeCompare(String(b[1]))),
    [
      [`u${fetched.id}`, '2026-11-23 17:02:00 +00:00', 'true', '7'],
      ['reader', '2026-11-23 17:05:00 +00:00', 'false', '7'],
    ],
  );
  const { text } = await api.call('GET', `/api/export/userEvents?userId=reader`);
  assert.match(text, /"eventType":"emailOpen","createdAt":"2026-11-23 17:05:00 \+00:00"/);
});

test('an export that one process runs is not begun by another, which takes it over when the first is cut off', async () => {
  const { pool, url } = api.database;
  const trap = await setTrap(url, { table: 'export_file', when: 'BEFORE INSERT', does: waits });
  const processes = [connect(url, 3), connect(url, 3)] as const;
  const contexts = processes.map(({ db }) => ({
    ...api.context,
    clock: runningClock('2026-11-23T17:00:00Z'),
    db,
  }));
  /** The connections that wait to write a file. */
  const writing = async () => {
    for (;;) {
      const { rows } = await pool.query<{ pid: number }>(
        `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = ${trapGate} AND NOT granted`,
      );
      if (rows[0]) return rows[0].pid;
    }
  };
  try {
    for (const cut of [false, true]) {
      const open = await trap.shut();
      const { jobId } = await client.startExportJob({ dataTypeName: 'user', outputFormat: 'text/csv' });
      const first = runExport(contexts[0]!, jobId).then(
        () => 'done',
        () => 'cut off',
      );
      const pid = await writing();
      let looked = 0;
      const looking = {
        ...contexts[1]!.clock,
        now: () => contexts[1]!.clock.now(),
        sleep: async (ms: number, signal?: AbortSignal) => {
          looked += 1;
          await contexts[1]!.clock.sleep(Math.min(ms, 10), signal);
        },
      };
      const second = runExport({ ...contexts[1]!, clock: looking }, jobId);
      while (looked === 0) await new Promise((resolve) => setImmediate(resolve));
      if (cut) {
        await pool.query('SELECT pg_terminate_backend($1::int, 5000)', [pid]);
        assert.notEqual(await writing(), pid);
      }
      await open();
      assert.equal(await first, cut ? 'cut off' : 'done');
      await second;
      const { files, jobState } = await client.getExportFiles({ jobId });
      assert.deepEqual([files.length, jobState], [1, 'completed']);
    }
  } finally {
    for (const each of processes) await each.close();
    await trap.remove();
  }
});
