import { type Selectable, sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { SegmentTable } from '../database/tables/segments.ts';
import { ApiError } from '../http/errors.ts';

/** A segment as its row says it. */
export type Segment = Selectable<SegmentTable>;

/** What of a segment is written; `definition` is as it is stored. */
export interface SegmentContent {
  name: string;
  description: string | null;
  definition: unknown;
  refersTo: readonly string[];
  /** Whether who is of it is kept as it changes. */
  live: boolean;
}

/** The project's segments, in the order in which they were made. */
export const segmentsOfProject = (db: Database, projectId: number): Promise<Segment[]> =>
  db.selectFrom('segment').selectAll().where('project_id', '=', projectId).orderBy('id').execute();

/** One segment. @throws ApiError NotFound. */
export async function findSegment(db: Database, projectId: number, id: number): Promise<Segment> {
  const segment = await db
    .selectFrom('segment')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst();
  return segment ?? noSegment(id);
}

/** The same, its row locked to the transaction's end. @throws ApiError NotFound. */
export async function lockSegment(transaction: Database, projectId: number, id: number): Promise<Segment> {
  const segment = await transaction
    .selectFrom('segment')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return segment ?? noSegment(id);
}

function noSegment(id: number): never {
  throw new ApiError('NotFound', `No segment ${id} in this project; GET /api/segments lists them`, {
    field: 'id',
    value: id,
  });
}

/** Makes a segment. */
export const insertSegment = (
  db: Database,
  projectId: number,
  { name, description, definition, refersTo, live }: SegmentContent,
  by: string,
  at: Date,
): Promise<Segment> =>
  db
    .insertInto('segment')
    .values({
      ...{ project_id: projectId, name, description, definition: JSON.stringify(definition), live },
      ...{ refers_to: [...refersTo], created_at: at, updated_at: at, updated_by: by },
    })
    .returningAll()
    .executeTakeFirstOrThrow();

/** Changes a segment whose row is held. */
export const updateSegment = (
  transaction: Database,
  id: number,
  { name, description, definition, refersTo, live }: SegmentContent,
  by: string,
  at: Date,
): Promise<Segment> =>
  transaction
    .updateTable('segment')
    .set({
      ...{ name, description, definition: JSON.stringify(definition), refers_to: [...refersTo] },
      ...{ live, updated_at: at, updated_by: by },
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

/** Deletes a segment whose row is held. */
export async function removeSegment(transaction: Database, id: number): Promise<void> {
  await transaction.deleteFrom('segment').where('id', '=', id).execute();
}

/** Segments that name a thing, by `referenceText`. */
export async function segmentsThatName(
  db: Database,
  projectId: number,
  reference: string,
): Promise<{ id: number; name: string }[]> {
  const { rows } = await sql<{ id: number; name: string }>`
    SELECT id, name FROM segment WHERE project_id = ${projectId} AND ${reference} = ANY(refers_to) ORDER BY id`.execute(
    db,
  );
  return rows;
}

/** Segments that name one, or name such a one, however deep. */
export async function segmentsOn(
  db: Database,
  projectId: number,
  id: number,
): Promise<{ id: number; name: string }[]> {
  const { rows } = await sql<{ id: number; name: string }>`
    WITH RECURSIVE naming AS (
      SELECT id, name FROM segment WHERE project_id = ${projectId} AND ${`segment:${id}`} = ANY(refers_to)
      UNION
      SELECT s.id, s.name FROM naming n
      JOIN segment s ON s.project_id = ${projectId} AND 'segment:' || n.id = ANY(s.refers_to)
    ) SELECT id, name FROM naming ORDER BY id`.execute(db);
  return rows;
}

/**
 * The stored definitions of these segments and of all that they name, by their ids. They stay to the transaction's end where `held`:
 * one that is being deleted is gone for us, or its deletion sees who names it.
 */
export async function definitionsOf(
  db: Database,
  projectId: number,
  ids: readonly number[],
  held = false,
): Promise<Map<number, unknown>> {
  const found = new Map<number, unknown>();
  let wanted = [...new Set(ids)];
  while (wanted.length > 0) {
    const rows = await db
      .selectFrom('segment')
      .select(['id', 'definition', 'refers_to'])
      .where('project_id', '=', projectId)
      .where('id', 'in', wanted)
      .orderBy('id')
      .$if(held, (query) => query.forKeyShare())
      .execute();
    for (const { id, definition } of rows) found.set(id, definition);
    const named = rows.flatMap(({ refers_to }) => refers_to.flatMap(idOfSegment));
    wanted = [...new Set(named)].filter((id) => !found.has(id));
  }
  return found;
}

function idOfSegment(reference: string): number[] {
  const [, id] = /^segment:(\d+)$/.exec(reference) ?? [];
  return id === undefined ? [] : [Number(id)];
}
