import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { insertProject } from '../../consent/new-project.ts';
import { builtInWires } from '../../providers/built-in.ts';
import { openProviders } from '../../providers/wires.ts';
import { standingClock, type TestClock } from '../../testing/clock.ts';
import { startTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { loopbackAllowed } from '../../testing/outbound.ts';
import { giveProfileAddresses } from '../../testing/profile-addresses.ts';
import { assertRolledUp } from '../../testing/rollups.ts';
import { insertMessages, type NewMessage, takeMessageIds } from '../admission/new-message.ts';
import { changeQueued } from '../brakes/queued-messages.sql.ts';
import type { ActiveSender } from '../dispatch/active-senders.ts';
import { claimDue, giveBack } from '../dispatch/claim-due.ts';
import { moveExpired } from '../dispatch/move-expired.ts';
import { readdress } from '../dispatch/readdress.ts';
import { openStranded } from '../dispatch/stranded.ts';
import { markInDoubt } from '../doubt/settle-doubt.ts';
import { messageData } from '../personal-data.ts';
import { requeueFailed } from '../receipts/requeue-failed.ts';
import { settleReceipts } from '../receipts/settle-receipts.ts';
import { openReceiptIntake } from '../receipts/take-in.ts';
import { skipQueued } from '../skip-queued.ts';
import { findChangedRollups, foldChanges } from './fold-changes.sql.ts';

const lanes = [3, 11];
/** Where nothing has happened that would be claimed first. */
const untouched = 29;
const senderId = 1;
const [brakedNever, other] = [7, 8];
const announce = async () => undefined;
const providers = openProviders(loopbackAllowed, builtInWires);
let database: TestDatabase;
let projectId: number;
let clock: TestClock;
before(async () => {
  database = await startTestDatabase();
  clock = standingClock('2026-11-23T17:20:00Z');
  projectId = await insertProject(database.db, { name: 'Test', brand: 'Acme', at: clock.now() });
});
after(() => database.close());

/** What may happen in a lane, to what `pick` chooses of all that could be meant. */
type Deed = (lane: number, pick: number) => Promise<unknown>;

const sender = (): ActiveSender => ({
  ...{ id: senderId, projectId, medium: 'sms', purpose: 'promotional', wireAddress: '+12025550110' },
  ...{ mps: 100, dailyCap: null, dayZone: 'UTC', frequencyCaps: [] },
  account: { wire: 'twilio', id: 1 },
});

let lastUser = 0;
const admit: Deed = async (lane, pick) => {
  const { db } = database;
  const at = clock.now();
  const ids = await takeMessageIds(db, 1 + (pick % 5));
  const messages = ids.map((id, index): NewMessage => {
    lastUser++;
    return {
      ...{
        id,
        userId: lastUser,
        projectId,
        requestId: pick % 2 ? 1 : id,
        templateId: 1,
        channelId: 1,
        messageTypeId: 1,
      },
      campaignId: [null, brakedNever, other, other][(pick + index) % 4] ?? null,
      ...{ medium: 'sms', purpose: 'promotional', basis: pick % 3 ? 'ownMessage' : 'optIn', senderId },
      ...{ toAddress: '+14155550100', content: { kind: 'sms', body: 'Hello' }, segments: 1 + (index % 3) },
      ...{ priceMicros: 7900 * index, skipReason: pick % 7 === 6 ? 'noOptIn' : null, detail: null },
      ...{
        notBefore: at,
        dueAt: new Date(at.getTime() + (index % 2) * 90_000),
        closesAt: pick % 4 ? null : at,
      },
      ...{ legalCap: null, legalCapHours: null, onQuiet: pick % 5 ? 'delay' : 'skip', onCap: 'skip' },
      ...{ links: [], createdAt: at },
    };
  });
  await sql`
    INSERT INTO users (lane, id, project_id, phone_number, signed_up_at, updated_at)
    SELECT ${lane}, id, ${projectId}, '+14155550100', ${at}, ${at}
    FROM unnest(${messages.map(({ userId }) => userId)}::bigint[]) id`.execute(db);
  await giveProfileAddresses(db);
  await insertMessages(db, lane, messages);
  // The same people for the same request: nothing is made, and nothing counted.
  await insertMessages(db, lane, messages);
};

async function messagesOf(lane: number, where = sql`true`): Promise<{ id: number; user_id: number }[]> {
  const { rows } = await sql<{ id: number; user_id: number }>`
    SELECT id, user_id FROM message WHERE lane = ${lane} AND ${where} ORDER BY id DESC LIMIT 6`.execute(
    database.db,
  );
  return rows;
}

const claim: Deed = async (lane, pick) => {
  const { db } = database;
  const request = {
    lane,
    senderId,
    purpose: 'promotional' as const,
    now: clock.now(),
    limit: 1 + (pick % 8),
  };
  const claimed = await claimDue(db, {
    ...{ ...request, segments: 100, today: 1_000, medium: 'sms', wire: 'twilio', dispatcher: 1 + (pick % 2) },
    frequencyCaps: pick % 3 ? [] : [{ messages: 1, hours: 24, medium: null }],
  });
  await moveExpired({ db, announce }, lane, sender(), claimed.expired, clock.now());
  await readdress({ db, announce }, lane, sender(), claimed.moved, clock.now());
};

const receipts: Deed = async (lane, pick) => {
  const { db } = database;
  const intake = openReceiptIntake(db);
  const kinds = ['accepted', 'sent', 'delivered', 'read', 'failed', 'refused', 'unknown', 'absent'] as const;
  for (const [index, { id }] of (await messagesOf(lane, sql`attempts > 0`)).entries()) {
    const status = kinds[(pick + index) % kinds.length] ?? 'sent';
    const failed = status === 'failed' || status === 'refused';
    await intake.take({
      ...{
        lane,
        messageId: id,
        status,
        providerMessageId: `SM${id}`,
        wire: 'twilio' as const,
        attempt: failed ? 1 : null,
        detail: null,
      },
      ...{ errorClass: failed ? (pick % 2 ? 'transient' : 'content') : null, code: failed ? '30008' : null },
      ...{ retryAfterMs: null, at: clock.now() },
    });
  }
  await settleReceipts({ db, announce, clock, providers }, lane);
};

const always = async () => true;

const deeds: Record<string, Deed> = {
  admit,
  claim,
  receipts,
  giveBack: async (lane, pick) => {
    const claimed = await messagesOf(lane, sql`status = 'dispatching'`);
    if (pick % 2)
      return giveBack(
        database.db,
        lane,
        claimed.slice(0, 2).map(({ id }) => id),
      );
    const stranded = openStranded();
    stranded.add(
      { lane, purpose: 'promotional', dispatcher: 1 },
      claimed.map(({ id }) => id),
    );
    await stranded.giveBack(database.db);
  },
  die: (lane) => database.db.transaction().execute((transaction) => markInDoubt(transaction, lane)),
  retry: (lane) => requeueFailed({ db: database.db, announce }, lane, [senderId], clock.now()),
  pause: (lane) =>
    changeQueued({ db: database.db, announce }, lane, other, { deed: 'hold' }, clock.now(), always),
  resume: (lane) =>
    changeQueued({ db: database.db, announce }, lane, other, { deed: 'release' }, clock.now(), always),
  stop: (lane) =>
    changeQueued(
      { db: database.db, announce },
      lane,
      other,
      { deed: 'skip', reason: 'campaignAborted' },
      clock.now(),
      always,
    ),
  optOut: async (lane, pick) => {
    const [message] = (await messagesOf(lane)).slice(pick % 6);
    if (message)
      await skipQueued(
        { db: database.db, announce },
        { lane, id: message.user_id },
        {},
        'optedOut',
        clock.now(),
      );
  },
  merge: async (lane, pick) => {
    const [one, two] = (await messagesOf(lane)).slice(pick % 4);
    if (!one || !two) return;
    const move = { from: { lane, id: one.user_id }, to: { lane: lanes[pick % 2] ?? 3, id: two.user_id } };
    await database.db.transaction().execute(async (transaction) => {
      await messageData.moveUser?.(transaction, { announce, projectId, ...move, at: clock.now() });
    });
  },
  forget: async (lane, pick) => {
    const [message] = (await messagesOf(lane)).slice(pick % 6);
    if (!message) return;
    const gone = { announce, projectId, lane, users: [], merged: [{ lane, id: message.user_id }] };
    await database.db.transaction().execute(async (transaction) => {
      await messageData.forgetUsers?.(transaction, { ...gone, at: clock.now() });
      await sql`DELETE FROM users WHERE lane = ${lane} AND id = ${message.user_id}`.execute(transaction);
      await sql`DELETE FROM address WHERE lane = ${lane} AND user_id = ${message.user_id}`.execute(
        transaction,
      );
    });
  },
  moveHouse: (lane, pick) =>
    messagesOf(lane).then((messages) =>
      messageData.changePlaces?.(
        database.db,
        messages.slice(pick % 3).map((each) => ({ lane, id: each.user_id })),
        clock.now(),
      ),
    ),
  dieInTheMiddle: async (lane) => {
    await assert.rejects(
      database.db.transaction().execute(async (transaction) => {
        await markInDoubt(transaction, lane);
        await requeueFailed({ db: transaction, announce }, lane, [senderId], clock.now());
        throw new Error('dead');
      }),
      /dead/,
    );
  },
  fold: async () => {
    for (const { lane } of await findChangedRollups(database.db, clock.now()))
      await foldChanges(database.db, lane, clock.now());
  },
  minutesPass: async (_, pick) => clock.advance((pick % 200) * 1_000),
  daysPass: async (_, pick) => clock.advance((pick % 3) * 86_400_000),
};

test('rollups say what the messages say, whatever becomes of these and in whatever order', async () => {
  const names = Object.keys(deeds);
  const often = ['admit', 'admit', 'claim', 'claim', 'receipts', 'receipts', 'retry', 'minutesPass'];
  const step = fc.record({
    name: fc.constantFrom(...names, ...often),
    lane: fc.constantFrom(...lanes),
    pick: fc.nat({ max: 1_000 }),
  });
  const done = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 40 }), async (steps) => {
      for (const { name, lane, pick } of steps) {
        await deeds[name]?.(lane, pick);
        done.set(name, (done.get(name) ?? 0) + 1);
      }
      await assertRolledUp(database.db, new Date(clock.now().getTime() - 46 * 3_600_000));
      await deeds.fold?.(0, 0);
      await assertRolledUp(database.db, new Date(clock.now().getTime() - 46 * 3_600_000));
      const { rows } = await sql`SELECT FROM message_rollup_change`.execute(database.db);
      assert.equal(rows.length, 0);
    }),
    { numRuns: 20 },
  );
  assert.deepEqual([...done.keys()].sort(), names.sort(), 'everything has happened');
});

test('a campaign that is two days old is kept by days, and one that never began by nothing', async () => {
  const { db } = database;
  clock.advance(3 * 86_400_000);
  await deeds.fold?.(0, 0);
  await admit(untouched, 1);
  await claim(untouched, 1);
  clock.advance(86_400_000);
  await deeds.fold?.(0, 0);
  const kept = async () => {
    const { rows } = await sql<{ fine: number; coarse: number }>`
      SELECT count(*) FILTER (WHERE minute > '-infinity' AND standing NOT IN ('queued', 'retrying')) AS fine,
        count(*) FILTER (WHERE admitted_within = interval '1 day') AS coarse
      FROM message_rollup`.execute(db);
    return rows[0];
  };
  const before = await kept();
  assert.ok(before && before.fine > 0);
  clock.advance(2 * 86_400_000);
  await deeds.fold?.(0, 0);
  const afterwards = await kept();
  assert.equal(afterwards?.fine, 0);
  assert.ok(afterwards.coarse >= before.coarse);
  await assertRolledUp(db, clock.now());
});
