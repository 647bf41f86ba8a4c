import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';

/*
 * Who goes by the items of a catalog watches it, and is told that some changed; of a catalog that nobody watches nothing is noted. A call that began
 * before a catalog was watched may not note its change: who watches looks at the items when such calls are over.
 */

/** Notes that items of a catalog are others now, if it is watched, in the transaction that changes them. */
export async function noteCatalogChange(transaction: Database, catalogId: number): Promise<void> {
  const { rows } = await sql`SELECT 1 FROM catalog WHERE id = ${catalogId} AND is_watched`.execute(
    transaction,
  );
  if (rows.length > 0)
    await sql`INSERT INTO catalog_change (catalog_id) VALUES (${catalogId})`.execute(transaction);
}

/** Has changes of these catalogs noted from the commit on. Their rows stay to the transaction's end. */
export async function watchCatalogs(
  transaction: Database,
  projectId: number,
  nameKeys: readonly string[],
): Promise<void> {
  if (nameKeys.length === 0) return;
  // Whatever stands there: somebody may be about to end it.
  await sql`
    UPDATE catalog SET is_watched = true
    WHERE project_id = ${projectId} AND name_key = ANY(${[...nameKeys].sort()}::text[])`.execute(transaction);
}

/** Ends that changes of a catalog are noted, if `isWanted` says so while its row is held. */
export async function unwatchCatalog(
  transaction: Database,
  catalogId: number,
  isWanted: () => Promise<boolean>,
): Promise<void> {
  await sql`SELECT 1 FROM catalog WHERE id = ${catalogId} FOR NO KEY UPDATE`.execute(transaction);
  if (await isWanted()) return;
  await sql`UPDATE catalog SET is_watched = false WHERE id = ${catalogId}`.execute(transaction);
}

/** A catalog whose items changed. */
export interface ChangedCatalog {
  id: number;
  projectId: number;
  nameKey: string;
}

/** Whether a change is noted that nobody took. */
export async function isChangeNoted(db: Database): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM catalog_change LIMIT 1`.execute(db);
  return rows.length > 0;
}

/** Takes out what was noted: each catalog of which items changed, once. */
export async function takeCatalogChanges(transaction: Database): Promise<ChangedCatalog[]> {
  const { rows: taken } = await sql<{ id: number }>`
    DELETE FROM catalog_change RETURNING catalog_id AS id`.execute(transaction);
  if (taken.length === 0) return [];
  const { rows } = await sql<ChangedCatalog>`
    SELECT id, project_id AS "projectId", name_key AS "nameKey" FROM catalog
    WHERE id = ANY(${[...new Set(taken.map(({ id }) => id))]}::int[]) ORDER BY id`.execute(transaction);
  return rows;
}
