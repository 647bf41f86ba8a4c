import { sql } from 'kysely';
import { recordWishes } from '../../consent/ledger.ts';
import { targetText } from '../../consent/standing.ts';
import { addressFor, mediaOfTargets } from '../../consent/targets.ts';
import type { Wish } from '../../consent/wish.ts';
import type { Database } from '../../database/connect.ts';
import type { Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import { byLane } from '../../users/by-lane.ts';
import { type FieldType, listFields } from '../../users/field-types.ts';
import { loadUsers } from '../../users/find-users.ts';
import { type RowWarning, type UpsertOutcome, warningText } from '../../users/prepare-update.ts';
import { upsertUsers } from '../../users/upsert-users.ts';
import { addMembers } from '../list-members.ts';
import { mapColumns } from './columns.ts';
import { storedFile } from './import-file.ts';
import { type ImportOptions, readOptions, requireStatedConsent } from './options.ts';
import { type CsvRow, fileFault, inspectCsv, readRows, takeHeader } from './read-csv.ts';
import { type ReadRow, readRow } from './row-reading.ts';

const batchSize = 1000;

/** What an import runs on. */
export type ImportContext = Pick<Context, 'db' | 'clock' | 'announce' | 'log'>;

/** An import under way. */
interface Run {
  id: number;
  projectId: number;
  fileName: string;
  defaultCountry: string;
  listId: number | null;
  options: ImportOptions;
  meanings: string[];
  types: Map<string, FieldType>;
  media: Map<string, string>;
  /** Row that first named an identity, to tell repeated ones. */
  seen: Map<string, number>;
}

interface BatchRow {
  row: CsvRow;
  read: ReadRow;
  /** What the report says of it when it is taken. */
  warnings: ReportLine[];
}

interface ReportLine {
  rowNumber: number;
  outcome: 'refused' | 'warning';
  field: string;
  value: string;
  reason: string;
}

/**
 * Takes the rows of an import that are not taken yet, a thousand at a time, counting each batch when it is done.
 * Broken off and run again it goes on behind the last counted batch; doing one batch twice changes nothing. A
 * second run beside it notices the first and ends. A file that cannot be read ends as failed with the reason.
 */
export async function runImport(context: ImportContext, importId: number): Promise<void> {
  const { db } = context;
  const row = await db
    .selectFrom('import')
    .innerJoin('project', 'project.id', 'import.project_id')
    .select(['import.id', 'project_id', 'file_name', 'options', 'state', 'rows_done', 'default_country'])
    .where('import.id', '=', importId)
    .executeTakeFirst();
  if (!row || row.state === 'done' || row.state === 'failed') return;
  const options = readOptions(JSON.stringify(row.options));
  const chunks = storedFile(db, importId);
  try {
    const shape = await inspectCsv(chunks);
    await db
      .updateTable('import')
      .set({ state: 'running', rows_total: Math.max(0, shape.lines - 1) })
      .where('id', '=', importId)
      .execute();
    const rows = readRows(chunks, shape);
    const meanings = mapColumns(await takeHeader(rows), options.mapping);
    requireStatedConsent(options, meanings);
    const run: Run = {
      id: importId,
      projectId: row.project_id,
      fileName: row.file_name,
      defaultCountry: options.defaultCountry ?? row.default_country,
      listId: options.listId ?? null,
      options,
      meanings,
      types: await listFields(db, row.project_id),
      media: await mediaOfTargets(db, row.project_id),
      seen: new Map(),
    };
    const from = { done: row.rows_done, resumed: row.state === 'running' };
    if (await takeRows(context, run, rows, from)) await endImport(context, importId, { state: 'done' });
  } catch (error) {
    const unproven = error instanceof ApiError && error.code === 'ConsentRequired';
    const fault = unproven ? error.message : fileFault(error);
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
  rows: AsyncIterable<CsvRow>,
  from: { done: number; resumed: boolean },
): Promise<boolean> {
  const { db, clock } = context;
  let done = 0;
  let batch: BatchRow[] = [];
  const flush = async () => {
    const start = done - batch.length;
    const taken = await takeBatch(context, run, batch, clock.now(), from.resumed && start === from.done);
    const counted = await countBatch(db, run.id, start, batch.length, taken);
    batch = [];
    return counted;
  };
  for await (const row of rows) {
    const read = readRow(row.cells, run.meanings, run.types, run.options, clock.now());
    const repeated = noteSeen(run.seen, row, read);
    if (++done <= from.done) continue;
    const warnings = read.warnings.map(
      (warning): ReportLine => ({ rowNumber: row.number, outcome: 'warning', ...warning }),
    );
    batch.push({ row, read, warnings: repeated ? [repeated, ...warnings] : warnings });
    if (batch.length === batchSize && !(await flush())) return false;
  }
  return batch.length === 0 || flush();
}

const seenAtMost = 3_000_000;

function noteSeen(seen: Map<string, number>, row: CsvRow, { update, refusal }: ReadRow): ReportLine | null {
  if (refusal) return null;
  const named = [
    { field: 'userId', value: update.userId },
    { field: 'email', value: update.email?.toLowerCase() },
    { field: 'phoneNumber', value: update.phone?.replaceAll(/[^\d+]/g, '') },
  ];
  let repeated: ReportLine | null = null;
  for (const { field, value } of named) {
    if (!value) continue;
    const first = seen.get(`${field}:${value}`);
    if (first !== undefined && !repeated) {
      const reason = `the same ${field} as row ${first}; rows apply in their order, so that this one is what stays`;
      repeated = { rowNumber: row.number, outcome: 'warning', field, value, reason };
    }
    if (first === undefined && seen.size < seenAtMost) seen.set(`${field}:${value}`, row.number);
  }
  return repeated;
}

async function takeBatch(
  context: ImportContext,
  run: Run,
  whole: BatchRow[],
  at: Date,
  maybeDoneBefore: boolean,
): Promise<ReportLine[]> {
  const { db } = context;
  const unreadable = whole.flatMap(({ row, read }): ReportLine[] =>
    read.refusal ? [{ rowNumber: row.number, outcome: 'refused', value: '', ...read.refusal }] : [],
  );
  const batch = whole.filter(({ read }) => !read.refusal);
  const updates = batch.map(({ read }) => read.update);
  const outcomes = await upsertUsers(db, run.projectId, updates, { defaultCountry: run.defaultCountry }, at);
  const lines = outcomes.flatMap((outcome, index): ReportLine[] => {
    const { row, warnings } = batch[index]!;
    const line = (kind: ReportLine['outcome'], told: RowWarning): ReportLine => ({
      ...{ rowNumber: row.number, outcome: kind },
      ...warningText(told),
    });
    if (!outcome.ok) return [line('refused', outcome)];
    return [...warnings, ...outcome.warnings.map((warning) => line('warning', warning))];
  });
  const users = outcomes.flatMap((outcome) => (outcome.ok ? outcome.user : []));
  if (run.listId !== null) await addMembers(db, run.listId, users, at);
  const wishes = await wishesOf(db, run, batch, outcomes);
  const fresh = maybeDoneBefore ? await withoutRecorded(db, wishes) : wishes;
  const recorded = await recordWishes(
    context,
    fresh.map(({ wish }) => wish),
    at,
  );
  recorded.forEach((outcome, index) => {
    const { rowNumber } = fresh[index]!;
    if (outcome.outcome === 'optOutStands')
      lines.push({
        ...{ rowNumber, outcome: 'warning', field: 'optIn', value: '' },
        reason: `opted out on ${outcome.since.toISOString()}; that stands, for the file shows no newer consent`,
      });
    if (outcome.outcome === 'unknownTarget')
      lines.push({
        ...{ rowNumber, outcome: 'warning', field: 'optIn', value: '' },
        reason: 'the message type is not of this project; no consent was recorded',
      });
  });
  return [...unreadable, ...lines];
}

interface RowWish {
  rowNumber: number;
  wish: Wish;
}

async function wishesOf(
  db: Database,
  run: Run,
  batch: BatchRow[],
  outcomes: UpsertOutcome[],
): Promise<RowWish[]> {
  const stated = run.options.consent;
  if (!stated) return [];
  const users = await loadUsers(
    db,
    run.projectId,
    outcomes.flatMap((outcome) => (outcome.ok ? outcome.user : [])),
  );
  return batch.flatMap(({ row, read: { consent } }, index) => {
    const outcome = outcomes[index]!;
    const user = outcome.ok ? users.get(outcome.user.id) : undefined;
    if (!consent || !outcome.ok || !user) return [];
    // Consent to texts is given for the number of the row: where that is unreadable, there is none to record.
    const numberLost = outcome.warnings.some((warning) => warning.field === 'phoneNumber');
    const isForLost = (targetId: number) =>
      numberLost &&
      consent.action === 'optIn' &&
      run.media.get(targetText('messageType', targetId)) !== 'email';
    const source = `${consent.source} (import ${run.id}, ${run.fileName}, row ${row.number})`;
    const method = consent.action === 'optIn' ? consent.method : 'import';
    const wording = consent.action === 'optIn' ? consent.wording : null;
    const ip = consent.action === 'optIn' ? consent.ip : null;
    const targets = stated.messageTypeIds.filter((targetId) => !isForLost(targetId));
    return targets.map((targetId) => ({
      rowNumber: row.number,
      wish: {
        ...{ lane: user.lane, userId: user.id, projectId: run.projectId, action: consent.action },
        ...{
          kind: 'messageType' as const,
          targetId,
          method,
          source,
          wording,
          ip,
          happenedAt: consent.happenedAt,
        },
        address: addressFor(user, run.media.get(targetText('messageType', targetId))),
      },
    }));
  });
}

/** Leaves out wishes that a run which then broke off has put into the ledger: their source names their row. */
async function withoutRecorded(db: Database, wishes: RowWish[]): Promise<RowWish[]> {
  const known = new Set<string>();
  for (const [lane, group] of byLane(wishes, ({ wish }) => wish.lane)) {
    const { rows } = await sql<{ source: string; targetId: number }>`
      SELECT source, target_id AS "targetId" FROM consent_entry
      WHERE lane = ${lane} AND user_id = ANY(${group.map(({ wish }) => wish.userId)}::bigint[])
        AND source = ANY(${group.map(({ wish }) => wish.source)}::text[])`.execute(db);
    for (const row of rows) known.add(`${row.targetId} ${row.source}`);
  }
  return wishes.filter(({ wish }) => !known.has(`${wish.targetId} ${wish.source}`));
}

/** Counts a batch and writes its report, unless another run has counted it: then false. */
async function countBatch(
  db: Database,
  importId: number,
  doneBefore: number,
  size: number,
  lines: ReportLine[],
): Promise<boolean> {
  const refused = lines.filter((line) => line.outcome === 'refused').length;
  return db.transaction().execute(async (transaction) => {
    const counted = await transaction
      .updateTable('import')
      .set((column) => ({
        rows_done: column('rows_done', '+', size),
        rows_taken: column('rows_taken', '+', size - refused),
        rows_refused: column('rows_refused', '+', refused),
      }))
      .where('id', '=', importId)
      .where('rows_done', '=', doneBefore)
      .executeTakeFirst();
    if (counted.numUpdatedRows === 0n) return false;
    if (lines.length > 0)
      await sql`
        INSERT INTO import_row_report (import_id, row_number, outcome, field, value, reason)
        SELECT ${importId}, r.* FROM unnest(${lines.map((line) => line.rowNumber)}::int[],
          ${lines.map((line) => line.outcome)}::text[], ${lines.map((line) => line.field)}::text[],
          ${lines.map((line) => line.value)}::text[], ${lines.map((line) => line.reason)}::text[]) AS r
        ON CONFLICT DO NOTHING`.execute(transaction);
    return true;
  });
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
