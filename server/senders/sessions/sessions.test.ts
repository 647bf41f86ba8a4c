import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { moveSessions, openSession } from './sessions.sql.ts';

let api: TestApi;
before(async () => {
  api = await startTestApi([]);
});
after(() => api.close());

const hour = 3_600_000;
const at = (hours: number) => new Date(Date.UTC(2026, 10, 30) + hours * hour);
const whatsApp = { id: 7, medium: 'whatsApp' } as const;

const sessionsOf = (id: number) =>
  api.database.db
    .selectFrom('session')
    .select(['sender_id', 'addresses', 'closes_at'])
    .where('user_id', '=', id)
    .orderBy('sender_id')
    .execute();

test('a session ends a day after the last message, and what comes late ends none sooner', async () => {
  const { db } = api.database;
  const writes = (hours: number, addresses = ['+12125550132']) =>
    openSession(db, whatsApp, { lane: 3, id: 1, addresses, writtenAt: at(hours) });
  const open = async () => {
    const [session] = await sessionsOf(1);
    return [session?.closes_at, session?.addresses];
  };
  await writes(0);
  assert.deepEqual(await open(), [at(24), ['+12125550132']]);
  await writes(5);
  assert.deepEqual(await open(), [at(29), ['+12125550132']]);
  await writes(2);
  assert.deepEqual(await open(), [at(29), ['+12125550132']]);
  // Two days later it is another, here with another account of theirs.
  await writes(53, ['+12125550177', 'US.1']);
  assert.deepEqual(await open(), [at(77), ['+12125550177', 'US.1']]);
  await openSession(db, { id: 8, medium: 'sms' }, { lane: 3, id: 1, addresses: [], writtenAt: at(0) });
  assert.equal((await sessionsOf(1)).length, 1);
});

test('who is merged into another brings their sessions; of two with one sender the later remains', async () => {
  const { db } = api.database;
  const opens = (id: number, lane: number, senderId: number, hours: number) =>
    openSession(db, { ...whatsApp, id: senderId }, { lane, id, addresses: [`+${id}`], writtenAt: at(hours) });
  await opens(11, 4, 7, 3);
  await opens(11, 4, 8, 1);
  await opens(12, 5, 7, 1);
  await opens(12, 5, 9, 2);
  const merge = { announce: async () => undefined, projectId: 1, at: at(4) };
  await moveSessions(db, { ...merge, from: { lane: 4, id: 11 }, to: { lane: 5, id: 12 } });
  assert.deepEqual(await sessionsOf(11), []);
  assert.deepEqual(
    (await sessionsOf(12)).map(({ sender_id, addresses, closes_at }) => [sender_id, addresses, closes_at]),
    [
      [7, ['+11'], at(27)],
      [8, ['+11'], at(25)],
      [9, ['+12'], at(26)],
    ],
  );
});
