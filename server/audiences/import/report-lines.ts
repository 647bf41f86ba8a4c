import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';

/** What the report of an import says of a row; `field` and `value` are empty where it is about the whole row. */
export interface ReportLine {
  rowNumber: number;
  outcome: 'refused' | 'warning';
  field: string;
  value: string;
  reason: string;
}

/** A row for the report's file, with its cells as they stand. */
export interface ReportedRow {
  number: number;
  cells: readonly string[];
}

/** Notes that the people of a batch are taken, for whoever looks how far an import is. */
export async function noteHalfDone(
  db: Database,
  importId: number,
  batch: { doneBefore: number; size: number },
) {
  await db
    .updateTable('import')
    .set({ rows_half_done: batch.size })
    .where('id', '=', importId)
    .where('rows_done', '=', batch.doneBefore)
    .execute();
}

/**
 * Counts a batch and writes its report in one transaction, unless another run has counted it: then false. Rows of
 * which the report says something are kept with their cells, so that they can be mended and sent again.
 */
export async function countBatch(
  db: Database,
  importId: number,
  batch: { doneBefore: number; size: number; rows: readonly ReportedRow[]; lines: readonly ReportLine[] },
): Promise<boolean> {
  const { doneBefore, size, lines } = batch;
  const refused = new Set(lines.flatMap((line) => (line.outcome === 'refused' ? line.rowNumber : []))).size;
  const told = new Set(lines.map((line) => line.rowNumber));
  const rows = batch.rows.filter((row) => told.has(row.number));
  return db.transaction().execute(async (transaction) => {
    const counted = await transaction
      .updateTable('import')
      .set((column) => ({
        rows_done: column('rows_done', '+', size),
        rows_half_done: 0,
        rows_taken: column('rows_taken', '+', size - refused),
        rows_refused: column('rows_refused', '+', refused),
      }))
      .where('id', '=', importId)
      .where('rows_done', '=', doneBefore)
      .executeTakeFirst();
    if (counted.numUpdatedRows === 0n) return false;
    if (lines.length === 0) return true;
    await sql`
      INSERT INTO import_row_report (import_id, row_number, outcome, field, value, reason)
      SELECT ${importId}, r.* FROM unnest(${lines.map((line) => line.rowNumber)}::int[],
        ${lines.map((line) => line.outcome)}::text[], ${lines.map((line) => line.field)}::text[],
        ${lines.map((line) => storable(line.value))}::text[], ${lines.map((line) => line.reason)}::text[]) AS r
      ON CONFLICT DO NOTHING`.execute(transaction);
    await sql`
      INSERT INTO import_row_cells (import_id, row_number, cells)
      SELECT ${importId}, r.* FROM unnest(${rows.map((row) => row.number)}::int[],
        ${rows.map((row) => JSON.stringify(row.cells.map(storable)))}::jsonb[]) AS r
      ON CONFLICT DO NOTHING`.execute(transaction);
    return true;
  });
}

/** PostgreSQL holds no NUL and no half of a surrogate pair; what a report shows goes without. */
const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed();
