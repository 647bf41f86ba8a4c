import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { insertProject } from '../../consent/new-project.ts';
import { setApproval } from '../../content/templates/approval-fixtures.ts';
import type { MessageContent } from '../../providers/sending.ts';
import { startTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { giveProfileAddresses } from '../../testing/profile-addresses.ts';
import { claimDue } from './claim-due.ts';
import type { FrequencyCap } from './reached-limit.ts';
import {
  claimByModel,
  legalCapHours,
  type ModelClaim,
  type ModelMessage,
  type ModelUser,
} from './testing/claim-model.ts';

const now = Date.UTC(2026, 10, 23, 17);
const hour = 3_600_000;
const lane = 5;
const dispatcher = 9;
const [sender, otherSender] = [1, 2];
const addresses = { own: '+14155550100', former: '+14155550199', emptied: null };
const [channelId, messageTypeId, templateId] = [70, 80, 90];
/** Templates that stand by for what is free-form: one that nothing is said against, and one that is refused by now. */
const standsBy = { freeFormElseTemplate: 91, freeFormElseRefused: 92 };

let database: TestDatabase;
let projectId: number;
before(async () => {
  database = await startTestDatabase();
  const { db } = database;
  projectId = await insertProject(db, { name: 'Test', brand: 'Acme', at: new Date(now) });
  const type = await db.selectFrom('message_type').select('id').executeTakeFirstOrThrow();
  const content = {
    medium: 'whatsApp',
    language: 'en_US',
    header: null,
    body: 'Hi',
    footer: null,
    buttons: [],
  };
  await db
    .insertInto('template')
    .values({
      ...{
        id: standsBy.freeFormElseRefused,
        project_id: projectId,
        name: 'Refused',
        medium: 'whatsApp' as const,
      },
      ...{ content: JSON.stringify(content), message_type_id: type.id, creator: 'Test' },
      ...{ provider_name: 'stands_by', created_at: new Date(now), updated_at: new Date(now) },
    })
    .execute();
  await setApproval(db, standsBy.freeFormElseRefused, 'PAUSED');
});
after(() => database.close());

const brakes = [null, 'open', 'held', 'aborted', 'cancelled'] as const;
const status = fc.constantFrom('subscribed', 'subscribed', 'subscribed', 'pending', 'unsubscribed', null);
const anyUser: fc.Arbitrary<ModelUser> = fc.record({
  channel: status,
  type: status,
  typeIsNewer: fc.boolean(),
  paused: fc.integer({ min: 0, max: 5 }).map((die) => die === 0),
  sessionEnds: fc
    .constantFrom(null, -hour, 0, 2_999, 3_000, 3_001, hour)
    .map((offset) => (offset === null ? null : now + offset)),
});
const consenting: ModelUser = {
  ...({ channel: 'subscribed', type: 'subscribed', typeIsNewer: true, paused: false } as const),
  sessionEnds: null,
};
const says = fc.constantFrom(
  ...(['anything', 'anything', 'freeForm', 'freeFormElseTemplate', 'freeFormElseRefused'] as const),
);
const medium = fc.constantFrom('sms' as const, 'sms' as const, 'whatsApp' as const, 'email' as const);
const anyCap: fc.Arbitrary<FrequencyCap> = fc.record({
  messages: fc.integer({ min: 1, max: 3 }),
  hours: fc.constantFrom(1, 6, 24, 72),
  medium: fc.constantFrom(null, 'sms' as const, 'email' as const),
});

type Drawn = Omit<ModelMessage, 'id' | 'skipReason'>;
const waiting: fc.Arbitrary<Drawn> = fc.record({
  user: fc.nat(3),
  campaign: fc.constantFrom(null, 0, 0, 0, 1),
  basis: fc
    .integer({ min: 0, max: 11 })
    .map((die) => (['ownMessage', 'ownRequest', 'pendingOptIn'] as const)[die] ?? ('optIn' as const)),
  address: fc
    .integer({ min: 0, max: 9 })
    .map((die) => (die === 0 ? ('former' as const) : die === 1 ? ('emptied' as const) : ('own' as const))),
  medium,
  says,
  segments: fc.integer({ min: 1, max: 3 }),
  status: fc.constant('queued' as const),
  dueAt: fc.constantFrom(-2 * hour, -1_000, 0, 0, 1, hour).map((offset) => now + offset),
  closesAt: fc
    .constantFrom(null, null, -hour, 2_999, 3_000, 3_001, hour)
    .map((offset) => (offset === null ? null : now + offset)),
  leaveBefore: fc
    .constantFrom(null, null, null, -1, 2_999, 3_000, 3_001, hour)
    .map((offset) => (offset === null ? null : now + offset)),
  legalCap: fc.constantFrom(null, 1, 2, 3),
  onCap: fc.constantFrom('delay' as const, 'skip' as const),
  dispatchedAt: fc.constantFrom(null, null, null, now - 5_000),
  failedAt: fc.constantFrom(null, null, now - 2_000),
  attempts: fc.constant(0),
  isMine: fc.integer({ min: 0, max: 9 }).map((die) => die > 0),
});
const past: fc.Arbitrary<Drawn> = fc.record({
  user: fc.nat(3),
  campaign: fc.constant(null),
  basis: fc
    .integer({ min: 0, max: 7 })
    .map((die) => (['ownMessage', 'ownRequest'] as const)[die] ?? ('optIn' as const)),
  address: fc.constantFrom('own' as const, 'former' as const, 'emptied' as const),
  medium,
  says,
  segments: fc.constant(1),
  status: fc.constantFrom(
    'sent' as const,
    'delivered' as const,
    'bounced' as const,
    'inDoubt' as const,
    'skipped' as const,
  ),
  dueAt: fc.constant(now - 100 * hour),
  closesAt: fc.constant(null),
  leaveBefore: fc.constant(null),
  legalCap: fc.constant(null),
  onCap: fc.constant('skip' as const),
  // At, just within and just out of each span of hours.
  dispatchedAt: fc
    .tuple(fc.constantFrom(1, 6, 24, 72), fc.constantFrom(-1, 0, 1, hour / 2))
    .map(([hours, offset]) => now - hours * hour + offset),
  failedAt: fc.constant(null),
  attempts: fc.constant(1),
  isMine: fc.boolean(),
});
const scene = fc.record({
  medium: fc.constantFrom('sms' as const, 'whatsApp' as const),
  purpose: fc.constantFrom('promotional' as const, 'promotional' as const, 'transactional' as const),
  limit: fc.constantFrom(1, 3, 50),
  segments: fc.constantFrom(1, 2, 5, 50),
  today: fc.constantFrom(0, 1, 4, 50, 50),
  frequencyCaps: fc.array(anyCap, { maxLength: 2 }),
  users: fc.array(anyUser, { minLength: 4, maxLength: 4 }),
  brakes: fc.tuple(fc.constantFrom(null, 'open' as const), fc.constantFrom(...brakes)),
  waiting: fc.array(waiting, { maxLength: 12 }),
  past: fc.array(past, { maxLength: 8 }),
});

test('a claim sends, skips, delays and leaves exactly what the rules say of each message', async () => {
  await fc.assert(
    fc.asyncProperty(scene, async ({ waiting: drawn, past: before, ...rest }) => {
      const request: ModelClaim = { ...rest, now };
      const messages = await lay(request, [...before, ...drawn]);
      const model = claimByModel(request, messages);
      const claim = await claimNow(request);
      const ids = (rows: { id: number }[]) => rows.map((row) => row.id).sort((a, b) => a - b);
      const sorted = (of: number[]) => of.sort((a, b) => a - b);
      assert.deepEqual(await read(), model.after);
      assert.deepEqual(ids(claim.leaving), sorted(model.leaving));
      assert.deepEqual(ids(claim.skipped), sorted(model.skipped));
      assert.deepEqual(ids(claim.expired), sorted(model.expired));
      assert.deepEqual(ids(claim.moved), sorted(model.moved));
      assert.equal(claim.seen, model.seen);
    }),
    { numRuns: 200 },
  );
});

const plain: Drawn = {
  user: 0,
  campaign: null,
  basis: 'optIn',
  address: 'own',
  medium: 'sms',
  says: 'anything',
  segments: 1,
  status: 'queued',
  dueAt: now - hour,
  closesAt: null,
  leaveBefore: null,
  legalCap: null,
  onCap: 'skip',
  dispatchedAt: null,
  failedAt: null,
  attempts: 0,
  isMine: true,
};
const blast: ModelClaim = {
  medium: 'sms',
  purpose: 'promotional',
  now,
  limit: 50,
  segments: 50,
  today: 50,
  frequencyCaps: [],
  users: [consenting, consenting, consenting],
  brakes: [],
};

test('over days of claims nobody ever gets more than the law allows in any rolling day', async () => {
  const steps = fc.array(fc.constantFrom(1, 15, 59, 60, 300, 719), { minLength: 4, maxLength: 10 });
  const many = fc.array(fc.record({ user: fc.nat(1), due: fc.nat(48) }), { minLength: 3, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(many, steps, fc.constantFrom(1, 2, 3), async (wanted, minutes, legalCap) => {
      await lay(
        blast,
        wanted.map(({ user, due }) => ({
          ...plain,
          user,
          legalCap,
          onCap: 'delay' as const,
          dueAt: now + due * hour,
        })),
      );
      let at = now;
      for (const step of minutes) {
        at += step * 60_000;
        for (let turn = 0; turn < 3; turn++) await claimNow({ ...blast, now: at });
      }
      const left = (await read()).filter((message) => message.dispatchedAt !== null);
      for (const { user, dispatchedAt } of left) {
        const end = dispatchedAt ?? 0;
        const within = left.filter(
          (other) =>
            other.user === user &&
            other.dispatchedAt !== null &&
            other.dispatchedAt > end - legalCapHours * hour &&
            other.dispatchedAt <= end,
        );
        assert.ok(within.length <= legalCap, `${within.length} messages within a day, ${legalCap} allowed`);
      }
    }),
    { numRuns: 12 },
  );
});

test('two messages an hour apart around midnight both count to the same day', async () => {
  const beforeMidnight = Date.UTC(2026, 10, 24, 4, 30);
  const afterMidnight = beforeMidnight + hour;
  for (const [legalCap, status] of [
    [1, 'skipped'],
    [2, 'dispatching'],
  ] as const) {
    await lay(blast, [
      { ...plain, status: 'delivered', dispatchedAt: beforeMidnight, attempts: 1 },
      { ...plain, legalCap, dueAt: afterMidnight },
    ]);
    await claimNow({ ...blast, now: afterMidnight });
    const [, second] = await read();
    assert.equal(second?.status, status);
  }
});

test('a capped message that may wait goes the moment the oldest is a day old', async () => {
  await lay(blast, [
    { ...plain, status: 'delivered', dispatchedAt: now - 3 * hour, attempts: 1 },
    { ...plain, legalCap: 1, onCap: 'delay' },
  ]);
  await claimNow(blast);
  const due = (await read())[1]?.dueAt ?? 0;
  assert.equal(due, now + 21 * hour);
  await claimNow({ ...blast, now: due - 1 });
  assert.equal((await read())[1]?.status, 'queued');
  await claimNow({ ...blast, now: due });
  assert.equal((await read())[1]?.status, 'dispatching');
});

test('a person gets one promotional message a claim, and transactional ones all at once', async () => {
  const three = [plain, plain, plain];
  await lay(blast, three);
  assert.equal((await claimNow(blast)).leaving.length, 1);
  await lay(blast, three);
  assert.equal((await claimNow({ ...blast, purpose: 'transactional' })).leaving.length, 3);
});

test('an answer that came out of doubt once its person was gone does not leave, though its address is still there', async () => {
  const [answer] = await lay(blast, [{ ...plain, basis: 'ownMessage' }]);
  await sql`INSERT INTO message_to_empty (lane, message_id, latest_at) VALUES (${lane}, ${answer?.id}, now())`.execute(
    database.db,
  );
  const { leaving } = await claimNow(blast);
  await database.db.deleteFrom('message_to_empty').execute();
  const [left] = await read();
  assert.deepEqual([leaving, left?.status, left?.skipReason], [[], 'skipped', 'userDeleted']);
});

test('rows that another transaction holds are passed over without waiting, and taken later', async () => {
  const messages = await lay(
    blast,
    [0, 1, 2].map((user) => ({ ...plain, user })),
  );
  await database.db.transaction().execute(async (other) => {
    await sql`SELECT 1 FROM message WHERE lane = ${lane} AND id = ${messages[0]?.id} FOR UPDATE`.execute(
      other,
    );
    const claim = await claimNow(blast);
    assert.deepEqual(
      claim.leaving.map((each) => each.id),
      messages.slice(1).map((each) => each.id),
    );
  });
  const later = await claimNow(blast);
  assert.deepEqual(
    later.leaving.map((each) => each.id),
    [messages[0]?.id],
  );
});

test('two claims at once never take the same message', async () => {
  const users = Array.from({ length: 20 }, (_, user) => ({ ...plain, user }));
  const request = { ...blast, users: users.map(() => consenting), limit: 8 };
  await lay(request, users);
  const claims = await Promise.all([claimNow(request), claimNow(request), claimNow(request)]);
  const taken = claims.flatMap((claim) => claim.leaving.map((each) => each.id));
  assert.equal(new Set(taken).size, taken.length);
});

/** Puts the ground of a claim into the empty tables; returns the messages with their ids, in order. */
async function lay(request: ModelClaim, drawn: readonly Drawn[]): Promise<ModelMessage[]> {
  const { db } = database;
  await db.deleteFrom('message').where('lane', '=', lane).execute();
  await db.deleteFrom('subscription').where('lane', '=', lane).execute();
  await db.deleteFrom('users').where('lane', '=', lane).execute();
  await db.deleteFrom('address').where('lane', '=', lane).execute();
  await db.deleteFrom('session').where('lane', '=', lane).execute();
  await sql`
    INSERT INTO users (lane, id, project_id, phone_number, signed_up_at, updated_at)
    SELECT ${lane}, id, ${projectId}, ${addresses.own}, to_timestamp(0), to_timestamp(0)
    FROM generate_series(1, ${request.users.length}::int) AS id`.execute(db);
  await giveProfileAddresses(db);
  await db.deleteFrom('brake').execute();
  for (const [index, state] of request.brakes.entries())
    if (state !== null)
      await db
        .insertInto('brake')
        .values({ campaign_id: index + 1, project_id: projectId, state, since: new Date(0) })
        .execute();
  const standings = request.users.flatMap((user, index) =>
    (['channel', 'messageType'] as const).map((kind) => ({
      lane,
      project_id: projectId,
      user_id: index + 1,
      kind,
      target_id: kind === 'channel' ? channelId : messageTypeId,
      status: kind === 'channel' ? user.channel : user.type,
      paused_at: kind === 'channel' && user.paused ? new Date(0) : null,
      entry_id: 1,
      since: new Date(kind === 'channel' || !user.typeIsNewer ? 0 : 1),
    })),
  );
  const standing = standings.flatMap((row) => (row.status === null ? [] : [{ ...row, status: row.status }]));
  if (standing.length > 0) await db.insertInto('subscription').values(standing).execute();
  const sessions = request.users.flatMap(({ sessionEnds }, index) =>
    sessionEnds === null
      ? []
      : [
          {
            ...{ lane, user_id: index + 1, sender_id: sender, addresses: [addresses.own] },
            closes_at: new Date(sessionEnds),
          },
        ],
  );
  if (sessions.length > 0) await db.insertInto('session').values(sessions).execute();
  const messages = drawn.map((message, index) => ({ ...message, id: index + 1, skipReason: null }));
  if (messages.length > 0) await db.insertInto('message').values(messages.map(toRow)).execute();
  return messages;
}

function toRow(message: ModelMessage) {
  const at = (instant: number | null) => (instant === null ? null : new Date(instant));
  return {
    lane,
    id: message.id,
    project_id: projectId,
    user_id: message.user + 1,
    request_id: message.id,
    campaign_id: message.campaign === null ? null : message.campaign + 1,
    template_id: message.basis === 'pendingOptIn' ? null : templateId,
    channel_id: channelId,
    message_type_id: message.basis === 'ownMessage' || message.basis === 'ownRequest' ? null : messageTypeId,
    medium: message.medium,
    purpose: 'promotional' as const,
    basis: message.basis,
    sender_id: message.isMine ? sender : otherSender,
    to_address: addresses[message.address],
    content: JSON.stringify(contentOf(message)),
    segments: message.segments,
    status: message.status,
    not_before: new Date(0),
    due_at: new Date(message.dueAt),
    closes_at: at(message.closesAt),
    leave_before: at(message.leaveBefore),
    legal_cap: message.legalCap,
    legal_cap_hours: message.legalCap === null ? null : legalCapHours,
    on_cap: message.onCap,
    attempts: message.attempts,
    created_at: new Date(0),
    dispatched_at: at(message.dispatchedAt),
    failed_at: at(message.failedAt),
  };
}

function contentOf({ says }: ModelMessage): MessageContent {
  if (says === 'anything') return { kind: 'sms', body: 'Hello' };
  const freeForm = { kind: 'whatsAppMessage', type: 'text', body: 'Hello' } as const;
  if (says === 'freeForm') return freeForm;
  const content = { kind: 'whatsAppTemplate', name: 'stands_by', language: 'en_US' } as const;
  const otherwise = { ...content, components: [], preview: 'Hello' };
  return { ...freeForm, otherwise: { templateId: standsBy[says], priceMicros: 1, content: otherwise } };
}

function claimNow(request: ModelClaim) {
  return database.db.transaction().execute((transaction) =>
    claimDue(transaction, {
      lane,
      senderId: sender,
      medium: request.medium,
      purpose: request.purpose,
      now: new Date(request.now),
      limit: request.limit,
      segments: request.segments,
      today: request.today,
      frequencyCaps: request.frequencyCaps,
      dispatcher,
      wire: 'twilio',
    }),
  );
}

/** All messages as they are now, in the model's words. */
async function read(): Promise<ModelMessage[]> {
  const { rows } = await sql<ModelMessage>`
    SELECT id, user_id::int - 1 AS "user", campaign_id - 1 AS campaign, basis, CASE to_address WHEN ${addresses.own} THEN 'own' WHEN ${addresses.former} THEN 'former' ELSE 'emptied' END AS address, medium,
      CASE WHEN content ->> 'kind' <> 'whatsAppMessage' THEN 'anything' WHEN content -> 'otherwise' IS NULL THEN 'freeForm'
        WHEN content #>> '{otherwise,templateId}' = ${String(standsBy.freeFormElseTemplate)} THEN 'freeFormElseTemplate'
        ELSE 'freeFormElseRefused' END AS says, segments, status, skip_reason AS "skipReason",
      (extract(epoch FROM due_at) * 1000)::float8 AS "dueAt", (extract(epoch FROM closes_at) * 1000)::float8 AS "closesAt",
      (extract(epoch FROM leave_before) * 1000)::float8 AS "leaveBefore",
      legal_cap AS "legalCap", on_cap AS "onCap", (extract(epoch FROM dispatched_at) * 1000)::float8 AS "dispatchedAt",
      (extract(epoch FROM failed_at) * 1000)::float8 AS "failedAt", attempts, sender_id = ${sender} AS "isMine"
    FROM message WHERE lane = ${lane} ORDER BY id`.execute(database.db);
  return rows;
}
