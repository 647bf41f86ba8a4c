import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { here } from '../../lanes/here.sql.ts';
import { sendByLane } from '../../users/by-lane.ts';
import { type UpsertOutcome, warningText } from '../../users/prepare-update.ts';
import { upsertUsers } from '../../users/upsert-users.ts';
import { addMembers } from '../list-members.ts';
import type { TakenRow } from './batch-consent.ts';
import type { TableRow } from './file/table.ts';
import type { ReportLine } from './report-lines.ts';
import type { ReadRow } from './row-reading.ts';
import type { ImportContext, Run } from './run.ts';

/** A row and how it was read. */
export interface BatchRow {
  row: TableRow;
  read: ReadRow;
}

/** What the report says of a batch whose people are taken, and the rows whose consent is still to be recorded. */
export interface TakenBatch {
  lines: ReportLine[];
  rows: TakenRow[];
}

/**
 * Takes the people of a batch of rows, onto their list and with what is kept for an undoing, all in one transaction.
 * Doing one batch twice changes nothing.
 */
export async function takePeople(
  { people }: ImportContext,
  run: Run,
  batch: readonly BatchRow[],
): Promise<TakenBatch> {
  const at = run.now();
  const sound = batch.filter(({ read }) => !read.refusal);
  const outcomes = await upsertUsers(
    people,
    run.projectId,
    sound.map(({ read }) => read.update),
    { defaultCountry: run.reading.defaultCountry },
    at,
    async (transaction, made) => {
      const users = made.flatMap((outcome) => (outcome.ok ? outcome.user : []));
      const listed =
        run.listId === null
          ? new Set<number>()
          : await addMembers({ ...people, db: transaction }, run.projectId, run.listId, users, at);
      await noteUsers(transaction, run.id, made, listed, at);
    },
  );
  const outcomeOf = new Map(sound.map(({ row }, index) => [row.number, outcomes[index]!]));
  const lines = batch.flatMap(({ row, read }) => linesOf(run, row, read, outcomeOf.get(row.number)));
  const rows = batch.map(({ row, read }): TakenRow => {
    const outcome = outcomeOf.get(row.number);
    return { number: row.number, read, user: outcome?.ok ? { ...outcome.user, ...outcome.addresses } : null };
  });
  return { lines, rows };
}

function linesOf(run: Run, row: TableRow, read: ReadRow, outcome: UpsertOutcome | undefined): ReportLine[] {
  const line = (remark: { field: string; value: string; reason: string }, result: ReportLine['outcome']) => ({
    ...{ rowNumber: row.number, outcome: result },
    ...remark,
  });
  if (read.refusal) return [line({ value: '', ...read.refusal }, 'refused')];
  if (outcome && !outcome.ok) {
    const text = warningText(outcome);
    // Of somebody who was forgotten the report keeps the row's number alone.
    return [line(outcome.code === 'ForgottenUserError' ? { ...text, value: '' } : text, 'refused')];
  }
  const repeated = run.reading.scan.repeated.get(row.number);
  const again = repeated && {
    ...{ field: repeated.field, value: repeated.value },
    reason: `the same ${repeated.field} as row ${repeated.first}; rows apply in their order, so that this one is what stays`,
  };
  const leftOut = (outcome?.ok ? outcome.warnings : []).map((warning) => {
    const text = warningText(warning);
    return { ...text, reason: `${text.reason}; the person was taken without it` };
  });
  return [...(again ? [again] : []), ...leftOut, ...read.warnings].map((remark) => line(remark, 'warning'));
}

/** Keeps whom the import made and put on its list, so that it can be undone. */
async function noteUsers(
  db: Database,
  importId: number,
  outcomes: readonly UpsertOutcome[],
  listed: ReadonlySet<number>,
  at: Date,
): Promise<void> {
  const people = new Map<number, { lane: number; id: number; created: boolean }>();
  for (const outcome of outcomes)
    if (outcome.ok) {
      const created = outcome.created || (people.get(outcome.user.id)?.created ?? false);
      people.set(outcome.user.id, { ...outcome.user, created });
    }
  await sendByLane(
    db,
    people.values(),
    ({ lane }) => lane,
    (lane, group) => sql`
      INSERT INTO import_user (lane, import_id, user_id, created, listed, touched_at)
      SELECT here.lane, ${importId}::int, p.*, ${at}::timestamptz FROM ${here(lane)} CROSS JOIN unnest(${group.map(({ id }) => id)}::bigint[],
        ${group.map(({ created }) => created)}::boolean[], ${group.map(({ id }) => listed.has(id))}::boolean[]) AS p
      ON CONFLICT (lane, import_id, user_id) DO UPDATE SET touched_at = excluded.touched_at,
        created = import_user.created OR excluded.created, listed = import_user.listed OR excluded.listed`,
  );
}
