import type { Database } from '../../database/connect.ts';
import type { PublishedJourney } from '../definition/journey.ts';
import { shareJourneyLane } from '../runs/lane-lock.sql.ts';
import type { Run } from '../runs/run.ts';
import { holdRuns, runsOfUsers } from '../runs/runs.sql.ts';

/** The passages of people of a lane in these journeys, held to the transaction's end; nobody enters or begins to wait in the lane meanwhile. */
export async function heldInside(
  transaction: Database,
  lane: number,
  userIds: readonly number[],
  journeys: readonly PublishedJourney[],
): Promise<Run[]> {
  await shareJourneyLane(transaction, lane);
  const inside = await runsOfUsers(
    transaction,
    lane,
    [...new Set(userIds)],
    journeys.map(({ id }) => id),
  );
  return inside.length === 0 ? [] : holdRuns(transaction, lane, inside);
}
