import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Medium } from '../../medium/media.ts';
import { builtInWires } from '../../providers/built-in.ts';
import type { LookUpResult, OpenWire } from '../../providers/sending.ts';
import { openProviders } from '../../providers/wires.ts';
import { insertFirstSenders } from '../../senders/first-senders.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { loopbackAllowed } from '../../testing/outbound.ts';
import { insertMessages } from '../admission/new-message.ts';
import { type ActiveSender, loadActiveSenders } from '../dispatch/active-senders.ts';
import type { Dispatcher } from '../dispatch/dispatch-lane.ts';
import { openInFlight } from '../dispatch/in-flight.ts';
import { openStranded } from '../dispatch/stranded.ts';
import { emptySettled, findToEmpty } from '../empty-messages.sql.ts';
import { messageData } from '../personal-data.ts';
import { applyReceipts } from '../receipts/apply-receipts.ts';
import { openReceiptIntake } from '../receipts/take-in.ts';
import { settleDoubt } from './settle-doubt.ts';

const { wires } = openProviders(loopbackAllowed, builtInWires);

const lane = 5;

let api: TestApi;
let senders: Map<number, ActiveSender>;
before(async () => {
  api = await startTestApi([]);
  const { database, context, clock, projectId } = api;
  await insertFirstSenders(database.db, {
    ...{
      projectId,
      simulator: { url: 'http://127.0.0.1:9', smtp: { host: '127.0.0.1', port: 9 } },
      wires: builtInWires,
    },
    ...{ secrets: context.secrets, at: clock.now() },
  });
  const { senders: active } = await loadActiveSenders(database.db, context.secrets, builtInWires);
  senders = new Map(active.map((sender) => [sender.id, sender]));
});
after(() => api.close());
beforeEach(() => api.database.db.deleteFrom('message').execute());

let ids = 0;
/** Messages whose posts were not answered, on the wire since now. */
async function inDoubt(medium: Medium, count: number, userId?: number): Promise<number[]> {
  const { database, clock, projectId } = api;
  const now = clock.now();
  const sender = [...senders.values()].find((each) => each.medium === medium);
  const messages = Array.from({ length: count }, () => ++ids).map((id) => ({
    ...{ id, userId: userId ?? id, projectId, requestId: id, campaignId: null, templateId: 1 },
    ...{ channelId: 1, messageTypeId: 1, medium, purpose: 'promotional' as const, basis: 'optIn' as const },
    ...{ senderId: sender?.id ?? 0, toAddress: '+14155550100', segments: 1, priceMicros: 0 },
    ...{ content: { kind: 'sms' as const, body: 'Hello' }, skipReason: null, detail: null },
    ...{ notBefore: now, dueAt: now, closesAt: null, legalCap: null, legalCapHours: null },
    ...{ onQuiet: 'delay' as const, onCap: 'skip' as const, links: [], createdAt: now },
  }));
  await insertMessages(database.db, lane, messages);
  await database.db
    .updateTable('message')
    .set({ status: 'inDoubt', attempts: 1, dispatched_at: now })
    .where('lane', '=', lane)
    .where('status', '=', 'queued')
    .execute();
  return messages.map(({ id }) => id);
}

type LookUp = NonNullable<OpenWire['lookUp']>;

/** One look at the lane's doubts, as a worker has it every second; receipts are applied after it. */
async function look(lookUp: LookUp): Promise<void> {
  const { db } = api.database;
  const dispatcher: Dispatcher = {
    ...{ db, clock: api.clock, number: 1, intake: openReceiptIntake(db), inFlight: openInFlight(1) },
    known: builtInWires,
    secrets: api.context.secrets,
    wires: { ...wires, twilio: { ...wires.twilio!, lookUp } },
    ...{
      stands: () => true,
      noteKnownAs: async () => undefined,
      isAlone: () => true,
      publicUrl: 'https://go.example',
      freeAt: new Map(),
    },
    ...{ stranded: openStranded(), announce: async () => undefined },
  };
  await settleDoubt(dispatcher, db, lane, senders);
  await db.transaction().execute((transaction) => applyReceipts(transaction, builtInWires, lane));
}

const standings = () =>
  api.database.db
    .selectFrom('message')
    .select(['id', 'status', 'provider_message_id'])
    .where('lane', '=', lane)
    .orderBy('id')
    .execute();

/** A provider that has these messages, all alike, and gives the oldest that is not known. */
const has =
  (...sids: string[]): LookUp =>
  async (_account, _message, _since, known): Promise<LookUpResult> => {
    const sid = sids.find((each) => !known.has(each));
    return sid === undefined
      ? { outcome: 'unknown' }
      : { outcome: 'found', providerMessageId: sid, status: 'sent' };
  };

test('of two equal messages in doubt each gets an id of its own, or goes back to the queue', async () => {
  await inDoubt('sms', 3, 1);
  api.clock.advance(30_000);
  await look(has('SM1', 'SM2'));
  assert.deepEqual(
    (await standings()).map((message) => [message.status, message.provider_message_id]),
    [
      ['sent', 'SM1'],
      ['sent', 'SM2'],
      ['queued', null],
    ],
  );
});

test('an id that a receipt on its way has is no other message’s', async () => {
  const [first = 0, second = 0] = await inDoubt('sms', 2, 1);
  api.clock.advance(30_000);
  await openReceiptIntake(api.database.db).take({
    ...{
      lane,
      messageId: first,
      wire: 'twilio',
      status: 'sent',
      providerMessageId: 'SM1',
      at: api.clock.now(),
    },
    ...{ errorClass: null, code: null, detail: null, retryAfterMs: null, attempt: null },
  });
  await look(has('SM1'));
  assert.deepEqual(await standings(), [
    { id: first, status: 'sent', provider_message_id: 'SM1' },
    { id: second, status: 'queued', provider_message_id: null },
  ]);
});

test('what was on the wire when its person was deleted is still asked about, is never sent again, and is emptied once its fate is known', async () => {
  const { db } = api.database;
  const [left = 0, lost = 0] = await inDoubt('sms', 2);
  const gone = { announce: async () => undefined, projectId: api.projectId, lane, at: api.clock.now() };
  await db.transaction().execute(async (transaction) => {
    const merged = [left, lost].map((id) => ({ lane, id }));
    await messageData.forgetUsers?.(transaction, { ...gone, users: [], merged });
  });
  assert.deepEqual(await findToEmpty(db, api.clock.now()), []);
  api.clock.advance(30_000);
  const asked: string[] = [];
  await look(async (_account, { to }) =>
    asked.push(to) === 1
      ? { outcome: 'found', providerMessageId: 'SM9', status: 'sent' }
      : { outcome: 'unknown' },
  );
  assert.deepEqual(asked, ['+14155550100', '+14155550100']);
  assert.deepEqual(await findToEmpty(db, api.clock.now()), [{ lane, due: 'erasures' }]);
  await emptySettled(db, lane, api.clock.now());
  const addresses = async () =>
    (await db.selectFrom('message').select(['status', 'to_address', 'content']).orderBy('id').execute()).map(
      ({ status, to_address, content }) => [status, to_address, content],
    );
  // What never left waits to be claimed, and the claim skips it. Of what did the address stays for what may be told late.
  assert.deepEqual((await addresses()).sort(), [
    ['queued', null, null],
    ['sent', '+14155550100', null],
  ]);
  assert.deepEqual(await findToEmpty(db, api.clock.now()), []);
  api.clock.advance(24 * 3_600_000);
  await emptySettled(db, lane, api.clock.now());
  assert.deepEqual((await addresses()).sort(), [
    ['queued', null, null],
    ['sent', null, null],
  ]);
});

test('what nobody can settle keeps nothing else from being settled', async () => {
  // Meta cannot be asked, and policy leaves promotional messages as they are.
  await inDoubt('whatsApp', 250);
  api.clock.advance(1_000);
  const [asked] = await inDoubt('sms', 1);
  api.clock.advance(600_000);
  await look(has());
  const settled = (await standings()).filter((message) => message.status !== 'inDoubt');
  assert.deepEqual(settled, [{ id: asked, status: 'queued', provider_message_id: null }]);
});

test('a provider that does not answer holds nothing up, and is asked again ever later', async () => {
  await inDoubt('sms', 1);
  let lookUps = 0;
  const silent: LookUp = async () => {
    lookUps++;
    return { outcome: 'unreachable', detail: 'HTTP 503' };
  };
  const asks = async (afterMs: number) => {
    lookUps = 0;
    api.clock.advance(afterMs);
    await look(silent);
    return lookUps;
  };
  // Half its age later each time: 15 seconds, then 23.
  const asked: number[] = [];
  for (const seconds of [30, 12, 4, 20, 4]) asked.push(await asks(seconds * 1_000));
  assert.deepEqual(asked, [1, 0, 1, 0, 1]);
  // Many do not make it many look-ups.
  await inDoubt('sms', 50);
  const first = await asks(30_000);
  assert.ok(first >= 1 && first <= 8, `${first} look-ups before it was left alone`);
  assert.equal(await asks(9_000), 0);
  // One that never answers at all is waited for no longer than the others would bear.
  api.clock.advance(60_000);
  const hanging = look(() => new Promise(() => undefined));
  let isOver = false;
  void hanging.then(() => {
    isOver = true;
  });
  while (!isOver) {
    api.clock.advance(1_000);
    await new Promise(setImmediate);
  }
  assert.ok((await standings()).every((message) => message.status === 'inDoubt'));
});
