import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Pool, PoolClient } from 'pg';
import { isCluster, placeTables, requireCoordinator, settleSettings, spreadLanes } from './cluster.ts';
import { lockClasses } from './lock-classes.ts';

const serverFolder = join(dirname(fileURLToPath(import.meta.url)), '..');
/** The migration that makes the table of lanes. */
const ofLanes = '0000_lanes.sql';

/**
 * Brings the database to the newest shape. Migrations are `server/<capability>/migrations/NNNN_name.sql`, run
 * once each in the order of their numbers over all folders, all in one transaction. Safe to call from many
 * processes at once. Returns the names of those it ran.
 *
 * On a Citus cluster the tables are put where `tablePlaces` says, in the same transaction; that of lanes before, in one of
 * its own. `shards`: over how many shards, where it is not one for each lane.
 * @throws ClusterFault on a node of a cluster that is not its coordinator.
 */
export async function migrate(pool: Pool, shards?: number): Promise<string[]> {
  const client = await pool.connect();
  let spread = false;
  try {
    spread = await isCluster(client);
    if (!spread) return await inTransaction(client, () => run(client));
    await requireCoordinator(client);
    return await alone(client, async () => {
      await settleSettings(client);
      const first = await inTransaction(client, () => run(client, (name) => name === ofLanes));
      await spreadLanes(client, shards);
      const rest = await inTransaction(client, async () => {
        await client.query("SET LOCAL citus.multi_shard_modify_mode = 'sequential'");
        const ran = await run(client);
        await placeTables(client);
        return ran;
      });
      return [...first, ...rest];
    });
  } finally {
    // A session that was there before the cluster's settings has others.
    client.release(spread);
  }
}

/** Does `work` while no other process does the like, over several transactions. */
async function alone<T>(client: PoolClient, work: () => Promise<T>): Promise<T> {
  await client.query('SELECT pg_advisory_lock($1, 1)', [lockClasses.migration]);
  try {
    return await work();
  } finally {
    await client.query('SELECT pg_advisory_unlock($1, 1)', [lockClasses.migration]).catch(() => undefined);
  }
}

async function inTransaction<T>(client: PoolClient, work: () => Promise<T>): Promise<T> {
  try {
    await client.query('BEGIN');
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** Runs the migrations of this choice that are still to be run, in the caller's transaction. */
async function run(client: PoolClient, isChosen: (name: string) => boolean = () => true): Promise<string[]> {
  await client.query('SELECT pg_advisory_xact_lock($1, 0)', [lockClasses.migration]);
  await client.query(
    'CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, run_at timestamptz NOT NULL)',
  );
  const { rows } = await client.query<{ name: string }>('SELECT name FROM migration');
  const done = new Set(rows.map((row) => row.name));
  const spread = await isCluster(client);
  const ran: string[] = [];
  for (const { name, file } of await migrationFiles()) {
    if (done.has(name) || !isChosen(name)) continue;
    const text = await readFile(file, 'utf8');
    await client.query(spread ? unpartitioned(text) : text);
    await client.query('INSERT INTO migration (name, run_at) VALUES ($1, now())', [name]);
    ran.push(name);
  }
  return ran;
}

/** A migration for a cluster, whose shards are parts enough. */
const unpartitioned = (text: string): string => text.replaceAll(' PARTITION BY HASH (lane)', '');

async function migrationFiles(): Promise<{ name: string; file: string }[]> {
  const folders = await readdir(serverFolder, { withFileTypes: true });
  const found = await Promise.all(
    folders
      .filter((entry) => entry.isDirectory())
      .map(async (entry) => {
        const folder = join(serverFolder, entry.name, 'migrations');
        const names = await readdir(folder).catch(() => []);
        return names
          .filter((name) => name.endsWith('.sql'))
          .map((name) => ({ name, file: join(folder, name) }));
      }),
  );
  return found.flat().sort((a, b) => a.name.localeCompare(b.name));
}
