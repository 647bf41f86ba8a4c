import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { addSender, findChannel } from '../../campaigns/campaign-fixtures.ts';
import { openSession } from '../../senders/sessions/sessions.sql.ts';
import { type JourneyGround, openJourneyGround } from '../testing/journey-ground.ts';

let journeys: JourneyGround;

before(async () => {
  journeys = await openJourneyGround();
});
after(() => journeys.api.close());

test('each goes by the first way on which they are reached: consent, address, sender and session', async () => {
  const { publish, person, track, update, wayOf, why, call, ground, work, api } = journeys;
  const { messageTypeId } = await findChannel(ground);
  const { rows: types } = await sql<{ id: number; medium: string }>`
    SELECT t.id, c.medium FROM message_type t JOIN channel c ON c.id = t.channel_id
    WHERE t.project_id = ${ground.projectId}`.execute(ground.db);
  const email = types.find(({ medium }) => medium === 'email')!.id;
  const document = (session: boolean) => ({
    entry: { on: { event: { name: 'came' } }, atOnce: 5 },
    start: 'which',
    tiles: {
      which: {
        kind: 'channelSplit',
        branches: [
          { name: 'email', messageTypeId: email, next: 'end' },
          { name: 'sms', messageTypeId, ...(session && { session }), next: 'end' },
        ],
        otherwise: 'end',
      },
    },
  });
  const id = await publish(document(false));
  const inSession = await publish(document(true));
  for (const userId of ['ann', 'out', 'dead', 'none']) await person(userId);
  await update('none', { phoneNumber: null });
  await call('DELETE', `/api/subscriptions/messageType/${messageTypeId}/byUserId/out`);
  await sql`UPDATE address SET unreachable = '{"sms": {"code": "30006"}}' WHERE value =
    (SELECT phone_number FROM users WHERE external_id = 'dead')`.execute(ground.db);
  for (const userId of ['ann', 'out', 'dead', 'none']) await track(userId, 'came');
  await work();
  const ways: Record<string, unknown> = {};
  for (const userId of ['ann', 'out', 'dead', 'none'])
    ways[userId] = [
      (await wayOf(id, userId))?.[0],
      (await why(id, userId)).passages[0]?.turns[0]?.steps[0]?.seen?.barred,
      (await wayOf(inSession, userId))?.[0],
    ];
  assert.deepEqual(ways, {
    ann: ['which:sms', { email: 'noOptIn', sms: null }, 'which:otherwise'],
    out: ['which:otherwise', { email: 'noOptIn', sms: 'optedOut' }, 'which:otherwise'],
    dead: ['which:otherwise', { email: 'noOptIn', sms: 'unreachable' }, 'which:otherwise'],
    none: ['which:otherwise', { email: 'noOptIn', sms: 'noOptIn' }, 'which:otherwise'],
  });
  await sql`UPDATE sender SET state = 'stopped' WHERE project_id = ${ground.projectId}`.execute(ground.db);
  api.clock.advance(60_000);
  await track('ann', 'came');
  await work();
  assert.deepEqual((await why(id, 'ann')).passages[0]?.turns[0]?.steps[0]?.seen?.barred, {
    email: 'noOptIn',
    sms: 'noSender',
  });
});

test('a session is open for a day after somebody wrote, on media that have one', async () => {
  const { publish, person, track, why, wayOf, ground, work, api } = journeys;
  const senderId = await addSender(ground, 'whatsApp');
  const { channelId, messageTypeId } = await findChannel(ground, 'whatsApp');
  const id = await publish({
    entry: { on: { event: { name: 'asks' } } },
    start: 'which',
    tiles: {
      which: {
        kind: 'channelSplit',
        branches: [{ name: 'whatsApp', messageTypeId, session: true, next: 'end' }],
        otherwise: 'end',
      },
    },
  });
  await person('wa');
  const { rows } = await sql<{ lane: number; id: number; phone: string }>`
    SELECT lane, id, phone_number AS phone FROM users WHERE external_id = 'wa'`.execute(ground.db);
  const { lane, id: userId, phone } = rows[0]!;
  await sql`
    INSERT INTO subscription (lane, project_id, user_id, kind, target_id, status, entry_id, since)
    SELECT ${lane}, ${ground.projectId}, ${userId}, k.kind, k.id, 'subscribed', 0, ${api.clock.now()}
    FROM (VALUES ('channel', ${channelId}::int), ('messageType', ${messageTypeId}::int)) k (kind, id)`.execute(
    ground.db,
  );
  await track('wa', 'asks');
  await work();
  assert.deepEqual((await why(id, 'wa')).passages[0]?.turns[0]?.steps[0]?.seen?.barred, {
    whatsApp: 'noSession',
  });
  const writesTo = (to: number) =>
    openSession(
      ground.db,
      { id: to, medium: 'whatsApp' },
      { lane, id: userId, addresses: [String(phone)], writtenAt: api.clock.now() },
    );
  // Another number of ours: what would leave from here stands in no session.
  await writesTo(senderId + 1_000);
  await track('wa', 'asks');
  await work();
  assert.deepEqual(await wayOf(id, 'wa'), ['which:otherwise']);
  await writesTo(senderId);
  api.clock.advance(23 * 3_600_000);
  await track('wa', 'asks');
  await work();
  assert.deepEqual(await wayOf(id, 'wa'), ['which:whatsApp']);
  api.clock.advance(2 * 3_600_000);
  await track('wa', 'asks');
  await work();
  assert.deepEqual(await wayOf(id, 'wa'), ['which:otherwise']);
});

test('a message type of another project is refused, two branches of one name, and a sender that is not there or does not fit', async () => {
  const { faultsOf, ground } = journeys;
  const split = (branches: object[]) => ({
    entry: { on: { api: {} } },
    start: 'a',
    tiles: { a: { kind: 'channelSplit', branches, otherwise: 'end' } },
  });
  const one = { name: 'sms', messageTypeId: 99_999, next: 'end' };
  assert.match((await faultsOf(split([one, one])))[0]!, /branches\.1\.name is taken/);
  assert.match((await faultsOf(split([one])))[0]!, /messageTypeId names messageType 99999/);
  const { messageTypeId } = await findChannel(ground);
  const from = (senderId: number) => split([{ ...one, messageTypeId, senderId }]);
  assert.match(
    (await faultsOf(from(88_888)))[0]!,
    /branches\.0\.senderId names sender 88888, which this project does not have/,
  );
  const other = await addSender(ground, 'whatsApp');
  assert.match(
    (await faultsOf(from(other)))[0]!,
    /sends promotional whatsApp, and message type \d+ is promotional sms/,
  );
});
