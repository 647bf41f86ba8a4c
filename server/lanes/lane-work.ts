import { type RawBuilder, sql } from 'kysely';
import pg from 'pg';
import { type Database, openKysely, sessionOptions } from '../database/connect.ts';
import { lockClasses } from '../database/lock-classes.ts';
import { sendTogether } from '../database/send-together.ts';
import { fnv1a, laneCount } from './lanes.ts';

/** A connection that one runner has to itself; the locks it takes die with it. */
export interface LaneConnection {
  db: Database;
  /**
   * Sends statements without waiting for the answer to the one before, and resolves to the rows of each: as many
   * round trips are saved. The first that fails rejects; inside a transaction those after it fail too.
   */
  together(...statements: RawBuilder<unknown>[]): Promise<unknown[][]>;
  /** Ends it at once, whatever it holds. */
  end(): Promise<void>;
}

/** Opens a connection to `url` for one runner of a flow. Rejects when the database cannot be reached. */
export async function openLaneConnection(url: string, flow = 'lanes'): Promise<LaneConnection> {
  const client = new pg.Client({
    connectionString: url,
    application_name: `carillon ${flow}`,
    options: sessionOptions,
    pipeline: true,
  });
  // A connection that dies is noticed by the next statement on it.
  client.on('error', () => undefined);
  await client.connect();
  const held = Object.assign(client, { release: () => undefined });
  const pool = { options: {}, connect: async () => held, end: async () => undefined };
  const db = openKysely(pool);
  return {
    db,
    together: async (...statements) => {
      const results = await sendTogether(db, (send) => Promise.all(statements.map(send)));
      return results.map((result) => result.rows);
    },
    end: () => client.end().catch(() => undefined),
  };
}

/** As many flows can be told apart as leave room for the lanes in half a lock's key. */
const flowNumbers = 2 ** 24;

/** A flow's number in locks, by its name, so that capabilities bring flows without knowing of each other. */
export const flowNumber = (flow: string): number => fnv1a(flow) % flowNumbers;

/** Two-part key of the advisory lock by which one worker has a lane's flow to itself. */
function laneLock(lane: number, flow: string): RawBuilder<unknown> {
  return sql`${lockClasses.lane}::int, ${flowNumber(flow) * laneCount + lane}::int`;
}

/** Statement that takes a lane's flow if nobody has it; one row, `taken`. */
function takeLane(lane: number, flow: string): RawBuilder<{ taken: boolean }> {
  return sql`SELECT pg_try_advisory_lock(${laneLock(lane, flow)}) AS taken`;
}

/**
 * The same, and when it was taken waits besides until no opt-out is under way in the lane, so that none can
 * commit from now on until `leaveLaneAndGate`. See `closeLaneGate` for the other side.
 */
export function takeLaneAndGate(lane: number, flow: string): RawBuilder<{ taken: boolean }> {
  return sql`
    SELECT l.taken, CASE WHEN l.taken THEN pg_advisory_lock_shared(${lockClasses.laneGate}::int, ${lane}::int)::text END
    FROM (SELECT pg_try_advisory_lock(${laneLock(lane, flow)}) AS taken OFFSET 0) l`;
}

/** Statement that gives back what `takeLaneAndGate` took. */
export function leaveLaneAndGate(lane: number, flow: string): RawBuilder<unknown> {
  return sql`
    SELECT pg_advisory_unlock_shared(${lockClasses.laneGate}::int, ${lane}::int), pg_advisory_unlock(${laneLock(lane, flow)})`;
}

/** Statement that has a lane's flow for the rest of the transaction, as soon as nobody else has it. */
export function waitForLane(lane: number, flow: string): RawBuilder<unknown> {
  return sql`SELECT pg_advisory_xact_lock(${laneLock(lane, flow)})`;
}

/**
 * Runs `work` on a runner's connection while no other worker has this lane's flow; returns null at once when
 * another has it. A connection on which `work` failed must be ended: it may still hold the lane.
 */
export async function withLane<T>(
  connection: LaneConnection,
  lane: number,
  flow: string,
  work: () => Promise<T>,
): Promise<T | null> {
  const { rows } = await takeLane(lane, flow).execute(connection.db);
  if (!rows[0]?.taken) return null;
  const result = await work();
  await sql`SELECT pg_advisory_unlock(${laneLock(lane, flow)})`.execute(connection.db);
  return result;
}
