import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Schema } from './schema.ts';

/** The program's database: typed queries through Kysely, sets through its `sql` tag. */
export type Database = Kysely<Schema>;

const int8 = 20;
// Ids are bigint in the database and stay far below 2^53.
pg.types.setTypeParser(int8, Number);

/** A database handle with the pool beneath it. */
export interface Connection {
  db: Database;
  pool: pg.Pool;
  /** Waits for running queries, then closes every connection. */
  close(): Promise<void>;
}

/**
 * Opens a pool of at most `size` connections to `url`. Nothing is connected until the first query. Commits wait
 * for the disk unless they are `relaxed`: then a database that dies may forget the last second's, in order.
 */
export function connect(url: string, size: number, commits: 'durable' | 'relaxed' = 'durable'): Connection {
  const options = commits === 'relaxed' ? '-c synchronous_commit=off' : undefined;
  const pool = new pg.Pool({ connectionString: url, max: size, application_name: 'carillon', options });
  // A connection that dies while idle is replaced at the next query; the query's own error is what counts.
  pool.on('error', () => undefined);
  // The pool hears only idle ones: one that dies while somebody holds it, between two queries, would otherwise
  // end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return { db, pool, close: () => db.destroy() };
}
