import { setImmediate as breathe } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { HelperFault } from '../rendering/helpers/helper.ts';
import { metadataName, tableName } from './metadata.sql.ts';

/** The value of a key, undefined where there is none. */
export type ReadMetadata = (table: string, key: string) => unknown;

/** Items worked on before others on this thread get a turn, and whose keys are read together. */
const stretch = 50;
/** Values kept for the items that follow: one has 30 KB at the most, and an item asks for 50. */
const mostKept = 2_000;
const canBeNamed = new RegExp(metadataName);
/** Look-ups of which each needs what the last one found; beyond them a template goes round in circles. */
const mostRounds = 20;

/**
 * Renders for each item, with the project's tables of metadata at hand. What is looked up is not known before it is
 * asked for, so items whose keys were not read yet are rendered again when they are: each key is read once for all
 * items, all that a stretch of them wants in one statement. `prepare` is given the reader and gives back the rendering of one item.
 */
export async function eachWithMetadata<Item, Result>(
  db: Database,
  projectId: number,
  items: readonly Item[],
  prepare: (read: ReadMetadata) => (item: Item) => Result,
): Promise<Result[]> {
  const known = new Map<string, unknown>();
  const wanted = new Map<string, { table: string; key: string }>();
  let lacked = false;
  let rounds = 0;
  const attempt = prepare((table, key) => {
    // A person's field may hold anything, and not all of it may be asked of a database.
    if (!canBeNamed.test(table) || !canBeNamed.test(key)) return undefined;
    const name = nameOf(table, key);
    if (known.has(name)) return known.get(name);
    if (rounds > mostRounds)
      throw new HelperFault(`metadata: more than ${mostRounds} look-ups wait for one another`);
    lacked = true;
    wanted.set(name, { table, key });
    return undefined;
  });
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += stretch) {
    if (start > 0) await breathe();
    if (known.size > mostKept) known.clear();
    let waiting = [...items.keys()].slice(start, start + stretch);
    for (rounds = 0; waiting.length > 0; rounds++) {
      const again: number[] = [];
      for (const place of waiting) {
        lacked = false;
        results[place] = attempt(items[place] as Item);
        if (lacked) again.push(place);
      }
      if (again.length > 0) await readAll(db, projectId, wanted, known);
      waiting = again;
    }
  }
  return results;
}

const nameOf = (table: string, key: string): string => JSON.stringify([tableName(table), key]);

/** Reads what is wanted; what there is none of is known to be none. */
async function readAll(
  db: Database,
  projectId: number,
  wanted: Map<string, { table: string; key: string }>,
  known: Map<string, unknown>,
): Promise<void> {
  const asked = [...wanted.values()];
  for (const name of wanted.keys()) known.set(name, undefined);
  wanted.clear();
  const { rows } = await sql<{ table: string; key: string; value: unknown }>`
    SELECT m.table_name AS "table", m.key, m.value FROM metadata m
    JOIN unnest(
      ${asked.map(({ table }) => tableName(table))}::text[], ${asked.map(({ key }) => key)}::text[]
    ) AS w (table_name, key) ON w.table_name = m.table_name AND w.key = m.key
    WHERE m.project_id = ${projectId}`.execute(db);
  for (const { table, key, value } of rows) known.set(nameOf(table, key), value);
}
