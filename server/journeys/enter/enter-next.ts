import type { Database } from '../../database/connect.ts';
import type { PublishedJourney } from '../definition/journey.ts';
import type { Journeys } from '../definition/published.ts';
import type { Where } from '../definition/tile-kind.ts';
import { publishedJourneys } from '../journeys.sql.ts';
import { followVersion } from '../runs/journey-lanes.sql.ts';
import type { Run } from '../runs/run.ts';
import { type Entered, enter } from './enter.ts';

/** These journeys as a lane, which one has to oneself, goes by them; one that it goes by none of yet it goes by from now on. */
export async function asFollowed(
  transaction: Database,
  journeys: Journeys,
  lane: number,
  newest: readonly PublishedJourney[],
): Promise<PublishedJourney[]> {
  const { journeys: followed } = await journeys.ofLane(transaction, lane);
  for (const { id, version } of newest)
    if (!followed.has(id)) await followVersion(transaction, lane, id, version);
  return newest.map((each) => followed.get(each.id) ?? each);
}

/** Lets those who are sent on by a journey into another one of their project, in a lane that one has to oneself. */
export async function enterNext(
  transaction: Database,
  journeys: Journeys,
  { projectId, lane, now }: Where,
  journeyId: number,
  runs: readonly Run[],
  fields: Readonly<Record<string, unknown>>,
): Promise<Entered[]> {
  const refused = runs.map((): Entered => ({ runId: null, reason: 'notOpen' }));
  const newest = (await journeys.ofProject(transaction, projectId)).filter(({ id }) => id === journeyId);
  const isOpen = (await publishedJourneys(transaction, [projectId])).some(
    ({ id, state }) => id === journeyId && state === 'open',
  );
  const [journey] = await asFollowed(transaction, journeys, lane, newest);
  if (!journey || !isOpen) return refused;
  const outcomes = new Map<number, Entered>();
  for (const [hops, group] of Map.groupBy(runs, (run) => run.hops)) {
    const caused = group.map((run) => ({
      ...{ userId: run.userId, at: now, eventId: null },
      cause: { journey: run.journeyId, runId: `${lane}-${run.id}`, at: now },
      data: { ...run.data, ...fields },
    }));
    const entered = await enter(transaction, lane, journey, caused, now, hops + 1);
    group.forEach((run, index) => {
      outcomes.set(run.id, entered[index]!);
    });
  }
  return runs.map(({ id }) => outcomes.get(id) ?? { runId: null, reason: 'notOpen' });
}
