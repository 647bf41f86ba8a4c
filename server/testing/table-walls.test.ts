import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { findReaches, findRoutesWithSql, tableOwners } from './table-walls.ts';

let root: string;
before(async () => {
  root = await mkdtemp(join(tmpdir(), 'carillon-walls-'));
  const put = async (file: string, text: string) => {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  };
  await put('users/migrations/0001.sql', 'CREATE TABLE person (id int);\nCREATE TABLE address (id int);');
  await put('delivery/migrations/0002.sql', 'CREATE TABLE letter (id int) PARTITION BY HASH (id);');
  await put('users/down.ts', 'sql`SELECT 1 FROM person p, letter l WHERE p.id = l.id`; // FROM nothing');
  await put('users/kysely.ts', "db.selectFrom('person').innerJoin('letter as l', 'l.id', 'person.id')");
  await put('delivery/writes.ts', "sql`UPDATE person SET id = 1`; db.deleteFrom('address')");
  await put('delivery/reads.ts', 'sql`SELECT 1 FROM letter JOIN person USING (id) FOR UPDATE OF letter`');
  await put('delivery/told.ts', '/** UPDATE person. */\n// INSERT INTO person\nexport const one = 1;');
  await put('delivery/some.test.ts', "db.insertInto('person')");
  await put('delivery/letter-routes.ts', "api.get('/letters', () => db.selectFrom('letter').execute())");
  await put('users/routes.ts', 'api.get(`/people`, () => sql<Row>`SELECT 1`.execute(db))');
  await put('users/thin-routes.ts', '/** sql`SELECT 1` */\nexport const routes = [oneOf(sqlOf), sql];');
});
after(() => rm(root, { recursive: true }));

test('a table of a folder above, and a write to any but one’s own, is told with file and owner', () => {
  assert.deepEqual(
    findReaches(root).sort((a, b) => `${a.file}${a.table}`.localeCompare(`${b.file}${b.table}`)),
    [
      { file: 'delivery/writes.ts', table: 'address', owner: 'users', fault: 'writes another’s' },
      { file: 'delivery/writes.ts', table: 'person', owner: 'users', fault: 'writes another’s' },
      { file: 'users/down.ts', table: 'letter', owner: 'delivery', fault: 'reads upward' },
      { file: 'users/kysely.ts', table: 'letter', owner: 'delivery', fault: 'reads upward' },
    ],
  );
});

test('a file of routes that holds SQL is told, and none of Carillon’s own does', () => {
  assert.deepEqual(findRoutesWithSql(root).sort(), ['delivery/letter-routes.ts', 'users/routes.ts']);
  assert.deepEqual(findRoutesWithSql(join(import.meta.dirname, '..')), []);
});

test('the tables of Carillon’s own folders are all known, and none is reached for from below', () => {
  const server = join(import.meta.dirname, '..');
  const owners = tableOwners(server);
  for (const [table, room] of [
    ['users', 'users'],
    ['message', 'delivery'],
    ['send_request', 'requests'],
    ['campaign', 'campaigns'],
  ] as const)
    assert.equal(owners.get(table), room);
  assert.deepEqual(findReaches(server), []);
});
