import { type Selectable, sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { UploadTable } from '../../database/tables/content.ts';

/** A file and how far it has come, with the first of its faults; without what stood in the rows. */
export type Upload = Omit<Selectable<UploadTable>, 'fault_cells' | 'faults'> & {
  faults: readonly RowFault[];
};

/** What a file is of. */
export type Owner = { catalogId: number } | { poolId: number };

/** A row that was refused, or is there and should be looked at. */
export interface RowFault {
  row: number;
  fault: string;
  /** Of a file of codes: the code, or how it begins. */
  code?: string;
}

/** What has become of a file's rows so far. */
export interface UploadProgress {
  rowsRead: number;
  taken: number;
  refused: number;
}

/** Notes that a file has begun to come; answers its id. */
export async function beginUpload(
  db: Database,
  projectId: number,
  owner: Owner,
  fileName: string,
  at: Date,
): Promise<number> {
  const { id } = await db
    .insertInto('upload')
    .values({
      ...{ project_id: projectId, file_name: fileName, state: 'running', fault: null },
      ...{ catalog_id: 'catalogId' in owner ? owner.catalogId : null },
      ...{ pool_id: 'poolId' in owner ? owner.poolId : null },
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
  { rowsRead, taken, refused }: UploadProgress,
  end: { state: Upload['state']; fault: string | null },
  at: Date,
): Promise<void> {
  await db
    .updateTable('upload')
    .set({ rows_read: rowsRead, taken, refused, ...end, seen_at: at })
    .where('id', '=', id)
    .execute();
}

/** Keeps further faults of a file, with what stood in the rows. */
export async function addFaults(
  db: Database,
  id: number,
  faults: readonly (RowFault & { cells: readonly string[] })[],
): Promise<void> {
  const told = faults.map(({ cells: _, ...rest }) => rest);
  await sql`
    UPDATE upload SET faults = faults || ${JSON.stringify(told)}::jsonb,
      fault_cells = fault_cells || ${JSON.stringify(faults.map(({ cells }) => cells))}::jsonb
    WHERE id = ${id}`.execute(db);
}

/** Keeps the names of a file's columns. */
export async function noteHeaders(db: Database, id: number, headers: readonly string[]): Promise<void> {
  await db
    .updateTable('upload')
    .set({ headers: JSON.stringify(headers) })
    .where('id', '=', id)
    .execute();
}

const uploads = (db: Database, projectId: number, owner: Owner) => {
  const all = db
    .selectFrom('upload')
    .select([
      'id',
      'project_id',
      'catalog_id',
      'pool_id',
      'file_name',
      'state',
      'rows_read',
      'taken',
      'refused',
    ])
    .select(['headers', 'faults', 'fault', 'started_at', 'seen_at'])
    .where('project_id', '=', projectId);
  return 'catalogId' in owner
    ? all.where('catalog_id', '=', owner.catalogId)
    : all.where('pool_id', '=', owner.poolId);
};

const asUpload = <Row extends { faults: unknown }>(row: Row) => ({
  ...row,
  faults: row.faults as RowFault[],
});

/** The newest hundred files of a catalog or pool, the newest first. */
export async function listUploads(db: Database, projectId: number, owner: Owner): Promise<Upload[]> {
  const rows = await uploads(db, projectId, owner).orderBy('id', 'desc').limit(100).execute();
  return rows.map(asUpload);
}

/** One file of a catalog or pool; undefined where it has none of this id. */
export async function findUpload(
  db: Database,
  projectId: number,
  owner: Owner,
  id: number,
): Promise<Upload | undefined> {
  const row = await uploads(db, projectId, owner).where('id', '=', id).executeTakeFirst();
  return row && asUpload(row);
}

/** What stood in the rows of a file's faults, in their order. */
export async function cellsOfFaults(db: Database, { id }: Upload): Promise<string[][]> {
  const { fault_cells } = await db
    .selectFrom('upload')
    .select('fault_cells')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return fault_cells as string[][];
}
