import type { Settings } from '../config/settings.ts';
import { awaitDatabase } from '../database/await-database.ts';
import { type Connection, connect } from '../database/connect.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../database/embedded.ts';
import { migrate } from '../database/migrate.ts';
import { leaveEmbedded } from './leave-embedded.ts';

/** A connection to the database in its newest shape. */
export interface OpenDatabase {
  /** Null where DATABASE_URL names another. */
  embedded: EmbeddedPostgres | null;
  databaseUrl: string;
  connection: Connection;
}

/** An outside database may be started at the same time as we, or be recovering from a crash. */
const patienceMs = 30_000;

/**
 * Opens the database that the settings name, starting the embedded one where it does not run yet, and brings it
 * to the newest shape. What is to be undone in the end is added to `stops`.
 */
export async function openDatabase(
  settings: Settings,
  poolSize: number,
  stops: (() => Promise<void>)[],
): Promise<OpenDatabase> {
  const embedded = settings.databaseUrl ? null : await startEmbeddedPostgres(`${settings.dataDir}/database`);
  const databaseUrl = settings.databaseUrl ?? embedded?.url;
  if (!databaseUrl) throw new Error('there is no database');
  if (embedded) stops.push(() => leaveEmbedded(embedded));
  await awaitDatabase(databaseUrl, patienceMs);
  const connection = connect(databaseUrl, poolSize);
  stops.push(() => connection.close());
  await migrate(connection.pool);
  return { embedded, databaseUrl, connection };
}
