import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { lockClasses } from '../database/lock-classes.ts';

/*
 * A lane's gate stands between an opt-out and messages on their way: a worker shares it from its last look at consent
 * until the posts have left (`takeLaneAndGate`); an opt-out takes it alone before it commits. So whatever leaves after an
 * opt-out's commit was looked at after it.
 */

/** Waits until nothing of this lane is between its consent check and the wire; held to the transaction's end. */
export async function closeLaneGate(transaction: Database, lane: number): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${lockClasses.laneGate}, ${lane})`.execute(transaction);
}

/**
 * Waits until whatever was between its last look and the wire when this was called has left: every claim that begins
 * afterwards sees what was committed before. Where a gate is closed (to an opt-out, or to who writes what an earlier brake
 * means to each person) nothing is on its way.
 */
export async function letDepart(db: Database): Promise<void> {
  const { rows } = await sql<{ lane: number }>`
    SELECT DISTINCT objid::int AS lane FROM pg_locks
    WHERE locktype = 'advisory' AND classid::bigint = ${lockClasses.laneGate} AND objsubid = 2 AND granted
      AND mode = 'ShareLock'
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`.execute(db);
  await Promise.all(
    rows.map(({ lane }) => db.transaction().execute((transaction) => closeLaneGate(transaction, lane))),
  );
}
