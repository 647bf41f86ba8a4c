import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { moveRows } from '../users/move-rows.ts';
import type { PersonalData, UserMove } from '../users/people.ts';
import { endPassages } from './leave/end-passages.ts';
import { openCounts } from './runs/counts.sql.ts';
import { holdJourneyLane } from './runs/lane-lock.sql.ts';
import type { LeaveReason } from './runs/run.ts';

const tables = [
  'journey_run',
  'journey_date',
  'journey_run_ended',
  'journey_entry',
  'journey_not_entered',
  'journey_waiting',
  'journey_step',
  'journey_message',
  'journey_reply',
  'journey_draw',
  'journey_goal',
];

/**
 * Who is deleted leaves all journeys, and nothing of them stays; who is merged into somebody takes along passages that the other has none like; `journeyLanes`
 * holds the lanes. A passage stays in its lane: between lanes it is made anew.
 */
export const journeyData: PersonalData = {
  tables,
  moveUser,
  forgetUsers: async (transaction, { announce, lane, users, at }) => {
    const ids = users.map(({ id }) => id);
    await endAll(transaction, lane, ids, 'userDeleted', announce, at);
    for (const table of tables)
      await sql`DELETE FROM ${sql.table(table)} WHERE lane = ${lane} AND user_id = ANY (${ids}::bigint[])`.execute(
        transaction,
      );
  },
};

/**
 * Has the passages of their lanes to oneself before anybody moves or deletes what is theirs: what a tile does for somebody is then there to be moved and deleted,
 * or not begun. It acts before the capabilities below.
 */
export const journeyLanes: PersonalData = {
  tables: [],
  moveUser: holdLanes,
  forgetUsers: (transaction, { lane }) => holdJourneyLane(transaction, lane),
};

async function holdLanes(transaction: Database, { from, to }: UserMove): Promise<void> {
  for (const lane of [...new Set([from.lane, to.lane])].sort((a, b) => a - b))
    await holdJourneyLane(transaction, lane);
}

async function endAll(
  transaction: Database,
  lane: number,
  userIds: readonly number[],
  reason: LeaveReason,
  announce: UserMove['announce'],
  at: Date,
): Promise<void> {
  const { rows } = await sql<{ id: number; tile: string; journeyId: number }>`
    SELECT id, tile, journey_id AS "journeyId" FROM journey_run
    WHERE lane = ${lane} AND user_id = ANY (${userIds}::bigint[]) ORDER BY id FOR UPDATE`.execute(
    transaction,
  );
  const counts = openCounts();
  for (const { journeyId, tile } of rows) {
    counts.add(journeyId, tile, 'inside', -1);
    counts.add(journeyId, tile, `left ${reason}`);
  }
  await endPassages(
    transaction,
    announce,
    lane,
    rows.map(({ id, tile }) => ({ id, tile, reason, detail: null })),
    at,
  );
  await counts.write(transaction, lane);
}

/** Whose passages in one journey, with one key, stand side by side after a merge: that which began first goes on. */
async function moveUser(transaction: Database, move: UserMove): Promise<void> {
  const { from, to, announce, at } = move;
  const [theirs, own] = [await passagesOf(transaction, from), await passagesOf(transaction, to)];
  for (const passage of theirs) {
    const place = own.findIndex(
      ({ journeyId, key }) => journeyId === passage.journeyId && key === passage.key,
    );
    // Each is set against one other: where several may be under way at once, as many go on as one of them had.
    const [twin] = place < 0 ? [] : own.splice(place, 1);
    if (!twin) continue;
    const isFirst = passage.enteredAt < twin.enteredAt;
    const [lane, ending] = isFirst ? [to.lane, twin] : [from.lane, passage];
    const counts = openCounts();
    counts.add(ending.journeyId, ending.tile, 'inside', -1);
    counts.add(ending.journeyId, ending.tile, 'left merged');
    await endPassages(
      transaction,
      announce,
      lane,
      [{ id: ending.id, tile: ending.tile, reason: 'merged', detail: null }],
      at,
    );
    await counts.write(transaction, lane);
  }
  // What is counted of where they are goes to the lane where they are.
  const moved = await passagesOf(transaction, from);
  const [gone, come] = [openCounts(), openCounts()];
  for (const { journeyId, tile } of moved) {
    gone.add(journeyId, tile, 'inside', -1);
    come.add(journeyId, tile, 'inside');
  }
  await gone.write(transaction, from.lane);
  await come.write(transaction, to.lane);
  await sql`
    UPDATE journey_run SET wake_at = ${at} WHERE lane = ${from.lane} AND user_id = ${from.id} AND stuck IS NULL`.execute(
    transaction,
  );
  for (const table of tables)
    if (table !== 'journey_entry' && table !== 'journey_date')
      await moveRows(transaction, sql.table(table), move);
  await sql`
    UPDATE journey_entry e SET entries = e.entries + f.entries, last_entered_at = greatest(e.last_entered_at, f.last_entered_at)
    FROM (SELECT journey_id, key, entries, last_entered_at FROM journey_entry WHERE lane = ${from.lane} AND user_id = ${from.id}) f
    WHERE e.lane = ${to.lane} AND e.user_id = ${to.id} AND e.journey_id = f.journey_id AND e.key = f.key`.execute(
    transaction,
  );
  await moveRows(transaction, sql.table('journey_entry'), move);
  // What has let either of them in lets the one person in no more; their date is looked at with the merge that is told.
  await sql`
    UPDATE journey_date d SET used = d.used || f.used
    FROM (SELECT journey_id, used FROM journey_date WHERE lane = ${from.lane} AND user_id = ${from.id}) f
    WHERE d.lane = ${to.lane} AND d.user_id = ${to.id} AND d.journey_id = f.journey_id`.execute(transaction);
  await moveRows(transaction, sql.table('journey_date'), move);
}

async function passagesOf(
  db: Database,
  { lane, id }: UserMove['from'],
): Promise<{ id: number; journeyId: number; key: string; tile: string; enteredAt: Date }[]> {
  const { rows } = await sql<{ id: number; journeyId: number; key: string; tile: string; enteredAt: Date }>`
    SELECT id, journey_id AS "journeyId", key, tile, entered_at AS "enteredAt" FROM journey_run
    WHERE lane = ${lane} AND user_id = ${id} ORDER BY id FOR UPDATE`.execute(db);
  return rows;
}
