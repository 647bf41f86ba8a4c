import { sql } from 'kysely';
import { nameKey } from '../../content/catalogs/catalog-rules.ts';
import type { Database } from '../../database/connect.ts';
import { catalogsNamed } from '../catalogs-named.ts';

/** What a live segment means, as its row says it. */
export interface MeaningRow {
  generation: number;
  segmentId: number;
  projectId: number;
  /** Its lanes are emptied: it is kept live no longer. */
  isGone: boolean;
  announces: boolean;
  isSettled: boolean;
  /** Its definition is what it was: its lanes are looked at again since items of a catalog changed. */
  isRecheck: boolean;
}

const asRow = sql`generation, segment_id AS "segmentId", project_id AS "projectId", definitions IS NULL AS "isGone",
  announces, is_settled AS "isSettled", is_recheck AS "isRecheck"`;

/** SQL: that a meaning of alias `m` is the newest of its segment. */
export const isNewest = sql`m.generation = (SELECT max(n.generation) FROM segment_meaning n WHERE n.segment_id = m.segment_id)`;

/** All that live segments mean, or yet mean in some lanes, of these projects or of all; the oldest first. */
export async function meaningRows(
  db: Database,
  projectIds: readonly number[] | null = null,
): Promise<MeaningRow[]> {
  const { rows } = await sql<MeaningRow>`
    SELECT ${asRow} FROM segment_meaning
    ${projectIds ? sql`WHERE project_id = ANY(${projectIds}::int[])` : sql``} ORDER BY generation`.execute(
    db,
  );
  return rows;
}

/** The newest meaning of each segment, by its id. Pure. */
export const newestOf = (rows: readonly MeaningRow[]): Map<number, MeaningRow> =>
  new Map(rows.map((row) => [row.segmentId, row]));

/** The definitions of meanings, by their generations. */
export async function definitionsOfMeanings(
  db: Database,
  generations: readonly number[],
): Promise<{ generation: number; segmentId: number; definitions: Record<string, unknown> | null }[]> {
  const { rows } = await sql<{
    generation: number;
    segmentId: number;
    definitions: Record<string, unknown> | null;
  }>`
    SELECT generation, segment_id AS "segmentId", definitions FROM segment_meaning
    WHERE generation = ANY(${generations}::bigint[])`.execute(db);
  return rows;
}

/** The catalogs that definitions compare with, by name in lower case, each once. Pure. */
export const catalogsOf = (definitions: ReadonlyMap<number, unknown> | null): string[] => [
  ...new Set(
    [...(definitions?.values() ?? [])].flatMap((each) =>
      catalogsNamed(each).map(({ name }) => nameKey(name)),
    ),
  ),
];

/** Gives a segment a new meaning; null: none, so that its lanes are emptied. */
export async function insertMeaning(
  transaction: Database,
  {
    segmentId,
    projectId,
    definitions,
    announces,
    isRecheck = false,
  }: {
    segmentId: number;
    projectId: number;
    definitions: ReadonlyMap<number, unknown> | null;
    announces: boolean;
    isRecheck?: boolean;
  },
  at: Date,
): Promise<void> {
  await sql`
    INSERT INTO segment_meaning (generation, segment_id, project_id, definitions, catalogs, announces, is_recheck, made_at)
    VALUES (nextval('segment_generation_seq'), ${segmentId}, ${projectId},
      ${definitions && JSON.stringify(Object.fromEntries(definitions))}::jsonb, ${catalogsOf(definitions)}::text[], ${announces},
      ${isRecheck}, ${at}::timestamptz)`.execute(transaction);
}

/** Forgets what a segment meant before a generation by which all its lanes are filled; of one that is gone, that too. */
export async function settleMeaning(
  db: Database,
  { segmentId, generation, isGone }: Pick<MeaningRow, 'segmentId' | 'generation' | 'isGone'>,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await sql`
      DELETE FROM segment_meaning WHERE segment_id = ${segmentId}
        AND (generation < ${generation} OR (generation = ${generation} AND ${isGone}))`.execute(transaction);
    await sql`UPDATE segment_meaning SET is_settled = true WHERE generation = ${generation}`.execute(
      transaction,
    );
  });
}
