import { sql } from 'kysely';
import type { Clock } from '../clock/clock.ts';
import type { Secrets } from '../config/secrets.ts';
import { insertProject } from '../consent/new-project.ts';
import type { Database } from '../database/connect.ts';
import { lockClasses } from '../database/lock-classes.ts';
import { insertKey } from '../projects/api-key.ts';
import type { SimulatorPlace } from '../providers/simulated.ts';
import type { Wires } from '../providers/wires.ts';
import { insertFirstSenders } from '../senders/first-senders.ts';

/** What a project is made with. */
export interface ProjectGround {
  db: Database;
  secrets: Secrets;
  clock: Clock;
  simulator: SimulatorPlace;
  wires: Wires;
}

/** Runs `work` while no other process makes a project. */
export async function whileMaking<T>(db: Database, work: (connection: Database) => Promise<T>): Promise<T> {
  return db.connection().execute(async (connection) => {
    await sql`SELECT pg_advisory_lock(${lockClasses.newProject}, 0)`.execute(connection);
    try {
      return await work(connection);
    } finally {
      await sql`SELECT pg_advisory_unlock(${lockClasses.newProject}, 0)`.execute(connection);
    }
  });
}

/**
 * Makes a project with all it starts with: channels, message types, simulated senders and one server-side key.
 * Returns its id. The caller holds the lock (`whileMaking`).
 */
export async function makeProject(
  { db, secrets, clock, simulator, wires }: ProjectGround,
  project: { name: string; brand: string; key: string },
): Promise<number> {
  const at = clock.now();
  const projectId = await insertProject(db, { name: project.name, brand: project.brand, at });
  await insertFirstSenders(db, { projectId, simulator, wires, secrets, at });
  // Last, since its row is what says that all is done.
  await insertKey(db, { projectId, name: 'first', kind: 'server', key: project.key, at });
  return projectId;
}
