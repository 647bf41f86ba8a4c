import { sql } from 'kysely';
import type { Clock } from '../clock/clock.ts';
import type { Secrets } from '../config/secrets.ts';
import type { Settings } from '../config/settings.ts';
import type { Database } from '../database/connect.ts';
import { insertKey, newKey } from '../projects/api-key.ts';
import { insertProject } from '../projects/project.ts';
import { insertFirstSenders } from '../senders/first-senders.ts';

/** Where the simulator listens. */
export interface SimulatorAddress {
  url: string;
  smtp: { host: string; port: number };
}

/** Any fixed number: the advisory lock under which one process makes the first project. */
const firstStartLock = 0x6669_7273;

/**
 * Makes the first project, its key and its senders on an empty database. Returns the key when it was made just
 * now, null when the project was there. Several processes may start at once: one of them makes it.
 */
export async function firstStart(
  db: Database,
  settings: Settings,
  secrets: Secrets,
  clock: Clock,
  simulator: SimulatorAddress,
): Promise<string | null> {
  return db.connection().execute(async (connection) => {
    await sql`SELECT pg_advisory_lock(${firstStartLock})`.execute(connection);
    try {
      const there = await connection.selectFrom('api_key').select('id').limit(1).executeTakeFirst();
      if (there) return null;
      const at = clock.now();
      const key = settings.apiKey ?? newKey();
      const projectId = await insertProject(db, { name: 'First project', brand: 'Carillon', at });
      await insertFirstSenders(db, {
        projectId,
        simulatorUrl: simulator.url,
        simulatorSmtp: simulator.smtp,
        secrets,
        at,
      });
      // Last, since its row is what says that all is done.
      await insertKey(db, { projectId, name: 'first', kind: 'server', key, at });
      return key;
    } finally {
      await sql`SELECT pg_advisory_unlock(${firstStartLock})`.execute(connection);
    }
  });
}
