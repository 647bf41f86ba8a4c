import type { Context } from '../../http/context.ts';
import type { Journeys } from '../definition/published.ts';
import { findVersions } from '../journeys.sql.ts';
import { insertIntake, latestIntake } from './intakes.sql.ts';

/** Has the audiences of schedules enter whose time has come: of times that went by while nothing ran, the latest. */
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
    const [newest] = await findVersions(db, [{ journeyId: id, version }]);
    const since = (await latestIntake(db, id)) ?? newest?.publishedAt ?? now;
    const at = schedule.latest(since, now);
    if (at === null) continue;
    const { latest: _, ...audience } = schedule;
    const intake = { journeyId: id, projectId, ...audience, data: {}, cause: { schedule: at } };
    await insertIntake(db, intake, `schedule ${at.toISOString()}`, at);
    wake();
  }
}
