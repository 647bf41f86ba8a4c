import { type Selectable, sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { CouponUploadTable } from '../../database/tables/content.ts';
import type { CouponPool } from './coupon-pools.sql.ts';

/** A file of codes and how far it has come. */
export type CouponUpload = Selectable<CouponUploadTable>;

/** A row that was refused, or is there and should be looked at. */
export interface RowFault {
  row: number;
  code: string;
  fault: string;
}

/** What has become of a file's rows so far. */
export interface UploadProgress {
  rowsRead: number;
  added: number;
  refused: number;
  /** The first of them. */
  faults: readonly RowFault[];
}

/** Notes that a file has begun to come; answers its id. */
export async function beginUpload(
  db: Database,
  pool: CouponPool,
  fileName: string,
  at: Date,
): Promise<number> {
  const { id } = await db
    .insertInto('coupon_upload')
    .values({
      ...{ project_id: pool.project_id, pool_id: pool.id, file_name: fileName },
      ...{ state: 'running', fault: null, started_at: at, seen_at: at },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Notes how far it has come, and whether it is through. */
export async function noteUpload(
  db: Database,
  id: number,
  { rowsRead, added, refused, faults }: UploadProgress,
  end: { state: CouponUpload['state']; fault: string | null },
  at: Date,
): Promise<void> {
  await sql`
    UPDATE coupon_upload SET rows_read = ${rowsRead}, added = ${added}, refused = ${refused},
      faults = ${JSON.stringify(faults)}::jsonb, state = ${end.state}, fault = ${end.fault}, seen_at = ${at}
    WHERE id = ${id}`.execute(db);
}

/** A pool's files, newest first. */
export const listUploads = (db: Database, pool: CouponPool): Promise<CouponUpload[]> =>
  db
    .selectFrom('coupon_upload')
    .selectAll()
    .where('project_id', '=', pool.project_id)
    .where('pool_id', '=', pool.id)
    .orderBy('id', 'desc')
    .limit(100)
    .execute();
