import assert from 'node:assert/strict';
import dns from 'node:dns';
import { createServer } from 'node:net';
import { after, before, mock, test } from 'node:test';
import pg from 'pg';
import { startTestDatabase, type TestDatabase } from '../testing/database.ts';
import { awaitDatabase } from './await-database.ts';
import { isDatabaseAway } from './database-away.ts';

let database: TestDatabase;
before(async () => {
  database = await startTestDatabase();
});
after(() => database.close());

/** What looking up a name comes to, one after the other; in the end the database's machine. */
function namesComeTo(...codes: string[]) {
  const { hostname } = new URL(database.url);
  const lookUp = dns.lookup;
  return mock.method(dns, 'lookup', (_name: string, options: unknown, found: (error: Error) => void) => {
    const code = codes.shift();
    if (code === undefined) Reflect.apply(lookUp, dns, [hostname, options, found]);
    else found(Object.assign(new Error(`getaddrinfo ${code} database.example`), { code }));
  });
}

test('a database whose name is not known yet, or that nothing leads to, is waited for', async () => {
  const lookups = namesComeTo('ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH');
  const url = new URL(database.url);
  url.hostname = 'database.example';
  await awaitDatabase(url.href, 60_000);
  lookups.mock.restore();
  assert.equal(lookups.mock.callCount(), 6);
});

test('one that takes a connection and does not answer is away, as one that is starting is', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => silent.once('listening', listening));
  const address = silent.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const client = new pg.Client({ host: '127.0.0.1', port, connectionTimeoutMillis: 1 });
  await assert.rejects(client.connect(), (error: Error) => isDatabaseAway(error));
  silent.close();
});

test('a connection that was ended is away, also for who asks by it again', async () => {
  const [client, other] = [new pg.Client(database.url), new pg.Client(database.url)];
  await Promise.all([client.connect(), other.connect()]);
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const ended = new Promise<Error>((told) => client.on('error', told));
  await other.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
  assert.ok(isDatabaseAway(await ended));
  await assert.rejects(client.query('SELECT 1'), (error: Error) => isDatabaseAway(error));
  await other.end();
});

test('what waiting does not mend is told at once', async () => {
  const url = new URL(database.url);
  url.pathname = '/no_such_database';
  await assert.rejects(awaitDatabase(url.href, 60_000_000), /no_such_database/);
});
