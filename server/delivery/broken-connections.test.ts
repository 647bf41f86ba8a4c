import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import type { Announce } from '../http/happenings.ts';
import { openLaneConnection } from '../lanes/lane-work.ts';
import { builtInWires } from '../providers/built-in.ts';
import { openProviders } from '../providers/wires.ts';
import { insertFirstSenders } from '../senders/first-senders.ts';
import { openPaces } from '../senders/pace/sender-pace.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { loopbackAllowed } from '../testing/outbound.ts';
import { breaks, setTrap } from '../testing/trap.ts';
import type { UserRef } from '../users/identity.ts';
import { upsertUsers } from '../users/upsert-users.ts';
import { insertMessages } from './admission/new-message.ts';
import { type ActiveSender, loadActiveSenders } from './dispatch/active-senders.ts';
import { type Dispatcher, dispatchLane, paceOf } from './dispatch/dispatch-lane.ts';
import { openInFlight } from './dispatch/in-flight.ts';
import { openStranded } from './dispatch/stranded.ts';
import { settleReceipts } from './receipts/settle-receipts.ts';
import { openReceiptIntake } from './receipts/take-in.ts';

const providers = openProviders(loopbackAllowed, builtInWires);

let api: TestApi;
let sender: ActiveSender;
let channelId: number;
let typeId: number;
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
  const { senders } = await loadActiveSenders(database.db, context.secrets, builtInWires);
  sender = senders.find((each) => each.medium === 'sms' && each.purpose === 'promotional')!;
  await openPaces(database.db, [paceOf(sender, clock.now())]);
  const type = await database.db
    .selectFrom('message_type')
    .innerJoin('channel', 'channel.id', 'channel_id')
    .select(['message_type.id', 'channel_id'])
    .where('channel.name', '=', 'SMS Marketing')
    .executeTakeFirstOrThrow();
  [channelId, typeId] = [type.channel_id, type.id];
});
after(() => api.close());

let people = 0;
/** Somebody who opted in, or was never asked, with a text that is due. */
async function waiting(optedIn = true): Promise<UserRef & { phone: string; messageId: number }> {
  const { database, projectId, clock } = api;
  const [id, at] = [++people, clock.now()];
  const phone = `+1614555${1000 + id}`;
  const [made] = await upsertUsers(
    api.context.people,
    projectId,
    [{ email: `b${id}@example.com`, phone }],
    { defaultCountry: 'US' },
    at,
  );
  assert.ok(made?.ok);
  const { user } = made;
  const standing = { lane: user.lane, project_id: projectId, user_id: user.id, since: at, entry_id: 1 };
  if (optedIn)
    await database.db
      .insertInto('subscription')
      .values([
        { ...standing, status: 'subscribed', kind: 'channel', target_id: channelId },
        { ...standing, status: 'subscribed', kind: 'messageType', target_id: typeId },
      ])
      .execute();
  await insertMessages(database.db, user.lane, [
    {
      ...{ id, userId: user.id, projectId, requestId: id, campaignId: null, templateId: 1, channelId },
      ...{
        messageTypeId: typeId,
        medium: 'sms',
        purpose: 'promotional',
        basis: 'optIn',
        senderId: sender.id,
      },
      ...{ toAddress: phone, content: { kind: 'sms', body: 'Hello' }, segments: 1, priceMicros: 0 },
      ...{ skipReason: null, detail: null, notBefore: at, dueAt: at, closesAt: null, legalCap: null },
      ...{ legalCapHours: null, onQuiet: 'delay', onCap: 'skip', links: [], createdAt: at },
    },
  ]);
  return { ...user, phone, messageId: id };
}

const standing = ({ lane, messageId }: { lane: number; messageId: number }) =>
  api.database.db
    .selectFrom('message')
    .select(['status', 'attempts', 'skip_reason'])
    .where('lane', '=', lane)
    .where('id', '=', messageId)
    .executeTakeFirstOrThrow();

/** A worker that lives on whatever becomes of its connections; `posted` are the texts that left. */
function worker(announce: Announce = async () => undefined) {
  const posted: string[] = [];
  const dispatcher: Dispatcher = {
    ...{ clock: api.clock, number: 1, inFlight: openInFlight(10), stranded: openStranded(), announce },
    ...{ intake: openReceiptIntake(api.database.db), publicUrl: 'https://go.example', freeAt: new Map() },
    ...{
      stands: () => true,
      isAlone: () => true,
      noteKnownAs: async () => undefined,
      secrets: api.context.secrets,
    },
    known: builtInWires,
    wires: {
      ...providers.wires,
      twilio: {
        ...providers.wires.twilio!,
        send: async (_account, message) => {
          posted.push(message.to);
          return { outcome: 'accepted', providerMessageId: `SM${message.to}` };
        },
      },
    },
  };
  return { dispatcher, posted };
}

/** One turn of a runner in a lane, with a connection of its own; `cut` ends that connection from the server's side. */
async function turn(dispatcher: Dispatcher, lane: number, prepare?: (cut: () => Promise<void>) => void) {
  // The sender's time for what left before is over.
  api.clock.advance(60_000);
  const connection = await openLaneConnection(api.database.url);
  const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(connection.db);
  prepare?.(async () => {
    await api.database.pool.query('SELECT pg_terminate_backend($1, 5000)', [rows[0]?.pid]);
  });
  try {
    await dispatchLane(dispatcher, connection, lane, sender);
    await dispatcher.inFlight.drained();
  } finally {
    await connection.end();
  }
}

test('what a worker claimed before its connection broke is given back by it and posted once', async () => {
  const person = await waiting();
  const { dispatcher, posted } = worker();
  // Between the claim's commit and the sender's time for it.
  const trap = await setTrap(api.database.url, { table: 'sender_pace', when: 'BEFORE UPDATE', does: breaks });
  await assert.rejects(turn(dispatcher, person.lane));
  await trap.remove();
  assert.equal((await standing(person)).status, 'dispatching', 'its claim is committed and its worker lives');
  await dispatcher.stranded.giveBack(api.database.db);
  assert.partialDeepStrictEqual(await standing(person), { status: 'queued', attempts: 0 });
  await turn(dispatcher, person.lane);
  await dispatcher.stranded.giveBack(api.database.db);
  assert.deepEqual(posted, [person.phone]);
  assert.partialDeepStrictEqual(await standing(person), { status: 'dispatching', attempts: 1 });
});

test('a claim that was not committed strands nothing that another claim has posted since', async () => {
  const person = await waiting();
  const { dispatcher, posted } = worker();
  const trap = await setTrap(api.database.url, {
    ...{ table: 'message', when: 'AFTER UPDATE', does: breaks, atCommit: true },
  });
  await assert.rejects(turn(dispatcher, person.lane));
  await trap.remove();
  assert.equal((await standing(person)).status, 'queued');
  await turn(dispatcher, person.lane);
  await dispatcher.stranded.giveBack(api.database.db);
  assert.deepEqual(posted, [person.phone]);
  assert.partialDeepStrictEqual(await standing(person), { status: 'dispatching', attempts: 1 });
});

test('a skip at the claim and what is told of it hold together or not at all', async () => {
  const person = await waiting(false);
  let cut = async (): Promise<void> => undefined;
  let isCut = false;
  const told: (string | null)[] = [];
  const { dispatcher } = worker(async (_, happenings) => {
    if (!isCut) {
      isCut = true;
      return cut();
    }
    for (const happening of happenings) if (happening.kind === 'message') told.push(happening.reason);
  });
  await assert.rejects(
    turn(dispatcher, person.lane, (breaks) => {
      cut = breaks;
    }),
  );
  assert.equal((await standing(person)).status, 'queued');
  await turn(dispatcher, person.lane);
  assert.partialDeepStrictEqual(await standing(person), { status: 'skipped', skip_reason: 'noOptIn' });
  assert.deepEqual(told, ['noOptIn']);
});

test('what a failure teaches is known though the process dies at any step of applying it', async () => {
  const { database, context, clock } = api;
  for (const dies of ['when told', 'after the opt-out', 'before the commit']) {
    const person = await waiting();
    await turn(worker().dispatcher, person.lane);
    await settleReceipts(context, person.lane);
    await openReceiptIntake(database.db).take({
      ...{ lane: person.lane, messageId: person.messageId, wire: 'twilio', status: 'failed' },
      ...{ attempt: null, at: clock.now() },
      ...{ providerMessageId: `SM${person.phone}`, errorClass: 'optedOut', code: '21610', detail: 'STOP' },
      retryAfterMs: null,
    });
    const announce: Announce = async (_, [first]) => {
      if (dies === 'when told' || first?.kind === 'message') throw new Error('killed');
    };
    await assert.rejects(settleReceipts({ ...context, announce }, person.lane), /killed/);
    assert.equal((await standing(person)).status, 'sent');
    await settleReceipts(context, person.lane);
    assert.equal((await standing(person)).status, 'bounced');
    const channel = await database.db
      .selectFrom('subscription')
      .select('status')
      .where('lane', '=', person.lane)
      .where('user_id', '=', person.id)
      .where('kind', '=', 'channel')
      .where('target_id', '=', channelId)
      .executeTakeFirstOrThrow();
    assert.equal(channel.status, 'unsubscribed');
  }
});

for (const [code, errorClass] of [
  ['21610', 'optedOut'],
  ['21211', 'badAddress'],
] as const)
  test(`what a failure with ${code} teaches holds with its receipt, though the connection breaks in between`, async () => {
    const { database, context, clock } = api;
    const person = await waiting();
    await turn(worker().dispatcher, person.lane);
    await settleReceipts(context, person.lane);
    await openReceiptIntake(database.db).take({
      ...{ lane: person.lane, messageId: person.messageId, wire: 'twilio', status: 'failed' },
      ...{ attempt: null, at: clock.now() },
      ...{ providerMessageId: `SM${person.phone}`, errorClass, code, detail: 'told', retryAfterMs: null },
    });
    const taught = async () => {
      const { rows } = await database.pool.query<{
        opted: boolean;
        unreachable: Record<string, { code: string }>;
      }>(
        `SELECT unreachable, EXISTS (SELECT FROM subscription s WHERE s.lane = a.lane AND s.user_id = a.user_id
           AND s.kind = 'channel' AND s.status = 'unsubscribed') AS opted
         FROM address a WHERE lane = $1 AND user_id = $2 AND kind = 'phone'`,
        [person.lane, person.id],
      );
      return errorClass === 'optedOut' ? rows[0]?.opted : rows[0]?.unreachable.sms?.code === code;
    };
    const connection = await openLaneConnection(database.url);
    const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(connection.db);
    // The message's new standing is written by then, and what it teaches is not yet.
    const announce: Announce = async (_, [first]) => {
      if (first?.kind === 'message')
        await database.pool.query('SELECT pg_terminate_backend($1, 5000)', [rows[0]?.pid]);
    };
    await assert.rejects(settleReceipts({ ...context, db: connection.db, announce }, person.lane));
    await connection.end();
    assert.equal((await standing(person)).status, 'sent', 'its receipt waits as before');
    await settleReceipts(context, person.lane);
    assert.equal((await standing(person)).status, 'bounced');
    assert.equal(await taught(), true);
  });
