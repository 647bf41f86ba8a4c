import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { ApiError } from '../../http/errors.ts';
import { wakeWorkersOnCommit } from '../../lanes/wake.ts';
import { catalogsNamed } from '../catalogs-named.ts';
import { definitionsOf } from '../segments.sql.ts';
import { insertMeaning } from './meanings.sql.ts';

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
    WHERE s.project_id = ${projectId} AND s.live AND m.definitions ? ${String(segmentId)}
      AND m.generation = (SELECT max(generation) FROM segment_meaning n WHERE n.segment_id = s.id)
    ORDER BY s.id`.execute(db);
  return rows;
}

/** @throws ApiError BadParams for what becomes another while nothing happens to anybody: the items of catalogs. */
function requireWatched(definitions: ReadonlyMap<number, unknown>): void {
  for (const [id, definition] of definitions)
    for (const { place, name } of catalogsNamed(definition))
      throw new ApiError(
        'BadParams',
        `live: segment ${id} compares with the catalog ${name} (${place}), whose items change without anything happening to people; leave live off, or take the catalog out`,
        { field: 'live', value: name },
      );
}

/**
 * Has live segments filled by their definitions as they are now, which are written in this transaction or stand.
 * @throws ApiError BadParams for one that compares with a catalog.
 */
export async function refill(
  transaction: Database,
  projectId: number,
  segmentIds: readonly number[],
  announces: boolean,
  at: Date,
): Promise<void> {
  for (const segmentId of segmentIds) {
    const definitions = await definitionsOf(transaction, projectId, [segmentId]);
    requireWatched(definitions);
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
