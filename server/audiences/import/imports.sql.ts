import type { Selectable } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { ImportTable } from '../../database/tables/audiences.ts';

/** An import as its row says it. */
export type Import = Selectable<ImportTable>;

/** Makes an import. It begins as failed: should the upload break off, that is what it stays. Returns its id. */
export async function insertImport(db: Database, projectId: number, at: Date): Promise<number> {
  const error = 'the upload broke off; send the file again';
  const values = {
    ...{ project_id: projectId, file_name: '', options: '{}', state: 'failed' as const },
    ...{ error, created_at: at },
  };
  return (await db.insertInto('import').values(values).returning('id').executeTakeFirstOrThrow()).id;
}

/** Has an import whose file has come wait for its run; `options` as they are kept. */
export async function letImportWait(
  db: Database,
  importId: number,
  fileName: string,
  options: object,
): Promise<void> {
  await db
    .updateTable('import')
    .set({ file_name: fileName, options: JSON.stringify(options), state: 'waiting', error: null })
    .where('id', '=', importId)
    .execute();
}

/** Takes back an import whose file was refused. */
export async function dropRefusedImport(db: Database, importId: number): Promise<void> {
  await db.deleteFrom('import').where('id', '=', importId).where('state', '=', 'failed').execute();
}

/** Has an import that has ended be undone. False when it has not ended. */
export async function beginUndoing(db: Database, importId: number): Promise<boolean> {
  const begun = await db
    .updateTable('import')
    .set({ state: 'undoing' })
    .where('id', '=', importId)
    .where('state', 'in', ['done', 'failed'])
    .executeTakeFirst();
  return begun.numUpdatedRows > 0n;
}

/** The project's imports, newest first. */
export function newestImports(db: Database, projectId: number): Promise<Import[]> {
  return db
    .selectFrom('import')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('id', 'desc')
    .limit(200)
    .execute();
}

/** An import of the project; undefined where there is none. */
export function findImport(db: Database, projectId: number, id: number): Promise<Import | undefined> {
  return db
    .selectFrom('import')
    .selectAll()
    .where('id', '=', id)
    .where('project_id', '=', projectId)
    .executeTakeFirst();
}

/** Those of these message types that are the project's. */
export async function knownMessageTypes(
  db: Database,
  projectId: number,
  ids: readonly number[],
): Promise<ReadonlySet<number>> {
  const known = await db
    .selectFrom('message_type')
    .select('id')
    .where('project_id', '=', projectId)
    .where('id', 'in', [...ids])
    .execute();
  return new Set(known.map((row) => row.id));
}

/** What the report says of the next rows. Whole rows only: all lines of the last row come with it, so that a page may be a little longer than asked. */
export async function readReport(db: Database, importId: number, after: number, limit: number) {
  const last = await db
    .selectFrom('import_row_report')
    .select('row_number')
    .where('import_id', '=', importId)
    .where('row_number', '>', after)
    .orderBy('row_number')
    .offset(limit - 1)
    .limit(1)
    .executeTakeFirst();
  const rows = await db
    .selectFrom('import_row_report')
    .select(['row_number as rowNumber', 'outcome', 'field', 'value', 'reason'])
    .where('import_id', '=', importId)
    .where('row_number', '>', after)
    .where('row_number', '<=', last?.row_number ?? 2_147_483_647)
    .orderBy('row_number')
    .orderBy('field')
    .execute();
  return rows.map((row) => ({ ...row, field: row.field || null }));
}

/** The cells of rows with a remark, by the row's number. */
export async function cellsOf(
  db: Database,
  importId: number,
  after: number,
  last: number,
): Promise<Map<number, string[]>> {
  const rows = await db
    .selectFrom('import_row_cells')
    .select(['row_number', 'cells'])
    .where('import_id', '=', importId)
    .where('row_number', '>', after)
    .where('row_number', '<=', last)
    .execute();
  return new Map(rows.map((row) => [row.row_number, Array.isArray(row.cells) ? row.cells.map(String) : []]));
}
