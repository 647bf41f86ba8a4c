import { readdir } from 'node:fs/promises';
import pg from 'pg';
import { statOf, ticksOf, ticksPerSecond, treeOf } from './process-tree.ts';

/** Seconds of processor time by part of what is measured. */
export type Parts = ReadonlyMap<string, number>;

/** What is looked into: the program's threads and the database's connections, each by its name. */
export interface Looked {
  program: number;
  database: number;
  simulator: number;
  databaseUrl: string;
}

/** Names of the threads that Node itself keeps in each process. */
const ofNode = /^(node-V8Worker|libuv-worker|DelayedTaskSche|SignalInspector|v8:)/;

/**
 * How much processor time each part has used so far: threads of the program, connections of the database by what they
 * are for, the simulator. Empty on systems without /proc. A connection that ended counts with PostgreSQL itself, which waited for
 * it; nothing else that ends is counted any more.
 */
export async function processorParts({ program, database, simulator, databaseUrl }: Looked): Promise<Parts> {
  const parts = new Map<string, number>();
  const add = (part: string, fields: readonly string[]) =>
    parts.set(part, (parts.get(part) ?? 0) + ticksOf(fields) / ticksPerSecond);
  for (const thread of await readdir(`/proc/${program}/task`).catch(() => [])) {
    const { name, fields } = await statOf(`${program}/task/${thread}`);
    const part = Number(thread) === program ? 'API' : ofNode.test(name) ? 'V8 and libuv' : name;
    add(`program: ${part}`, fields);
  }
  if (parts.size === 0) return parts;
  const names = await connectionNames(databaseUrl);
  for (const pid of await treeOf(database))
    add(`PostgreSQL: ${names.get(pid) ?? 'itself and what has ended'}`, (await statOf(pid)).fields);
  for (const pid of await treeOf(simulator)) add('simulator', (await statOf(pid)).fields);
  return parts;
}

/** What was used between two looks, for each of `count`, in microseconds, the most first; what is less than one is left out. */
export function usedBetween(
  before: Parts,
  after: Parts,
  count: number,
): [part: string, microseconds: number][] {
  return [...after]
    .map(([part, seconds]): [string, number] => [part, ((seconds - (before.get(part) ?? 0)) * 1e6) / count])
    .filter(([, microseconds]) => microseconds >= 1)
    .sort(([, a], [, b]) => b - a);
}

async function connectionNames(databaseUrl: string): Promise<Map<number, string>> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'bench' });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number; name: string }>(
      "SELECT pid, coalesce(nullif(application_name, ''), backend_type) AS name FROM pg_stat_activity",
    );
    return new Map(rows.map(({ pid, name }) => [pid, name.replace(/^carillon$/, 'carillon API and pools')]));
  } finally {
    await client.end();
  }
}
