import { ApiError } from '../../http/errors.ts';
import type { TableRow } from './file/table.ts';
import { fileFault } from './file/unreadable-file.ts';
import { storedFile } from './import-file.ts';
import { lookAtFile } from './look-at-file.ts';
import { readOptions } from './options.ts';
import { refuseOpenQuestions } from './questions.ts';
import { countBatch } from './report-lines.ts';
import { readRow } from './row-reading.ts';
import type { ImportContext, Run } from './run.ts';
import { type BatchRow, takeBatch } from './take-batch.ts';

/** Rows of a batch: enough for each of the 64 lanes to have some, few enough to be seen to go on. */
const batchSize = 4000;

/**
 * Takes the rows of an import that are not taken yet, some thousands at a time, counting each batch when it is done.
 * Broken off and run again it goes on behind the last counted batch; doing one batch twice changes nothing. A
 * second run beside it notices the first and ends. A file that cannot be read ends as failed with the reason.
 */
export async function runImport(context: ImportContext, importId: number): Promise<void> {
  const { db, clock } = context;
  const row = await db
    .selectFrom('import')
    .innerJoin('project', 'project.id', 'import.project_id')
    .select(['import.id', 'project_id', 'file_name', 'options', 'state', 'rows_done', 'default_country'])
    .where('import.id', '=', importId)
    .executeTakeFirst();
  if (!row || (row.state !== 'waiting' && row.state !== 'running')) return;
  const chunks = storedFile(db, importId);
  try {
    const options = readOptions(JSON.stringify(row.options), clock.now());
    const project = { id: row.project_id, defaultCountry: row.default_country };
    const { table, reading, questions, unstated } = await lookAtFile(db, project, chunks, options);
    if (unstated) throw unstated;
    refuseOpenQuestions(questions);
    await db
      .updateTable('import')
      .set({ state: 'running', rows_total: reading.scan.rows, headers: JSON.stringify(table.headers) })
      .where('id', '=', importId)
      .execute();
    const run: Run = {
      ...{ id: importId, projectId: row.project_id, fileName: row.file_name, reading },
      listId: options.listId ?? null,
      now: () => clock.now(),
    };
    const from = { done: row.rows_done, resumed: row.state === 'running' };
    if (await takeRows(context, run, table.rows(), from))
      await endImport(context, importId, { state: 'done' });
  } catch (error) {
    const fault = error instanceof ApiError && error.status < 500 ? error.message : fileFault(error);
    if (fault === null) throw error;
    await failImport(context, importId, fault);
  }
}

/** Ends an import as failed, with the reason for whoever sent the file. */
export async function failImport(context: ImportContext, importId: number, reason: string): Promise<void> {
  await endImport(context, importId, { state: 'failed', error: reason });
}

/** False when another run has taken over. */
async function takeRows(
  context: ImportContext,
  run: Run,
  rows: AsyncIterable<TableRow>,
  from: { done: number; resumed: boolean },
): Promise<boolean> {
  let done = 0;
  let batch: BatchRow[] = [];
  const flush = async () => {
    const start = done - batch.length;
    const lines = await takeBatch(context, run, batch, from.resumed && start === from.done);
    const rows = batch.map(({ row }) => row);
    const counted = await countBatch(context.db, run.id, {
      doneBefore: start,
      size: batch.length,
      rows,
      lines,
    });
    batch = [];
    return counted;
  };
  for await (const row of rows) {
    if (++done <= from.done) continue;
    batch.push({ row, read: readRow(row, run.reading, run.now()) });
    if (batch.length === batchSize && !(await flush())) return false;
  }
  return batch.length === 0 || flush();
}

/** An import that has ended keeps its report and not its file. */
async function endImport(
  { db, clock }: ImportContext,
  importId: number,
  end: { state: 'done' } | { state: 'failed'; error: string },
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await transaction
      .updateTable('import')
      .set((column) => ({
        ...end,
        finished_at: clock.now(),
        rows_total: column.ref(end.state === 'done' ? 'rows_done' : 'rows_total'),
      }))
      .where('id', '=', importId)
      .execute();
    await transaction.deleteFrom('import_file').where('import_id', '=', importId).execute();
  });
}
