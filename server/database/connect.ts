import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
  type TransactionSettings,
} from 'kysely';
import pg from 'pg';
import { type ClientSource, preparing } from './prepared.ts';
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
 * How sessions that do the program's work are opened. To compile a definition of many conditions takes seconds where to ask it takes milliseconds; a
 * PostgreSQL that is not told otherwise does so (`jit`).
 */
export const sessionOptions = '-c jit=off';

/**
 * Opens a pool of at most `size` connections to `url`. Nothing is connected until the first query. Commits wait
 * for the disk unless they are `relaxed`: then a database that dies may forget the last second's, in order.
 */
export function connect(url: string, size: number, commits: 'durable' | 'relaxed' = 'durable'): Connection {
  const options = [sessionOptions, ...(commits === 'relaxed' ? ['-c synchronous_commit=off'] : [])].join(' ');
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    application_name: 'carillon',
    options,
    pipeline: true,
  });
  // A connection that dies while idle is replaced at the next query; the query's own error is what counts.
  pool.on('error', () => undefined);
  // The pool hears only idle ones: one that dies while somebody holds it, between two queries, would otherwise
  // end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = openKysely(pool);
  return { db, pool, close: () => db.destroy() };
}

/** Queries over connections in pipeline mode. */
export function openKysely(source: ClientSource): Database {
  return new Kysely<Schema>({ dialect: new PromptDialect({ pool: preparing(source) }) });
}

/** Begins transactions without waiting: `BEGIN` goes ahead of the first statement on the same wire, and fails with it. */
class PromptDriver extends PostgresDriver {
  override async beginTransaction(
    connection: DatabaseConnection,
    settings: TransactionSettings,
  ): Promise<void> {
    const { isolationLevel, accessMode = '' } = settings;
    const level = isolationLevel ? `isolation level ${isolationLevel}` : '';
    connection.executeQuery(CompiledQuery.raw(`begin ${level} ${accessMode}`.trim())).catch(() => undefined);
  }
}

class PromptDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig;

  constructor(config: PostgresDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): PostgresDriver {
    return new PromptDriver(this.#config);
  }
}
