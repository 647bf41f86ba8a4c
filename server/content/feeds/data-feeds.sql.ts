import type { Selectable } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { DataFeedTable } from '../../database/tables/content.ts';

/** A data feed, as its row has it. */
export type DataFeed = Selectable<DataFeedTable>;

/** What may be said of a feed; headers and fallback as JSON texts. */
export interface FeedFields {
  name: string;
  url: string;
  asked_for: DataFeed['asked_for'];
  alias: string | null;
  headers: string;
  timeout_ms: number;
  cache_seconds: number;
  largest_bytes: number;
  most_per_second: number;
  fallback: string | null;
}

/** The project's feeds, by name. */
export const listFeeds = (db: Database, projectId: number): Promise<DataFeed[]> =>
  db.selectFrom('data_feed').selectAll().where('project_id', '=', projectId).orderBy('name').execute();

/** A feed of the project; undefined where there is none. */
export const findFeed = (db: Database, projectId: number, id: number): Promise<DataFeed | undefined> =>
  db
    .selectFrom('data_feed')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst();

/** The project's feeds of these ids, in their order. */
export async function feedsById(
  db: Database,
  projectId: number,
  ids: readonly number[],
): Promise<DataFeed[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('data_feed')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', 'in', [...ids])
    .execute();
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? []);
}

/** Makes a feed; null where the project has one of this name. */
export async function insertFeed(
  db: Database,
  projectId: number,
  fields: FeedFields,
  at: Date,
): Promise<DataFeed | null> {
  const row = await db
    .insertInto('data_feed')
    .values({ ...fields, project_id: projectId, created_at: at, updated_at: at })
    .onConflict((conflict) => conflict.columns(['project_id', 'name']).doNothing())
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** Changes a feed. */
export const updateFeed = (
  db: Database,
  { project_id, id }: DataFeed,
  fields: Omit<FeedFields, 'name'>,
  at: Date,
): Promise<DataFeed> =>
  db
    .updateTable('data_feed')
    .set({ ...fields, updated_at: at })
    .where('project_id', '=', project_id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

/** The project's templates that a feed is asked for, archived ones apart. */
export const templatesWithFeed = (
  db: Database,
  { project_id, id }: DataFeed,
): Promise<{ id: number; name: string; data_feed_ids: number[] }[]> =>
  db
    .selectFrom('template')
    .select(['id', 'name', 'data_feed_ids'])
    .where('project_id', '=', project_id)
    .where('archived_at', 'is', null)
    .execute()
    .then((rows) => rows.filter(({ data_feed_ids }) => data_feed_ids.includes(id)));

/** Deletes a feed. */
export async function deleteFeed(db: Database, { project_id, id }: DataFeed): Promise<void> {
  await db.deleteFrom('data_feed').where('project_id', '=', project_id).where('id', '=', id).execute();
}
