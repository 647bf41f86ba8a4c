import { type Selectable, sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { CannedReplyTable } from '../database/tables/inbox.ts';
import { ApiError } from '../http/errors.ts';

/** An answer that is written once. */
export type CannedReply = Selectable<CannedReplyTable>;

/** The project's, by code. */
export const listCanned = (db: Database, projectId: number): Promise<CannedReply[]> =>
  db.selectFrom('canned_reply').selectAll().where('project_id', '=', projectId).orderBy('code').execute();

/** Makes one, or writes the one of this code anew. */
export async function saveCanned(
  db: Database,
  projectId: number,
  { code, body }: { code: string; body: string },
  at: Date,
): Promise<CannedReply> {
  return db
    .insertInto('canned_reply')
    .values({ project_id: projectId, code, body, created_at: at, updated_at: at })
    .onConflict((conflict) => conflict.columns(['project_id', 'code']).doUpdateSet({ body, updated_at: at }))
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** One of the project by its code, counted as used. @throws ApiError NotFound. */
export async function useCanned(db: Database, projectId: number, code: string): Promise<CannedReply> {
  const { rows } = await sql<CannedReply>`
    UPDATE canned_reply SET uses = uses + 1 WHERE project_id = ${projectId} AND code = ${code} RETURNING *`.execute(
    db,
  );
  return rows[0] ?? notFound(code);
}

/** Deletes one. @throws ApiError NotFound. */
export async function deleteCanned(db: Database, projectId: number, code: string): Promise<void> {
  const { numDeletedRows } = await db
    .deleteFrom('canned_reply')
    .where('project_id', '=', projectId)
    .where('code', '=', code)
    .executeTakeFirst();
  if (numDeletedRows === 0n) notFound(code);
}

function notFound(code: string): never {
  throw new ApiError(
    'NotFound',
    `code ${code} is no canned reply of this project; GET /api/inbox/canned lists them`,
    {
      field: 'code',
      value: code,
    },
  );
}
