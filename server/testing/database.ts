import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Connection, connect } from '../database/connect.ts';
import { startEmbeddedPostgres } from '../database/embedded.ts';
import { migrate } from '../database/migrate.ts';
import { copyClusterDatabase, dropClusterDatabase, onServer } from './cluster.ts';
import { copyDatabase } from './template.ts';

/** A fresh, migrated database for one test file. */
export interface TestDatabase extends Connection {
  url: string;
}

/**
 * Makes a database of its own on the PostgreSQL that the test run started (`TEST_DATABASE_URL`), or on an
 * embedded one started here when a test file is run alone. It is a copy of the run's template (`TEST_DATABASE_TEMPLATE`),
 * on a cluster on each of its nodes (`TEST_DATABASE_CLUSTER`). `close()` drops it again.
 */
export async function startTestDatabase(): Promise<TestDatabase> {
  const server = await testServer();
  const template = process.env.TEST_DATABASE_TEMPLATE;
  const isOnCluster = process.env.TEST_DATABASE_CLUSTER === 'yes';
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`;
  if (template && isOnCluster) await copyClusterDatabase(server.url, template, name);
  else if (template) await copyDatabase(server.url, template, name);
  else await onServer(server.url, (client) => client.query(`CREATE DATABASE ${name}`));
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  const connection = connect(url.href, 10);
  if (!template) await migrate(connection.pool);
  return {
    ...connection,
    url: url.href,
    close: async () => {
      await connection.close();
      if (isOnCluster) await dropClusterDatabase(server.url, name);
      else
        await onServer(server.url, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
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
