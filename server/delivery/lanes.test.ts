import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely';
import { systemClock } from '../clock/clock.ts';
import { secretsFrom } from '../config/secrets.ts';
import { recordWishes } from '../consent/ledger.ts';
import { insertProject } from '../consent/new-project.ts';
import { addCodes } from '../content/coupons/add-codes.sql.ts';
import { insertPool } from '../content/coupons/coupon-pools.sql.ts';
import { giveCodes, holdCodes, messagesWithCodes, takeBackCodes } from '../content/coupons/deal-codes.sql.ts';
import { isOnCluster } from '../database/cluster.ts';
import type { Database } from '../database/connect.ts';
import type { Schema } from '../database/schema.ts';
import { insertHappenings, takeHappenings, takeHappeningsOf } from '../happenings/happening.sql.ts';
import { builtInWires } from '../providers/built-in.ts';
import type { LookUpResult } from '../providers/sending.ts';
import { openProviders } from '../providers/wires.ts';
import { ownKinds } from '../segments/kinds.ts';
import { readDefinition } from '../segments/read-definition.ts';
import { standingClock } from '../testing/clock.ts';
import { startTestDatabase, type TestDatabase } from '../testing/database.ts';
import { loopbackAllowed } from '../testing/outbound.ts';
import { markReached, markUnreachable } from '../users/unreachable.ts';
import { nextAudiencePage, usersById } from './admission/audience-page.ts';
import { insertMessages, type NewMessage } from './admission/new-message.ts';
import type { ActiveSender } from './dispatch/active-senders.ts';
import { claimDue } from './dispatch/claim-due.ts';
import type { Dispatcher } from './dispatch/dispatch-lane.ts';
import { openInFlight } from './dispatch/in-flight.ts';
import { moveExpired } from './dispatch/move-expired.ts';
import { openStranded } from './dispatch/stranded.ts';
import { markInDoubt, settleDoubt } from './doubt/settle-doubt.ts';
import { messageLeafOf } from './message-leaf.ts';
import { applyReceipts } from './receipts/apply-receipts.ts';
import { believedFailures } from './receipts/believed-failures.sql.ts';
import { requeueFailed } from './receipts/requeue-failed.ts';
import { openReceiptIntake } from './receipts/take-in.ts';
import { skipQueued } from './skip-queued.ts';

const { wires } = openProviders(loopbackAllowed, builtInWires);

const lane = 11;
const at = new Date('2026-11-23T17:00:00Z');
const userId = 1;
const senderId = 1;

let database: TestDatabase;
let projectId: number;
let sender: ActiveSender;
/** What ran through `watched` since it was last emptied. */
const seen: CompiledQuery[] = [];
let watched: Database;
before(async () => {
  database = await startTestDatabase();
  projectId = await insertProject(database.db, { name: 'Test', brand: 'Acme', at });
  sender = {
    ...{ id: senderId, projectId, medium: 'sms', purpose: 'promotional', wireAddress: '+12025550110' },
    ...{ mps: 1, dailyCap: null, dayZone: 'UTC', frequencyCaps: [] },
    account: { wire: 'smtp', id: 1 },
  };
  watched = new Kysely<Schema>({
    dialect: new PostgresDialect({ pool: database.pool }),
    log: (event) => void seen.push(event.query),
  });
  await database.db
    .insertInto('users')
    .values({ lane, id: userId, project_id: projectId, signed_up_at: at, updated_at: at })
    .execute();
});
after(() => database.close());

/** A part of a table that is split by lane. */
interface Part {
  table: string;
  /** The same for all tables where the same lanes are. */
  part: string;
}

/** The parts of users' tables by their names in plans: partitions, or a cluster's shards as their nodes call them. */
async function partsByName(): Promise<Map<string, Part>> {
  const { rows } = await sql<Part & { name: string }>`${sql.raw(
    (await isOnCluster(database.db))
      ? `SELECT logicalrelid || '_' || shardid AS name, logicalrelid::text AS table, shardminvalue AS part
         FROM pg_dist_shard JOIN pg_dist_partition USING (logicalrelid) WHERE partmethod = 'h'`
      : `SELECT p.relname AS name, t.relname AS table, substr(p.relname, length(t.relname) + 1) AS part
         FROM pg_inherits JOIN pg_class t ON t.oid = inhparent AND t.relkind = 'p' JOIN pg_class p ON p.oid = inhrelid`,
  )}`.execute(database.db);
  return new Map(rows.map(({ name, ...part }) => [name, part]));
}

/** The relations a statement's plan reads or writes. */
async function relationsOf(query: CompiledQuery): Promise<string[]> {
  const { rows } = await database.pool.query(`EXPLAIN (FORMAT JSON) ${query.sql}`, [...query.parameters]);
  return [...JSON.stringify(rows[0]['QUERY PLAN']).matchAll(/"Relation Name":\s*"([^"]+)"/g)].map(
    (match) => match[1] ?? '',
  );
}

/**
 * Runs `deed` and holds every statement of it to the rule: of each table that is split by lane it touches one
 * part, and the same one of all, so that on a cluster it is a statement of one node.
 */
async function holdsToOneLane(deed: (db: Database) => Promise<unknown>, tables: string[]): Promise<void> {
  seen.length = 0;
  await deed(watched);
  const statements = seen.filter((query) => /\b(select|insert|update|delete)\b/i.test(query.sql));
  const partOf = await partsByName();
  const touched = new Set<string>();
  for (const query of statements) {
    const parts = new Set<string>();
    for (const relation of await relationsOf(query)) {
      const found = partOf.get(relation);
      if (!found) continue;
      touched.add(found.table);
      parts.add(found.part);
    }
    // Rows that are inserted find their part by themselves, as the statement is executed.
    for (const [, table = ''] of query.sql.matchAll(/\binsert into "?(\w+)/gi)) touched.add(table);
    assert.ok(parts.size <= 1, `touches the parts ${[...parts].join(', ')}: ${query.sql}`);
  }
  for (const table of tables) assert.ok(touched.has(table), `nothing was seen of ${table}`);
}

function message(id: number, part: Partial<NewMessage> = {}): NewMessage {
  return {
    id,
    userId,
    projectId,
    requestId: id,
    campaignId: null,
    templateId: 1,
    channelId: 1,
    messageTypeId: 1,
    medium: 'sms',
    purpose: 'promotional',
    basis: 'optIn',
    senderId,
    toAddress: '+14155550100',
    content: { kind: 'sms', body: 'Hello' },
    segments: 1,
    priceMicros: 0,
    skipReason: null,
    detail: null,
    notBefore: at,
    dueAt: at,
    closesAt: null,
    legalCap: 3,
    legalCapHours: 24,
    onQuiet: 'delay',
    onCap: 'skip',
    links: [{ code: `code${id}`, url: 'https://example.com' }],
    createdAt: at,
    ...part,
  };
}

test('the next page of an audience is read in one lane', async () => {
  const audience = {
    projectId,
    lane,
    medium: 'sms' as const,
    channelId: 1,
    messageTypeId: 1,
    poolId: 1,
    noRepeatOf: 1,
  };
  await holdsToOneLane(
    (db) =>
      nextAudiencePage(db, {
        ...audience,
        audience: {
          ...{ listIds: [1, 2], suppressionListIds: [3], segmentIds: [], suppressionSegmentIds: [] },
          ...{ segments: [], suppressionSegments: [] },
        },
        afterUserId: 0,
        limit: 500,
        now: at,
      }),
    ['list_member', 'users', 'address', 'subscription', 'sticky_sender', 'message'],
  );
  const event = { name: 'viewed', during: { last: { days: 30 } } };
  const segment = readDefinition(
    { kinds: [...ownKinds, messageLeafOf({})], timeZone: 'UTC', segments: new Map() },
    {
      any: [
        { field: { path: 'city', is: 'Paris' } },
        { event },
        { event: { ...event, times: { atLeast: 2 }, followedBy: { purchase: true } } },
        { purchase: { during: { lastDays: 7 }, zone: 'person', revenue: { atLeast: 100 } } },
        { list: { ids: [1], during: { lastDays: 7 }, zone: 'person' } },
        { subscription: { messageTypeId: 1, status: 'unsubscribed', methods: ['keyword'] } },
        { reach: { medium: 'sms' } },
        { message: { what: 'clicked', campaignIds: [1] } },
      ],
    },
  );
  await holdsToOneLane(
    (db) =>
      nextAudiencePage(db, {
        ...audience,
        audience: {
          ...{ listIds: [1], suppressionListIds: [3], segmentIds: [1], suppressionSegmentIds: [2] },
          ...{ segments: [segment], suppressionSegments: [segment] },
        },
        afterUserId: 0,
        limit: 500,
        now: at,
      }),
    [
      'list_member',
      'users',
      'address',
      'subscription',
      'sticky_sender',
      'message',
      'event',
      'consent_entry',
      'link_click',
    ],
  );
  await holdsToOneLane((db) => usersById(db, audience, [userId]), ['users', 'address', 'subscription']);
});

test('messages and their links are written in one lane', () =>
  holdsToOneLane((db) => insertMessages(db, lane, [message(1), message(2)]), ['message', 'link']));

test('coupon codes that lie in the lane are held, given and taken back in it', async () => {
  const pool = await insertPool(
    database.db,
    projectId,
    { name: 'Lanes', description: null, one_for: 'message', expires_at: null, alarm_below: null },
    at,
  );
  assert.ok(pool);
  const codes = Array.from({ length: 300 }, (_, place) => ({ code: `LANE${place}`, place }));
  await addCodes(database.db, pool, codes, { buttonLimit: null });
  const deal = async (db: Database) => {
    const held = await holdCodes(db, lane, pool, [{ userId, givenFor: 1 }]);
    await giveCodes(
      db,
      lane,
      held.map((code) => ({ ...code, messageId: 1, campaignId: null })),
      at,
    );
    assert.deepEqual(await messagesWithCodes(db, lane, [1]), [1]);
    await takeBackCodes(db, lane, [1]);
  };
  await holdsToOneLane(deal, ['coupon']);
});

test('a claim looks at one lane, with and without caps, in either flow', async () => {
  for (const purpose of ['promotional', 'transactional'] as const)
    for (const frequencyCaps of [[], [{ messages: 2, hours: 72, medium: 'sms' as const }]])
      await holdsToOneLane(
        (db) =>
          claimDue(db, {
            lane,
            senderId,
            medium: 'sms',
            purpose,
            now: at,
            limit: 500,
            segments: 100,
            today: 1_000,
            frequencyCaps,
            dispatcher: 1,
            wire: 'twilio',
          }),
        ['message', 'users', 'address', 'subscription'],
      );
});

test('messages whose window closed are moved in one lane', () =>
  holdsToOneLane(
    (db) =>
      moveExpired(
        { db, announce: async () => undefined },
        lane,
        sender,
        [{ id: 1, userId, onQuiet: 'delay', notBefore: at }],
        at,
      ),
    ['message', 'users'],
  ));

test('receipts are taken in, and applied in one lane', async () => {
  await insertMessages(database.db, lane, [message(3)]);
  const receipt = {
    lane,
    messageId: 3,
    wire: 'twilio',
    status: 'delivered' as const,
    providerMessageId: 'SM1',
    errorClass: null,
    code: null,
    detail: null,
    retryAfterMs: null,
    attempt: null,
    at,
  };
  await holdsToOneLane((db) => openReceiptIntake(db).take(receipt), ['receipt']);
  await holdsToOneLane((db) => applyReceipts(db, builtInWires, lane), ['receipt', 'message']);
});

test('no index of messages names what the usual receipts bring, so that they change rows where these are', async () => {
  const { rows } = await sql<{ definition: string }>`
    SELECT indexdef AS definition FROM pg_indexes WHERE tablename = 'message'`.execute(database.db);
  assert.ok(rows.length > 3);
  const brought = /\b(status|provider_message_id|error_code|error_detail|sent_at|delivered_at|read_at)\b/;
  assert.deepEqual(
    rows.filter(({ definition }) => brought.test(definition)),
    [],
  );
});

test('what failed is queued again in one lane', () =>
  holdsToOneLane(
    (db) => requeueFailed({ db, announce: async () => undefined }, lane, [senderId], at),
    ['message'],
  ));

test('doubt is marked in one lane, and settled there', async () => {
  await database.db
    .insertInto('departure')
    .values({ lane, dispatcher: 0, message_ids: [1], departed_at: at })
    .execute();
  await holdsToOneLane((db) => markInDoubt(db, lane), ['message']);
  await insertMessages(database.db, lane, [message(4)]);
  await database.db
    .updateTable('message')
    .set({ status: 'inDoubt', attempts: 1, dispatched_at: at })
    .where('lane', '=', lane)
    .where('id', '=', 4)
    .execute();
  const clock = standingClock(new Date(at.getTime() + 60_000));
  const silent: LookUpResult = { outcome: 'unreachable', detail: 'HTTP 503' };
  const dispatcher: Dispatcher = {
    ...{ db: database.db, clock, number: 1, inFlight: openInFlight(1), publicUrl: 'https://go.example' },
    secrets: secretsFrom('test'),
    ...{ stands: () => true, noteKnownAs: async () => undefined, isAlone: () => true, freeAt: new Map() },
    ...{ stranded: openStranded(), announce: async () => undefined },
    intake: openReceiptIntake(database.db),
    known: builtInWires,
    wires: { ...wires, smtp: { ...wires.smtp!, lookUp: async () => silent } },
  };
  await holdsToOneLane(
    (db) => settleDoubt(dispatcher, db, lane, new Map([[senderId, sender]])),
    ['message', 'receipt'],
  );
});

test('what happened goes into the outbox, and is taken out of it, in one lane', async () => {
  const happened = {
    ...{
      kind: 'message' as const,
      what: 'send' as const,
      medium: 'sms' as const,
      messageId: 1,
      campaignId: null,
      reason: null,
    },
    ...{ projectId, lane, userId, at },
  };
  await holdsToOneLane((db) => insertHappenings(db, lane, [happened, happened]), ['happening']);
  await holdsToOneLane((db) => takeHappenings(db, { lane, limit: 1, now: at }), ['happening']);
  await holdsToOneLane((db) => takeHappeningsOf(db, lane, [userId]), ['happening']);
});

test('who cannot be reached is noted in one lane', async () => {
  const there = { userId, medium: 'sms' as const, address: '+14155550100' };
  const failure = { ...there, code: '131026', since: at, suppressAfter: 3 };
  await holdsToOneLane((db) => believedFailures(db, lane, [failure]), ['message']);
  await holdsToOneLane((db) => markUnreachable(db, lane, [failure]), ['address']);
  await holdsToOneLane((db) => markReached(db, lane, [there]), ['address']);
});

test("a person's wish is recorded, and what waits for them skipped, in one lane", async () => {
  const channel = await database.db.selectFrom('channel').select('id').executeTakeFirstOrThrow();
  const wish = (action: 'optIn' | 'optOut') => ({
    lane,
    userId,
    projectId,
    action,
    kind: 'channel' as const,
    targetId: channel.id,
    address: '+14155550100',
    method: 'keyword',
    source: 'written to +12025550110',
    happenedAt: at,
  });
  await holdsToOneLane(
    (db) =>
      recordWishes(
        { db, announce: async () => undefined },
        [wish('optIn'), wish('optOut')],
        systemClock.now(),
      ),
    ['users', 'subscription', 'consent_entry'],
  );
  await holdsToOneLane(
    (db) =>
      skipQueued(
        { db, announce: async () => undefined },
        { lane, id: userId },
        { channelIds: [1] },
        'optedOut',
        at,
      ),
    ['message'],
  );
});
