import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { consentRoutes } from '../consent/routes.ts';
import { linkRoutes } from '../content/link-routes.ts';
import { newUnsubscribeLink } from '../content/unsubscribe-link.ts';
import { receive } from '../conversations/inbound/receive.ts';
import { lockClasses } from '../database/lock-classes.ts';
import { type ActiveSender, loadActiveSenders } from '../delivery/dispatch/active-senders.ts';
import { type Dispatcher, dispatchLane, paceOf } from '../delivery/dispatch/dispatch-lane.ts';
import { openInFlight } from '../delivery/dispatch/in-flight.ts';
import { openStranded } from '../delivery/dispatch/stranded.ts';
import { openReceiptIntake } from '../delivery/receipts/take-in.ts';
import { type LaneConnection, openLaneConnection } from '../lanes/lane-work.ts';
import { builtInWires } from '../providers/built-in.ts';
import { openProviders } from '../providers/wires.ts';
import { insertFirstSenders } from '../senders/first-senders.ts';
import { openPaces } from '../senders/pace/sender-pace.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { loopbackAllowed } from '../testing/outbound.ts';
import { findUsers } from '../users/find-users.ts';
import { userRoutes } from '../users/routes.ts';

const providers = openProviders(loopbackAllowed, builtInWires);

let server: TestApi;
let connection: LaneConnection;
let sender: ActiveSender;
let sms: { channelId: number; typeId: number };
before(async () => {
  server = await startTestApi([userRoutes, consentRoutes], [linkRoutes]);
  const { db, url } = server.database;
  await insertFirstSenders(db, {
    ...{
      projectId: server.projectId,
      simulator: { url: 'http://127.0.0.1:9', smtp: { host: '127.0.0.1', port: 9 } },
      wires: builtInWires,
    },
    ...{ secrets: server.context.secrets, at: server.clock.now() },
  });
  const { senders } = await loadActiveSenders(db, server.context.secrets, builtInWires);
  sender = senders.find((each) => each.medium === 'sms' && each.purpose === 'promotional')!;
  const row = await db
    .selectFrom('message_type')
    .innerJoin('channel', 'channel.id', 'channel_id')
    .select(['channel_id', 'message_type.id'])
    .where('channel.name', '=', 'SMS Marketing')
    .executeTakeFirstOrThrow();
  sms = { channelId: row.channel_id, typeId: row.id };
  await openPaces(db, [paceOf(sender, server.clock.now())]);
  connection = await openLaneConnection(url);
});
after(async () => {
  await connection.end();
  await server.close();
});

let count = 0;
const newNumber = () => `+5255555${String(70_000 + count++)}`;
const otherwise = (phone: string) => `+521${phone.slice(3)}`;

async function call(method: string, path: string, body: unknown): Promise<void> {
  const answer = await server.call(method, path, body);
  assert.equal(answer.status, 200, answer.text);
}

interface Person {
  email: string;
  phone: string;
}

/** Somebody who opted in to marketing by text. */
async function subscriber(phone = newNumber()): Promise<Person> {
  const email = `g${count++}@example.com`;
  await call('POST', '/api/users/update', { email, phoneNumber: phone });
  const consent = { email, messageTypeId: sms.typeId, method: 'webForm', source: 'a form' };
  await call('POST', '/api/consent', { consents: [consent] });
  server.clock.advance(60_000);
  return { email, phone };
}

/** Queues a message to somebody and has a worker claim it; the post leaves when `release` is called. */
async function onItsWay({ email, phone }: Person, events: string[]) {
  const { db } = server.database;
  const [user] = await findUsers(db, server.projectId, [{ email }]);
  const at = server.clock.now();
  const id = 50_000 + count++;
  await db
    .insertInto('message')
    .values({
      ...{ lane: user!.lane, id, project_id: server.projectId, user_id: user!.id, request_id: id },
      ...{ channel_id: sms.channelId, message_type_id: sms.typeId, template_id: 1, medium: 'sms' },
      ...{
        purpose: 'promotional',
        basis: 'optIn',
        sender_id: sender.id,
        to_address: phone,
        status: 'queued',
        segments: 1,
      },
      ...{ content: JSON.stringify({ kind: 'sms', body: 'Our offer' }) },
      ...{ not_before: at, due_at: at, created_at: at },
    })
    .execute();
  const release = Promise.withResolvers<void>();
  const claimed = Promise.withResolvers<void>();
  const dispatcher: Dispatcher = {
    ...{ clock: server.clock, number: 1, inFlight: openInFlight(1), publicUrl: 'https://go.example' },
    ...{ stands: () => true, isAlone: () => true, freeAt: new Map(), secrets: server.context.secrets },
    ...{
      noteKnownAs: async () => undefined,
      stranded: openStranded(),
      announce: async () => undefined,
      intake: openReceiptIntake(db),
    },
    known: builtInWires,
    wires: {
      ...providers.wires,
      twilio: {
        ...providers.wires.twilio!,
        send: async (_account, _message, context) => {
          claimed.resolve();
          await release.promise;
          events.push('left');
          context.onDeparted();
          return { outcome: 'accepted', providerMessageId: `SM${id}` };
        },
      },
    },
  };
  const turn = dispatchLane(dispatcher, connection, user!.lane, sender);
  await Promise.race([
    claimed.promise,
    turn.then((told) => assert.fail(`not claimed: ${JSON.stringify(told)}`)),
  ]);
  return { turn, release: release.resolve };
}

/** Resolves when somebody waits for the gate of a lane. */
async function gateIsAwaited(): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ waits: boolean }>`
      SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = ${lockClasses.laneGate}
        AND NOT granted) AS waits`.execute(server.database.db);
    if (rows[0]?.waits) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const ways: [name: string, change: (person: Person) => Promise<void>][] = [
  ['a new number', ({ email }) => call('POST', '/api/users/update', { email, phoneNumber: newNumber() })],
  [
    'a number taken away',
    ({ email }) => call('POST', '/api/users/update', { email, dataFields: { phoneNumber: null } }),
  ],
  [
    'a new number among many updates',
    ({ email }) =>
      call('POST', '/api/users/bulkUpdate', {
        users: [{ email: 'calm@example.com' }, { email, phoneNumber: newNumber() }],
      }),
  ],
  [
    'a merge into somebody with a number of their own',
    async ({ email }) => {
      const destination = await subscriber();
      await call('POST', '/api/users/merge', { sourceEmail: email, destinationEmail: destination.email });
    },
  ],
  ['a deletion', ({ email }) => call('DELETE', `/api/users/${email}`, undefined)],
  ['a forgetting', ({ email }) => call('POST', '/api/users/forget', { email })],
  [
    'an opt-out of the number in another spelling',
    ({ phone }) =>
      call('POST', '/api/consent/optOut', {
        phone: otherwise(phone),
        channelId: sms.channelId,
        source: 'a call',
      }),
  ],
  [
    'a STOP from another spelling of the number',
    ({ phone }) =>
      receive(
        server.context,
        { projectId: server.projectId, account: sender.account },
        {
          ...{ wire: 'twilio', providerMessageId: `in-${count++}`, to: sender.wireAddress },
          ...{ from: { phone: otherwise(phone) }, body: 'STOP', media: [], at: server.clock.now() },
        },
      ),
  ],
  [
    'an opt-out by the link in a message',
    async ({ email, phone }) => {
      const { db } = server.database;
      const [user] = await findUsers(db, server.projectId, [{ email }]);
      const { lane, id } = user!;
      const target = { channelId: sms.channelId, address: phone };
      const link = newUnsubscribeLink('https://go.example', lane, target);
      const row = { lane, project_id: server.projectId, message_id: 1, user_id: id };
      await db
        .insertInto('link')
        .values({ ...row, code: link.code, url: link.stored })
        .execute();
      const answer = await fetch(`${server.url}/u/${link.code}`, { method: 'POST' });
      assert.equal(answer.status, 200);
    },
  ],
  [
    'an opt-out of another who has the number',
    async ({ phone }) => {
      const sharer = await subscriber(otherwise(phone));
      await call('POST', '/api/consent/optOut', {
        email: sharer.email,
        channelId: sms.channelId,
        source: 'a call',
      });
    },
  ],
];

for (const [name, change] of ways)
  test(`${name} is committed only when what was looked at before it has left`, async () => {
    const person = await subscriber();
    const events: string[] = [];
    const { turn, release } = await onItsWay(person, events);
    const changed = change(person).then(() => events.push('committed'));
    await Promise.race([changed, gateIsAwaited()]);
    release();
    await Promise.all([turn, changed]);
    assert.deepEqual(events, ['left', 'committed']);
  });

test('updates that end no consent wait for no message on its way', async () => {
  const person = await subscriber();
  const events: string[] = [];
  const { turn, release } = await onItsWay(person, events);
  const { email, phone } = person;
  await call('POST', '/api/users/update', {
    email,
    phoneNumber: otherwise(phone),
    dataFields: { town: 'Hull' },
  });
  await call('POST', '/api/users/update', { email: `n${email}`, phoneNumber: phone });
  assert.deepEqual(events, []);
  release();
  await turn;
});
