import { type Selectable, sql } from 'kysely';
import type { Database } from '../../../database/connect.ts';
import type { CatalogUploadTable } from '../../../database/tables/content.ts';

/** A file of items and how far it has come. */
export type CatalogUpload = Selectable<CatalogUploadTable>;

/** A row that was refused, with its cells, so that it can be mended. */
export interface RowFault {
  row: number;
  cells: string[];
  fault: string;
}

/** What has become of a file's rows so far. */
export interface UploadProgress {
  rowsRead: number;
  taken: number;
  refused: number;
  headers: readonly string[];
  /** The first of them. */
  faults: readonly RowFault[];
}

/** Notes that a file has begun to come; answers its id. */
export async function beginUpload(
  db: Database,
  catalogId: number,
  fileName: string,
  at: Date,
): Promise<number> {
  const { id } = await db
    .insertInto('catalog_upload')
    .values({
      ...{ catalog_id: catalogId, file_name: fileName, state: 'running', fault: null },
      ...{ started_at: at, seen_at: at },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Notes how far it has come, and whether it is through. */
export async function noteUpload(
  db: Database,
  id: number,
  { rowsRead, taken, refused, headers, faults }: UploadProgress,
  end: { state: CatalogUpload['state']; fault: string | null },
  at: Date,
): Promise<void> {
  await sql`
    UPDATE catalog_upload SET rows_read = ${rowsRead}, taken = ${taken}, refused = ${refused},
      headers = ${JSON.stringify(headers)}::jsonb, faults = ${JSON.stringify(faults)}::jsonb, state = ${end.state},
      fault = ${end.fault}, seen_at = ${at}
    WHERE id = ${id}`.execute(db);
}

/** A catalog's files, newest first. */
export const listUploads = (db: Database, catalogId: number): Promise<CatalogUpload[]> =>
  db
    .selectFrom('catalog_upload')
    .selectAll()
    .where('catalog_id', '=', catalogId)
    .orderBy('id', 'desc')
    .limit(100)
    .execute();
