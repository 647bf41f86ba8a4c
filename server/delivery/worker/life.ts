import pg from 'pg';
import { dispatcherLockClass } from '../doubt/settle-doubt.ts';

/** A worker's sign of life: a connection that holds the lock on its number. */
export interface Life {
  /** The worker's number; changes when the connection was lost, since what went before is then in doubt. */
  readonly number: number;
  /** Whether the sign still stands; without it nothing may be put on the wire. */
  readonly stands: boolean;
  end(): Promise<void>;
}

/** Takes a number nobody has and holds its lock. Throws when the database cannot be reached. */
export async function beginLife(url: string): Promise<Life> {
  const client = new pg.Client({ connectionString: url, application_name: 'carillon worker' });
  let stands = true;
  client.on('error', () => {
    stands = false;
  });
  client.on('end', () => {
    stands = false;
  });
  await client.connect();
  const { rows } = await client.query<{ number: string }>("SELECT nextval('dispatcher_seq')::int AS number");
  const number = Number(rows[0]?.number);
  await client.query('SELECT pg_advisory_lock($1, $2)', [dispatcherLockClass, number]);
  return {
    number,
    get stands() {
      return stands;
    },
    end: () => client.end().catch(() => undefined),
  };
}
