import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { embeddedDatabase, type KillableDatabase, outsideDatabase } from './killable-database.ts';
import { newApartFolder, type ProgramApart, startProgramApart } from './program-apart.ts';

/** The processes of a test with the database beneath them, each of which it may kill. */
export interface Place extends ProgramApart {
  database: KillableDatabase;
}

/** Starts them for one test, and ends them with it; of one that fails it shows the program's last words. */
export async function startPlace(t: TestContext): Promise<Place> {
  const folder = await newApartFolder();
  const outside = process.env.TEST_DATABASE_OUTSIDE === 'yes';
  const database = outside ? await outsideDatabase() : embeddedDatabase(join(folder.path, 'program'));
  let apart: ProgramApart | null = null;
  t.after(async () => {
    if (!t.passed) t.diagnostic(apart?.program.lastWords() ?? '');
    try {
      await apart?.close();
    } finally {
      await database.close();
      await folder.remove();
    }
  });
  apart = await startProgramApart(folder.path, database.outsideUrl);
  return Object.assign(apart, { database });
}
