import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { lockClasses } from '../../database/lock-classes.ts';
import { lanes } from '../../lanes/lanes.ts';

/*
 * Whoever lets people enter, or has them wait for something, has the lane to themselves from before the look at what has happened to the end of
 * the transaction. What happens takes people out of journeys in its own transaction and shares the lane: so it either sees who is inside, or is
 * seen by who lets them in. So does whoever else writes passages: who has the lane to themselves holds no row of them. Rows of users are locked before
 * the lane is, never after it.
 */

/** Has a lane's passages to oneself, to the transaction's end. */
export async function holdJourneyLane(transaction: Database, lane: number): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${lockClasses.journeys}::int, ${lane}::int)`.execute(transaction);
}

/** Locks the rows of people of one lane, whom a tile is to change; before the lane is held. */
export async function lockPeople(
  transaction: Database,
  { projectId, lane }: { projectId: number; lane: number },
  people: readonly { userId: number }[],
): Promise<void> {
  await sql`
    SELECT 1 FROM users WHERE lane = ${lane} AND project_id = ${projectId} AND id = ANY (${people.map(({ userId }) => userId)}::bigint[])
    ORDER BY id FOR UPDATE`.execute(transaction);
}

/** Resolves when all who had a lane to themselves as it was called are through, lane after lane: what they had seen is written. */
export async function passLanes(db: Database): Promise<void> {
  // Each statement is a transaction of its own.
  for (const lane of lanes) await shareJourneyLane(db, lane);
}

/** Shares a lane with others that take people out, or write passages, to the transaction's end. */
export async function shareJourneyLane(transaction: Database, lane: number): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock_shared(${lockClasses.journeys}::int, ${lane}::int)`.execute(
    transaction,
  );
}
