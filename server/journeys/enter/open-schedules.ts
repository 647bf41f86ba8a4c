import type { Database } from '../../database/connect.ts';
import type { Context } from '../../http/context.ts';
import type { Journeys } from '../definition/published.ts';
import { findVersions } from '../journeys.sql.ts';
import { insertIntake, latestIntake } from './intakes.sql.ts';

/**
 * Has the audiences of schedules enter whose time has come: of times that went by while nothing ran, or while the journey was closed or paused, the latest, unless
 * it is older than what may let anybody in.
 */
export async function openSchedules({
  db,
  clock,
  journeys,
  wake,
}: Pick<Context, 'db' | 'clock' | 'wake'> & { journeys: Journeys }): Promise<void> {
  const now = clock.now();
  for (const { id, projectId, version, entry } of await journeys.open(db)) {
    const { schedule } = entry.trigger;
    if (!schedule) continue;
    const since = (await latestIntake(db, id)) ?? (await publishedAt(db, id, version)) ?? now;
    const at = schedule.latest(since, now);
    if (at === null || now.getTime() - at.getTime() > entry.oldestMs) continue;
    const { latest: _, ...audience } = schedule;
    const intake = { journeyId: id, projectId, ...audience, data: {}, cause: { schedule: at } };
    await insertIntake(db, intake, `schedule ${at.toISOString()}`, at);
    wake();
  }
}

async function publishedAt(db: Database, journeyId: number, version: number): Promise<Date | undefined> {
  const [newest] = await findVersions(db, [{ journeyId, version }]);
  return newest?.publishedAt;
}
