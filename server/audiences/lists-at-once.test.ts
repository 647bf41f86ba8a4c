import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Listener } from '../http/listener.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { findUsers } from '../users/find-users.ts';
import { userRoutes } from '../users/routes.ts';
import { addMembers, removeMembers } from './list-members.ts';
import { audienceRoutes } from './routes.ts';

/** Hears of whoever comes onto a list or goes from it: what happens and what is told of it are one transaction then. */
const listener: Listener = {
  kinds: ['list'],
  wantsOf: async () => ({ kinds: ['list'], wants: () => true }),
  hear: async () => undefined,
};

let server: TestApi;
before(async () => {
  const routes = [userRoutes, audienceRoutes({ enqueue: async () => undefined })];
  server = await startTestApi(routes, [], undefined, undefined, [listener]);
});
after(() => server.close());

async function makeList(): Promise<number> {
  const { body } = await server.call('POST', '/api/lists', { name: 'Some people' });
  return (body as { listId: number }).listId;
}

test('who is deleted or merged while a call puts them on a list is on none', async () => {
  const listId = await makeList();
  const names = ['stays', 'deleted', 'merged'];
  await server.call('POST', '/api/users/bulkUpdate', { users: names.map((userId) => ({ userId })) });
  const keys = names.map((userId) => ({ userId }));
  const found = await findUsers(server.database.db, server.projectId, keys);
  const users = found.filter((user) => user !== null);
  await server.call('DELETE', '/api/users/byUserId/deleted');
  await server.call('POST', '/api/users/merge', {
    sourceUserId: 'merged',
    destinationUserId: 'stays',
  });
  const at = server.clock.now();
  const added = await addMembers(server.context, server.projectId, listId, users, at);
  assert.deepEqual([...added], [users[0]!.id]);
  assert.equal((await server.call('GET', `/api/lists/${listId}/size`)).text, '1');
});

test('calls that move the same people from list to list at once are all taken', async () => {
  const lists = [await makeList(), await makeList()];
  const people = Array.from({ length: 60 }, (_, index) => ({ userId: `p${index}` }));
  for (const listId of lists)
    await server.call('POST', '/api/lists/subscribe', { listId, subscribers: people });
  // Each leaves what the other stays on.
  const moved = lists.map((listId) =>
    server.call('POST', '/api/users/bulkUpdateSubscriptions', {
      updateSubscriptionsRequests: people.map((row) => ({ ...row, emailListIds: [listId] })),
    }),
  );
  for (const { status, text } of await Promise.all(moved)) assert.equal(status, 200, text);
  const sizes = await Promise.all(lists.map((id) => server.call('GET', `/api/lists/${id}/size`)));
  assert.equal(
    sizes.reduce((sum, { text }) => sum + Number(text), 0),
    people.length,
  );
});

test('who are held by somebody else are waited for before anything of a list is held that they may want', async () => {
  const listId = await makeList();
  await server.call('POST', '/api/lists/subscribe', { listId, subscribers: [{ userId: 'kept' }] });
  const [user] = await findUsers(server.database.db, server.projectId, [{ userId: 'kept' }]);
  assert.ok(user);
  const { db } = server.database;
  const removals = [
    () => removeMembers(server.context, server.projectId, listId, [user], server.clock.now()),
    () => server.call('POST', '/api/users/updateSubscriptions', { userId: 'kept', emailListIds: [] }),
  ];
  for (const remove of removals) {
    await addMembers(server.context, server.projectId, listId, [user], server.clock.now());
    let isThrough = false;
    const removing = await db.transaction().execute(async (transaction) => {
      await sql`SELECT 1 FROM users WHERE lane = ${user.lane} AND id = ${user.id} FOR UPDATE`.execute(
        transaction,
      );
      const begun = remove().then(() => {
        isThrough = true;
      });
      const isWaiting = async () =>
        (
          await sql`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`.execute(
            db,
          )
        ).rows.length > 0;
      while (!isThrough && !(await isWaiting())) await pause(5);
      // Waits for nobody: what is removed is not held.
      await sql`DELETE FROM list_member WHERE lane = ${user.lane} AND user_id = ${user.id} AND list_id = ${listId}`.execute(
        transaction,
      );
      assert.equal(isThrough, false);
      return { begun };
    });
    await removing.begun;
  }
});
