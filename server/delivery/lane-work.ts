import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { laneGateClass, laneLockClass } from '../database/lane-locks.ts';
import { laneCount } from '../database/lanes.ts';

/**
 * The two flows of a lane. Each has a lock of its own, so that a transactional message never waits for a
 * promotional batch; receipts and admissions are the promotional flow's.
 */
export type Flow = 'transactional' | 'promotional';

/**
 * Runs `work` on one connection while no other worker has this lane's flow; returns null at once when another
 * has it. The lock belongs to the connection and dies with it.
 */
export async function withLane<T>(
  db: Database,
  lane: number,
  flow: Flow,
  work: (connection: Database) => Promise<T>,
): Promise<T | null> {
  const key = flow === 'transactional' ? lane : lane + laneCount;
  return db.connection().execute(async (connection) => {
    const { rows } = await sql<{ taken: boolean }>`
      SELECT pg_try_advisory_lock(${laneLockClass}, ${key}) AS taken`.execute(connection);
    if (!rows[0]?.taken) return null;
    try {
      return await work(connection);
    } finally {
      await sql`SELECT pg_advisory_unlock(${laneLockClass}, ${key})`.execute(connection);
    }
  });
}

/**
 * Runs `work` while no opt-out of this lane can commit: from the last look at consent until the posts have
 * left. See `closeLaneGate` for the other side.
 */
export async function throughLaneGate<T>(
  connection: Database,
  lane: number,
  work: () => Promise<T>,
): Promise<T> {
  await sql`SELECT pg_advisory_lock_shared(${laneGateClass}, ${lane})`.execute(connection);
  try {
    return await work();
  } finally {
    await sql`SELECT pg_advisory_unlock_shared(${laneGateClass}, ${lane})`.execute(connection);
  }
}
