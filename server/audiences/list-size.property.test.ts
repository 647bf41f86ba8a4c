import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { consentRoutes } from '../consent/routes.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { userRoutesWith } from '../users/routes.ts';
import { sweepDeletedLists } from './delete-list.ts';
import { runImport } from './import/run-import.ts';
import { undoImport } from './import/undo-import.ts';
import { audienceRoutes } from './routes.ts';
import { subscriptionsOf } from './subscriptions-of.ts';

let server: TestApi;
let lists: number[];
before(async () => {
  server = await startTestApi([
    userRoutesWith(subscriptionsOf),
    consentRoutes,
    audienceRoutes({ enqueue: async () => undefined }),
  ]);
  lists = [await makeList(), await makeList(), await makeList()];
});
after(() => server.close());

async function makeList(): Promise<number> {
  const { body } = await server.call('POST', '/api/lists', { name: 'Some people' });
  return (body as { listId: number }).listId;
}

const person = fc.integer({ min: 0, max: 29 });
const group = fc.array(person, { minLength: 1, maxLength: 12 });
const list = fc.integer({ min: 0, max: 2 });
const change = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('subscribe' as const), list, group }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('unsubscribe' as const), list, group }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('prefer' as const), person, on: fc.array(list) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('merge' as const), person, other: person }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('forget' as const), person }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), person }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('import' as const), list, group, undo: fc.boolean() }),
  },
);
type Change = typeof change extends fc.Arbitrary<infer Each> ? Each : never;

const nameOf = (index: number) => `p${index}`;
const rowsOf = (people: readonly number[]) => people.map((index) => ({ userId: nameOf(index) }));

/** Does one change as an operator would; who is gone or refused is no fault. */
async function make(each: Change): Promise<void> {
  const call = async (method: string, path: string, body?: unknown) => {
    const { status, text } = await server.call(method, path, body);
    assert.ok(status < 500, `${path}: ${text}`);
  };
  switch (each.kind) {
    case 'subscribe':
    case 'unsubscribe':
      return call('POST', `/api/lists/${each.kind}`, {
        listId: lists[each.list],
        subscribers: rowsOf(each.group),
      });
    case 'prefer':
      return call('POST', '/api/users/updateSubscriptions', {
        userId: nameOf(each.person),
        emailListIds: each.on.map((index) => lists[index]),
      });
    case 'merge':
      return call('POST', '/api/users/merge', {
        sourceUserId: nameOf(each.person),
        destinationUserId: nameOf(each.other),
      });
    case 'forget':
      await call('POST', '/api/users/forget', { userId: nameOf(each.person) });
      return call('POST', '/api/users/unforget', { userId: nameOf(each.person) });
    case 'delete':
      return call('DELETE', `/api/users/byUserId/${nameOf(each.person)}`);
    case 'import':
      return importPeople(each.group, lists[each.list]!, each.undo);
  }
}

async function startImport(people: readonly number[], listId: number): Promise<number> {
  const form = new FormData();
  form.set('file', new Blob([`userId\n${people.map(nameOf).join('\n')}\n`]), 'people.csv');
  form.set('options', JSON.stringify({ listId }));
  const headers = { 'Api-Key': server.key };
  const answer = await fetch(`${server.url}/api/import`, { method: 'POST', headers, body: form });
  const { importId } = (await answer.json()) as { importId: number };
  assert.equal(answer.status, 202);
  return importId;
}

async function importPeople(people: readonly number[], listId: number, undo: boolean): Promise<void> {
  const importId = await startImport(people, listId);
  await runImport(server.context, importId);
  if (!undo) return;
  await server.call('POST', `/api/import/${importId}/undo`);
  await undoImport(server.context, importId);
}

async function assertSizesAreTrue(): Promise<void> {
  const { rows } = await sql<{ id: number; members: number }>`
    SELECT l.id, count(m.user_id)::int AS members FROM list l LEFT JOIN list_member m ON m.list_id = l.id
    GROUP BY l.id`.execute(server.database.db);
  const { body } = await server.call('GET', '/api/lists?sizes=true');
  const told = (body as { lists: { id: number; size: number }[] }).lists;
  assert.deepEqual(
    told.map(({ id, size }) => ({ id, members: size })),
    rows.sort((a, b) => a.id - b.id),
  );
  for (const { id, members } of rows)
    assert.equal((await server.call('GET', `/api/lists/${id}/size`)).text, String(members));
}

test('the size of a list is that of its members, whatever changes them, one after the other and at once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(change, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 6 }),
      async (rounds) => {
        for (const together of rounds) {
          await Promise.all(together.map(make));
          await assertSizesAreTrue();
        }
      },
    ),
    { numRuns: 8, endOnFailure: true },
  );
});

test('a list that changes again and again keeps one row in a lane', async () => {
  const listId = await makeList();
  const body = { listId, subscribers: rowsOf([0]) };
  for (let round = 0; round < 5; round++) {
    await server.call('POST', '/api/lists/subscribe', body);
    await server.call('POST', '/api/lists/unsubscribe', body);
  }
  await server.call('POST', '/api/lists/subscribe', body);
  const { rows } = await sql<{ members: number }>`
    SELECT members FROM list_size WHERE list_id = ${listId}`.execute(server.database.db);
  assert.deepEqual(rows, [{ members: 1 }]);
});

test('who is being put on a list by one call holds up nobody whom another puts on it', async () => {
  const listId = await makeList();
  await server.call('POST', '/api/lists/subscribe', { listId, subscribers: rowsOf([0]) });
  await server.database.db.transaction().execute(async (transaction) => {
    const sizes = transaction.selectFrom('list_size').select('lane').where('list_id', '=', listId);
    const { lane } = await sizes.executeTakeFirstOrThrow();
    await sizes.where('lane', '=', lane).forUpdate().execute();
    const all = Array.from({ length: 200 }, (_, index) => index);
    const { status } = await server.call('POST', '/api/lists/subscribe', {
      listId,
      subscribers: rowsOf(all),
    });
    assert.equal(status, 200);
  });
  assert.equal((await server.call('GET', `/api/lists/${listId}/size`)).text, '200');
});

/** People of a lane beside p0. A lane is drawn by chance, so people are made until somebody is there. */
async function othersOfLane(lane: number): Promise<{ userId: string; preferUserId: true }[]> {
  for (let made = 0; ; made += 200) {
    const { rows } = await sql<{ userId: string }>`
      SELECT external_id AS "userId" FROM users WHERE lane = ${lane} AND external_id <> 'p0'`.execute(
      server.database.db,
    );
    if (rows.length > 0) return rows.map(({ userId }) => ({ userId, preferUserId: true }));
    const users = Array.from({ length: 200 }, (_, index) => ({ userId: `other${made + index}` }));
    assert.equal((await server.call('POST', '/api/users/bulkUpdate', { users })).status, 200);
  }
}

test('a list that changed is told from what it was by its rows, though as many are on it as before', async () => {
  const listId = await makeList();
  await server.call('POST', '/api/lists/subscribe', { listId, subscribers: rowsOf([0]) });
  const rowIds = async () => {
    const { rows } = await sql<{ id: string }>`
      SELECT id FROM list_size WHERE list_id = ${listId} ORDER BY id`.execute(server.database.db);
    return rows.map(({ id }) => id);
  };
  const before = await rowIds();
  const [{ lane }] = (
    await sql<{ lane: number }>`SELECT lane FROM list_size WHERE list_id = ${listId}`.execute(
      server.database.db,
    )
  ).rows as [{ lane: number }];
  const subscribers = await othersOfLane(lane);
  await server.database.db
    .transaction()
    .execute(async (transaction) => {
      await sql`DELETE FROM list_size WHERE list_id = ${listId}`.execute(transaction);
      await server.call('POST', '/api/lists/subscribe', { listId, subscribers });
      await server.call('POST', '/api/lists/unsubscribe', { listId, subscribers });
      throw new Error('rolled back');
    })
    .catch((error: Error) => assert.equal(error.message, 'rolled back'));
  assert.notDeepEqual(await rowIds(), before);
  assert.equal((await server.call('GET', `/api/lists/${listId}/size`)).text, '1');
});

test('the memberships of a deleted list go, also those that a crash left', async () => {
  const [deleted, left] = [await makeList(), await makeList()];
  for (const listId of [deleted, left])
    await server.call('POST', '/api/lists/subscribe', { listId, subscribers: rowsOf([0, 1, 2]) });
  await server.database.db.deleteFrom('list').where('id', '=', left).execute();
  const user = await server.call('GET', '/api/users/byUserId/p0');
  const { dataFields } = (user.body as { user: { dataFields: { emailListIds: number[] } } }).user;
  assert.ok(dataFields.emailListIds.includes(deleted) && !dataFields.emailListIds.includes(left));
  assert.equal((await server.call('DELETE', `/api/lists/${deleted}`)).status, 200);
  await sweepDeletedLists(server.database.db);
  const { rows } = await sql`
    SELECT 1 FROM list_member WHERE list_id IN (${deleted}, ${left})
    UNION ALL SELECT 1 FROM list_size WHERE list_id IN (${deleted}, ${left})`.execute(server.database.db);
  assert.equal(rows.length, 0);
});

test('an import whose list is deleted meanwhile takes its people, puts nobody on it, and says so', async () => {
  const listId = await makeList();
  const importId = await startImport([0, 1, 2], listId);
  assert.equal((await server.call('DELETE', `/api/lists/${listId}`)).status, 200);
  await runImport(server.context, importId);
  const { rows } = await sql`
    SELECT 1 FROM list_member WHERE list_id = ${listId}
    UNION ALL SELECT 1 FROM list_size WHERE list_id = ${listId}`.execute(server.database.db);
  assert.equal(rows.length, 0);
  const { body } = await server.call('GET', `/api/import/${importId}`);
  const { rowsTaken, state, error } = body as { rowsTaken: number; state: string; error: string };
  assert.deepEqual([rowsTaken, state], [3, 'failed']);
  assert.match(error, new RegExp(`put on \\(${listId}\\) was deleted meanwhile, so nobody is on it; send`));
});
