import type { Context } from '../../http/context.ts';
import type { Journeys } from '../definition/published.ts';
import { insertIntake, schedulesSince } from './intakes.sql.ts';

/** By journey and version: the time until which its schedule is through. A process keeps one. */
export type ScheduledUntil = Map<string, Date>;

/**
 * Has the audiences of schedules enter whose time has come: of times that went by while nothing ran, or while the journey was closed or paused, the latest, unless
 * it is older than what may let anybody in. What is known of a schedule is in `until`, so that one whose time has not come is asked of nobody.
 */
export async function openSchedules(
  { db, clock, journeys, wake }: Pick<Context, 'db' | 'clock' | 'wake'> & { journeys: Journeys },
  until: ScheduledUntil,
): Promise<void> {
  const now = clock.now();
  const open = (await journeys.open(db)).filter(({ entry }) => entry.trigger.schedule);
  const known = new Set(open.map(keyOf));
  for (const key of until.keys()) if (!known.has(key)) until.delete(key);
  const unknown = open.filter((each) => !until.has(keyOf(each)));
  const since = await schedulesSince(db, unknown);
  for (const each of unknown) until.set(keyOf(each), since.get(each.id) ?? now);
  for (const journey of open) {
    const { id: journeyId, projectId, entry } = journey;
    const { schedule } = entry.trigger;
    const at = schedule?.latest(until.get(keyOf(journey)) ?? now, now) ?? null;
    if (!schedule || at === null) continue;
    if (now.getTime() - at.getTime() <= entry.oldestMs) {
      const { latest: _, ...audience } = schedule;
      const intake = { journeyId, projectId, ...audience, data: {}, cause: { schedule: at } };
      await insertIntake(db, intake, `schedule ${at.toISOString()}`, at);
      wake();
    }
    until.set(keyOf(journey), at);
  }
}

const keyOf = ({ id, version }: { id: number; version: number }): string => `${id} ${version}`;
