import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Pool } from 'pg';
import { lockClasses } from './lock-classes.ts';

const serverFolder = join(dirname(fileURLToPath(import.meta.url)), '..');
/**
 * Brings the database to the newest shape. Migrations are `server/<capability>/migrations/NNNN_name.sql`, run
 * once each in the order of their numbers over all folders, all in one transaction. Safe to call from many
 * processes at once. Returns the names of those it ran.
 */
export async function migrate(pool: Pool): Promise<string[]> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1, 0)', [lockClasses.migration]);
    await client.query(
      'CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, run_at timestamptz NOT NULL)',
    );
    const { rows } = await client.query<{ name: string }>('SELECT name FROM migration');
    const done = new Set(rows.map((row) => row.name));
    const ran: string[] = [];
    for (const { name, file } of await migrationFiles()) {
      if (done.has(name)) continue;
      await client.query(await readFile(file, 'utf8'));
      await client.query('INSERT INTO migration (name, run_at) VALUES ($1, now())', [name]);
      ran.push(name);
    }
    await client.query('COMMIT');
    return ran;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

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
