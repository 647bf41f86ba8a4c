import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { insertProject } from '../../consent/new-project.ts';
import { builtInWires } from '../../providers/built-in.ts';
import { startTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { giveProfileAddresses } from '../../testing/profile-addresses.ts';
import { insertMessages } from '../admission/new-message.ts';
import { findRetries } from '../flows/due-lanes.ts';
import { skipQueued } from '../skip-queued.ts';
import { applyReceipts } from './apply-receipts.ts';
import { requeueFailed } from './requeue-failed.ts';
import { openReceiptIntake } from './take-in.ts';

const lane = 9;
const user = { lane, id: 1 };
const phone = '+14155550100';
const at = new Date('2026-11-23T17:00:00Z');
const later = (minutes: number) => new Date(at.getTime() + minutes * 60_000);

let database: TestDatabase;
let projectId: number;
before(async () => {
  database = await startTestDatabase();
  projectId = await insertProject(database.db, { name: 'Retry', brand: 'Retry', at });
  await database.db
    .insertInto('users')
    .values({ ...user, project_id: projectId, phone_number: phone, signed_up_at: at, updated_at: at })
    .execute();
  await giveProfileAddresses(database.db);
});
after(() => database.close());
beforeEach(() => database.db.deleteFrom('message').execute());

let ids = 0;
/** A message of sender 1 whose carrier has just told that it failed: it is tried again in ten minutes. */
async function failed(
  toAddress: string | null = phone,
  dueAt = at,
  { basis = 'optIn', detail = null }: { basis?: 'optIn' | 'ownMessage'; detail?: string | null } = {},
): Promise<number> {
  const { db } = database;
  const id = ++ids;
  await insertMessages(db, lane, [
    {
      ...{ id, userId: user.id, projectId, requestId: id, campaignId: null, templateId: 1, channelId: 1 },
      ...{ messageTypeId: 1, medium: 'sms', purpose: 'promotional', basis, senderId: 1, toAddress },
      ...{ content: { kind: 'sms', body: 'Hello' }, priceMicros: 0, skipReason: null, detail: null },
      ...{ segments: 1, notBefore: at, dueAt, closesAt: null, legalCap: null, legalCapHours: null },
      ...{ onQuiet: 'delay', onCap: 'skip', links: [], createdAt: at },
    },
  ]);
  await openReceiptIntake(db).take({
    ...{ lane, messageId: id, wire: 'twilio', status: 'failed', providerMessageId: 'SM1' },
    ...{ errorClass: 'transient', code: '30008', detail, retryAfterMs: null, attempt: null, at },
  });
  await db.transaction().execute((transaction) => applyReceipts(transaction, builtInWires, lane));
  return id;
}

const standing = (id: number) =>
  database.db
    .selectFrom('message')
    .select(['status', 'skip_reason', 'due_at', 'closes_at', 'failed_at', 'retry_at', 'error_detail'])
    .where('lane', '=', lane)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();

/** Looks for what is to be tried again at an instant, and queues it; returns the lanes found. */
async function look(now: Date, senderIds = [1]): Promise<number[]> {
  const found = await findRetries(database.db, senderIds, now);
  for (const each of found)
    await requeueFailed({ db: database.db, announce: async () => undefined }, each.lane, senderIds, now);
  return found.map((each) => each.lane);
}

test('what bounced is queued again when its time has come, and never before the hour it had waited for', async () => {
  const [soon, tomorrow] = [await failed(), await failed(phone, later(900))];
  assert.partialDeepStrictEqual(await standing(soon), {
    status: 'bounced',
    failed_at: at,
    retry_at: later(10),
  });
  assert.deepEqual(await look(later(9)), []);
  assert.deepEqual(await look(later(11)), [lane]);
  const queued = { status: 'queued', failed_at: at, retry_at: null };
  // Its window counts as closed, so the claim works out the hours of where its reader is now.
  assert.partialDeepStrictEqual(await standing(soon), { ...queued, due_at: later(11), closes_at: later(11) });
  assert.partialDeepStrictEqual(await standing(tomorrow), { ...queued, due_at: later(900) });
  assert.deepEqual(await look(later(11)), []);
});

test('it stays bounced for as long as its sender is stopped', async () => {
  const id = await failed();
  assert.deepEqual(await look(later(60), [2]), []);
  assert.equal((await standing(id)).status, 'bounced');
  assert.deepEqual(await look(later(61), [1, 2]), [lane]);
});

test('what is called off before its next try or in the queue remains bounced, and is not tried again', async () => {
  const queued = await failed();
  await look(later(11));
  const waiting = await failed();
  assert.equal(
    await skipQueued({ db: database.db, announce: async () => undefined }, user, {}, 'optedOut', at),
    2,
  );
  for (const id of [queued, waiting])
    assert.partialDeepStrictEqual(await standing(id), {
      ...{ status: 'bounced', skip_reason: null, failed_at: at, retry_at: null },
    });
});

test("what went to an address that is no longer the person's is not tried again", async () => {
  for (const gone of [null, '+14155550199'])
    assert.partialDeepStrictEqual(await standing(await failed(gone)), { status: 'bounced', retry_at: null });
});

test('an answer that failed for the moment is tried again in whatever spelling its number is, for it needs no opt-in', async () => {
  const respelt = '+1 415 555 0100';
  const again = { status: 'bounced', retry_at: later(10) } as const;
  assert.partialDeepStrictEqual(await standing(await failed(respelt, at, { basis: 'ownMessage' })), again);
  assert.partialDeepStrictEqual(await standing(await failed(respelt)), { ...again, retry_at: null });
  // Its person is gone.
  const emptied = await failed(null, at, { basis: 'ownMessage' });
  assert.partialDeepStrictEqual(await standing(emptied), { ...again, retry_at: null });
});

test('what a provider says of a message once its person is gone is not written down', async () => {
  const detail = `${phone} does not answer`;
  assert.equal((await standing(await failed(phone, at, { detail }))).error_detail, detail);
  assert.equal((await standing(await failed(null, at, { detail }))).error_detail, null);
});
