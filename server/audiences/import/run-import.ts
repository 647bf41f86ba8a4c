import type { Database } from '../../database/connect.ts';
import { ApiError } from '../../http/errors.ts';
import { isList } from '../list-members.ts';
import { recordConsent } from './batch-consent.ts';
import type { TableRow } from './file/table.ts';
import { fileFault } from './file/unreadable-file.ts';
import { storedFile } from './import-file.ts';
import { lookAtFile } from './look-at-file.ts';
import { readOptions } from './options.ts';
import { refuseOpenQuestions } from './questions.ts';
import { countBatch, noteHalfDone } from './report-lines.ts';
import { readRow } from './row-reading.ts';
import type { ImportContext, Run } from './run.ts';
import { type BatchRow, type TakenBatch, takePeople } from './take-batch.ts';

/** Rows of a batch: enough for each of the 64 lanes to have many, few enough to be seen to go on. */
const usualBatch = 16_384;

/**
 * Takes the rows of an import that are not taken yet, some thousands at a time, counting each batch when it is done.
 * Broken off and run again it goes on behind the last counted batch; doing one batch twice changes nothing. A
 * second run beside it notices the first and ends. A file that cannot be read ends as failed with the reason. A run
 * that goes on takes no fewer rows at once than the one that broke off (`batchSize`).
 */
export async function runImport(
  context: ImportContext,
  importId: number,
  batchSize = usualBatch,
): Promise<void> {
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
    const { table, reading, questions, refusal } = await lookAtFile(db, project, chunks, options);
    if (refusal) throw refusal;
    refuseOpenQuestions(questions);
    await db
      .updateTable('import')
      .set({ state: 'running', rows_total: reading.scan.rows, headers: JSON.stringify(table.headers) })
      .where('id', '=', importId)
      .execute();
    const run: Run = {
      ...{ id: importId, projectId: row.project_id, fileName: row.file_name, reading },
      listId: options.listId ?? null,
      batchSize,
      now: () => clock.now(),
    };
    const from = { done: row.rows_done, resumed: row.state === 'running' };
    if (!(await takeRows(context, run, table.rows(), from))) return;
    await requireListStill(db, run);
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

/**
 * Takes rows a batch at a time: while the consent of one is recorded the people of the next are taken. An opt-in for
 * an address that the next batch takes from its person falls away then (`Wish.onlyThere`). False when another run has
 * taken over.
 */
async function takeRows(
  context: ImportContext,
  run: Run,
  rows: AsyncIterable<TableRow>,
  from: { done: number; resumed: boolean },
): Promise<boolean> {
  const finish = async ({ start, batch }: Batch, { lines, rows }: TakenBatch): Promise<boolean> => {
    const again = from.resumed && start === from.done;
    await noteHalfDone(context.db, run.id, { doneBefore: start, size: batch.length });
    const consent = await recordConsent(context, run, rows, run.now(), again);
    const counts = { doneBefore: start, size: batch.length, rows: batch.map(({ row }) => row) };
    return countBatch(context.db, run.id, { ...counts, lines: [...lines, ...consent] });
  };
  let finishing = Promise.resolve(true);
  try {
    for await (const batch of batchesOf(run, rows, from.done)) {
      const taken = await takePeople(context, run, batch.batch);
      if (!(await finishing)) return false;
      finishing = finish(batch, taken);
      // Whoever waits for it hears of its failure.
      finishing.catch(() => undefined);
    }
    return await finishing;
  } finally {
    await Promise.allSettled([finishing]);
  }
}

/** Throws `BadParams` where the list that people were put on was deleted meanwhile: nobody is on it. */
async function requireListStill(db: Database, { projectId, listId }: Run): Promise<void> {
  if (listId === null || (await isList(db, projectId, listId))) return;
  throw new ApiError(
    'BadParams',
    `the file's people were taken with what it says of their consent, but the list that they were to be put on (${listId}) was deleted meanwhile, so nobody is on it; send the file again onto a list that is there`,
    { field: 'listId', value: listId },
  );
}

interface Batch {
  /** Rows before it. */
  start: number;
  batch: BatchRow[];
}

/** Rows behind the first `done` ones, read, some thousands at a time. */
async function* batchesOf(run: Run, rows: AsyncIterable<TableRow>, done: number): AsyncGenerator<Batch> {
  let count = 0;
  let batch: BatchRow[] = [];
  for await (const row of rows) {
    if (++count <= done) continue;
    batch.push({ row, read: readRow(row, run.reading, run.now()) });
    if (batch.length < run.batchSize) continue;
    yield { start: count - batch.length, batch };
    batch = [];
  }
  if (batch.length > 0) yield { start: count - batch.length, batch };
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
        rows_half_done: 0,
        rows_total: column.ref(end.state === 'done' ? 'rows_done' : 'rows_total'),
      }))
      .where('id', '=', importId)
      .execute();
    await transaction.deleteFrom('import_file').where('import_id', '=', importId).execute();
  });
}
