import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Connection, connect } from '../database/connect.ts';
import { startEmbeddedPostgres } from '../database/embedded.ts';
import { migrate } from '../database/migrate.ts';

/** A fresh, migrated database for one test file. */
export interface TestDatabase extends Connection {
  url: string;
}

/**
 * Makes a database of its own on the PostgreSQL that the test run started (`TEST_DATABASE_URL`), or on an
 * embedded one started here when a test file is run alone. `close()` drops it again.
 */
export async function startTestDatabase(): Promise<TestDatabase> {
  const server = await testServer();
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`;
  await onServer(server.url, `CREATE DATABASE ${name}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  const connection = connect(url.href, 10);
  await migrate(connection.pool);
  return {
    ...connection,
    url: url.href,
    close: async () => {
      await connection.close();
      await onServer(server.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await server.stop();
    },
  };
}

async function testServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const shared = process.env.TEST_DATABASE_URL;
  if (shared) return { url: shared, stop: async () => undefined };
  const folder = await mkdtemp(join(tmpdir(), 'carillon-test-'));
  // As root the server runs as another user, who must be able to walk into the folder.
  const { chmod } = await import('node:fs/promises');
  await chmod(folder, 0o755);
  const embedded = await startEmbeddedPostgres(join(folder, 'database'));
  return {
    url: embedded.url,
    stop: async () => {
      await embedded.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
