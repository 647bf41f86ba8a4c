import type { Database } from '../../database/connect.ts';
import type { Announce } from '../../http/happenings.ts';
import type { PublishedJourney } from '../definition/journey.ts';
import type { Journeys } from '../definition/published.ts';
import type { Where } from '../definition/tile-kind.ts';
import { openAmong } from '../journeys.sql.ts';
import { adoptIn } from '../publish/adopt.ts';
import { followVersion, lanesOfJourneys } from '../runs/journey-lanes.sql.ts';
import type { Run } from '../runs/run.ts';
import { type Entered, enter } from './enter.ts';

/**
 * Those of these journeys that take people in, as a lane, which one has to oneself, goes by them. From now on it goes by the newest version of each, so that
 * whoever enters after a version was published begins by that one.
 */
export async function asFollowed(
  transaction: Database,
  { announce, journeys }: { announce: Announce; journeys: Journeys },
  lane: number,
  newest: readonly PublishedJourney[],
  now: Date,
): Promise<PublishedJourney[]> {
  if (newest.length === 0) return [];
  const open = await openAmong(
    transaction,
    newest.map(({ id }) => id),
  );
  const taking = newest.filter(({ id }) => open.has(id));
  const versions = await lanesOfJourneys(transaction, lane);
  for (const { id, version } of taking)
    if (!versions.has(id)) await followVersion(transaction, lane, id, version);
  const behind = taking.filter(({ id, version }) => (versions.get(id) ?? version) < version);
  if (behind.length > 0) await adoptIn(transaction, announce, lane, behind, versions, now);
  // Another process may have had the lane go by one that was published since these were read.
  const isNewest = ({ id, version }: PublishedJourney) => (versions.get(id) ?? version) <= version;
  if (taking.every(isNewest)) return taking;
  const { journeys: followed } = await journeys.ofLane(transaction, lane);
  return taking.flatMap((each) => (isNewest(each) ? each : (followed.get(each.id) ?? [])));
}

/** Lets those who are sent on by a journey into another one of their project, in a lane that one has to oneself. */
export async function enterNext(
  transaction: Database,
  announce: Announce,
  journeys: Journeys,
  { projectId, lane, now }: Where,
  journeyId: number,
  runs: readonly Run[],
  fields: Readonly<Record<string, unknown>>,
): Promise<Entered[]> {
  const refused = runs.map((): Entered => ({ runId: null, reason: 'notOpen' }));
  const newest = (await journeys.ofProject(transaction, projectId)).filter(({ id }) => id === journeyId);
  const [journey] = await asFollowed(transaction, { announce, journeys }, lane, newest, now);
  if (!journey) return refused;
  const caused = runs.map((run) => ({
    ...{ userId: run.userId, at: now, eventId: null, hops: run.hops + 1 },
    cause: { journey: run.journeyId, runId: `${lane}-${run.id}`, at: now },
    data: { ...run.data, ...fields },
  }));
  return enter(transaction, announce, lane, journey, caused, now);
}
