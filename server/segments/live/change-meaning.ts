import { sql } from 'kysely';
import { watchCatalogs } from '../../content/catalogs/watched.sql.ts';
import type { Database } from '../../database/connect.ts';
import { wakeWorkersOnCommit } from '../../lanes/wake.ts';
import { definitionsOf, lockSegment } from '../segments.sql.ts';
import { catalogsOf, insertMeaning, isNewest } from './meanings.sql.ts';

/** A live segment, and by which generation it is kept at most. */
export interface LiveSegment {
  id: number;
  name: string;
  generation: number;
}

/** The live segments that mean something else when a segment's definition changes: itself, and those that name it, however deep. */
export async function liveSegmentsOn(
  db: Database,
  projectId: number,
  segmentId: number,
): Promise<LiveSegment[]> {
  const { rows } = await sql<LiveSegment>`
    SELECT s.id, s.name, m.generation FROM segment s
    JOIN segment_meaning m ON m.segment_id = s.id AND m.project_id = ${projectId}
    WHERE s.project_id = ${projectId} AND s.live AND m.definitions ? ${String(segmentId)} AND ${isNewest}
    ORDER BY s.id`.execute(db);
  return rows;
}

/**
 * Has live segments filled by their definitions as they are now, which are written in this transaction or stand. Whoever changes another
 * segment that they name waits, or sees it: what they mean is never of both halves.
 */
export async function refill(
  transaction: Database,
  projectId: number,
  segmentIds: readonly number[],
  announces: boolean,
  at: Date,
): Promise<void> {
  for (const segmentId of segmentIds.toSorted((one, other) => one - other)) {
    await lockSegment(transaction, projectId, segmentId);
    const definitions = await definitionsOf(transaction, projectId, [segmentId]);
    await watchCatalogs(transaction, projectId, catalogsOf(definitions));
    await insertMeaning(transaction, { segmentId, projectId, definitions, announces }, at);
  }
  if (segmentIds.length > 0) await wakeWorkersOnCommit(transaction);
}

/** Ends that who is of a segment is kept: its lanes are emptied. */
export async function stopLive(
  transaction: Database,
  projectId: number,
  segmentId: number,
  at: Date,
): Promise<void> {
  await insertMeaning(transaction, { segmentId, projectId, definitions: null, announces: false }, at);
  await wakeWorkersOnCommit(transaction);
}
