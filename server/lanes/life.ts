import pg from 'pg';
import type { Clock } from '../clock/clock.ts';
import { lockClasses } from '../database/lock-classes.ts';
import { flowNumber } from './lane-work.ts';

/** A worker's sign of life: a connection that holds the lock on its number. */
export interface Life {
  /** The worker's number; changes when the connection was lost, since what went before is then in doubt. */
  readonly number: number;
  /** Whether the sign still stands; without it nothing may be put on the wire. */
  readonly stands: boolean;
  /** Whether no other worker of the database runs one of the same flows: told by a look of this moment, else taken to be false. */
  readonly alone: boolean;
  /** Looks again who else lives. */
  lookAround(): Promise<void>;
  end(): Promise<void>;
}

/** How long a worker goes by having found itself alone. */
const aloneMs = 2_500;
/** By then no other worker goes by a look that did not find this one. */
const introductionMs = 3_000;

/** SQL of the numbers of workers that live. */
export const livingWorkers = `
  SELECT objid::int AS number FROM pg_locks
  WHERE locktype = 'advisory' AND classid = ${lockClasses.life}::oid AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

/**
 * Takes a number nobody has and holds its lock, and shares those of its flows. Where others run one of them already it
 * waits until they know of it, since a worker alone may keep in mind what several must ask the database for. Throws when
 * the database cannot be reached.
 */
export async function beginLife(url: string, clock: Clock, flows: readonly string[]): Promise<Life> {
  const client = new pg.Client({ connectionString: url, application_name: 'carillon worker' });
  let stands = true;
  client.on('error', () => {
    stands = false;
  });
  client.on('end', () => {
    stands = false;
  });
  await client.connect();
  const { rows } = await client.query<{ number: string }>("SELECT nextval('worker_seq')::int AS number");
  const number = Number(rows[0]?.number);
  await client.query('SELECT pg_advisory_lock($1, $2)', [lockClasses.life, number]);
  const shared = flows.map(flowNumber);
  await client.query('SELECT pg_advisory_lock_shared($1, unnest($2::int[]))', [lockClasses.sameFlow, shared]);
  let aloneAt = Number.NEGATIVE_INFINITY;
  const isAlone = () => clock.now().getTime() - aloneAt < aloneMs;
  const lookAround = async () => {
    const at = clock.now().getTime();
    const { rows: shares } = await client.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM pg_locks
       WHERE locktype = 'advisory' AND classid = $1::oid AND objid::int = ANY ($2::int[]) AND granted
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      [lockClasses.sameFlow, shared],
    );
    aloneAt = shares[0]?.count === shared.length ? at : Number.NEGATIVE_INFINITY;
  };
  await lookAround();
  if (!isAlone()) await clock.sleep(introductionMs);
  return {
    number,
    get stands() {
      return stands;
    },
    get alone() {
      return isAlone();
    },
    lookAround,
    end: () => client.end().catch(() => undefined),
  };
}
