import { sql } from 'kysely';
import type { ChangedCatalog } from '../../content/catalogs/watched.sql.ts';
import type { Database } from '../../database/connect.ts';
import { isNewest } from './meanings.sql.ts';

/** Whether a live segment compares with a catalog. */
export async function isCompared(db: Database, { projectId, nameKey }: ChangedCatalog): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM segment_meaning m
    WHERE m.project_id = ${projectId} AND ${nameKey} = ANY(m.catalogs) AND ${isNewest} LIMIT 1`.execute(db);
  return rows.length > 0;
}

/** Notes of the live segments that compare with catalogs that their lanes are to be looked at again. */
export async function markStale(
  transaction: Database,
  changed: readonly ChangedCatalog[],
  at: Date,
): Promise<void> {
  await sql`
    INSERT INTO segment_stale (segment_id, since)
    SELECT DISTINCT m.segment_id, ${at}::timestamptz FROM segment_meaning m
    JOIN unnest(${changed.map(({ projectId }) => projectId)}::int[], ${changed.map(({ nameKey }) => nameKey)}::text[])
      AS c (project_id, name_key) ON c.project_id = m.project_id AND c.name_key = ANY(m.catalogs)
    WHERE ${isNewest}
    ON CONFLICT (segment_id) DO NOTHING`.execute(transaction);
}

/** Whether a segment is to be looked at again. */
export async function isAnyStale(db: Database): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM segment_stale LIMIT 1`.execute(db);
  return rows.length > 0;
}

/**
 * Takes out the segments whose lanes are to be looked at again, and may be: all are filled by what was last given them, and they were not
 * looked at again after `latest`. Their rows are held; one that is being changed is left for the next time, and of one that is live no longer nothing stays.
 */
export async function takeStale(
  transaction: Database,
  latest: Date,
): Promise<{ segmentId: number; projectId: number }[]> {
  await sql`
    DELETE FROM segment_stale t WHERE NOT EXISTS (SELECT 1 FROM segment s WHERE s.id = t.segment_id AND s.live)`.execute(
    transaction,
  );
  const { rows } = await sql<{ segmentId: number; projectId: number }>`
    SELECT s.id AS "segmentId", s.project_id AS "projectId" FROM segment s
    JOIN segment_stale t ON t.segment_id = s.id
    JOIN segment_meaning m ON m.segment_id = s.id AND ${isNewest}
    WHERE m.is_settled AND (NOT m.is_recheck OR m.made_at <= ${latest}::timestamptz)
    ORDER BY s.id FOR NO KEY UPDATE OF s SKIP LOCKED`.execute(transaction);
  const { rows: taken } = await sql<{ segmentId: number }>`
    DELETE FROM segment_stale WHERE segment_id = ANY(${rows.map(({ segmentId }) => segmentId)}::int[])
    RETURNING segment_id AS "segmentId"`.execute(transaction);
  return rows.filter(({ segmentId }) => taken.some((each) => each.segmentId === segmentId));
}
