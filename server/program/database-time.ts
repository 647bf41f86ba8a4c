import type { Clock } from '../clock/clock.ts';
import { openDatabaseClock } from '../clock/database-clock.ts';
import type { Database } from '../database/connect.ts';
import { databaseTime } from '../database/database-time.sql.ts';

/** A clock that shows the database's time for as long as its connections are open; how it is ended is added to `stops`. */
export async function keepDatabaseTime(db: Database, stops: (() => Promise<void>)[]): Promise<Clock> {
  const clock = await openDatabaseClock(() => databaseTime(db));
  stops.push(async () => clock.close());
  return clock;
}
