import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { Announce, Happening } from '../../http/happenings.ts';
import { byLane } from '../../users/by-lane.ts';
import type { PublishedJourney } from '../definition/journey.ts';
import type { Where } from '../definition/tile-kind.ts';
import type { Walked } from '../step/walk.ts';
import { writeTurn } from '../step/write-turn.ts';
import { heldInside } from './held-inside.ts';

/** The tiles of a journey that send. */
const sendingTiles = ({ tiles }: PublishedJourney): string[] =>
  [...tiles].flatMap(([id, { sends }]) => (sends ? [id] : []));

/** Whether a happening may take people out of a journey since they opted out of what it sends. */
export const hearsOptOut = (journey: PublishedJourney, happening: Happening): boolean =>
  happening.kind === 'standing' &&
  happening.status === 'unsubscribed' &&
  journey.onOptOut !== 'stay' &&
  sendingTiles(journey).length > 0;

/** Takes people out of journeys who opted out of all that these send, in the transaction in which they do. */
export async function leaveByOptOut(
  transaction: Database,
  announce: Announce,
  journeys: readonly PublishedJourney[],
  happenings: readonly Happening[],
  now: Date,
): Promise<void> {
  const concerned = journeys.filter((journey) => happenings.some((each) => hearsOptOut(journey, each)));
  const theirs = happenings.filter((each) => concerned.some((journey) => hearsOptOut(journey, each)));
  for (const [lane, ofLane] of byLane(theirs, (each) => each.lane)) {
    const users = ofLane.map(({ userId }) => userId);
    const held = await heldInside(transaction, lane, users, concerned);
    if (held.length === 0) continue;
    const walked: Walked[] = [];
    for (const journey of concerned) {
      const runs = held.filter(({ journeyId }) => journeyId === journey.id);
      const where = { projectId: journey.projectId, lane, now };
      const out = await outOfAll(
        transaction,
        where,
        journey,
        runs.map(({ userId }) => userId),
      );
      for (const run of runs)
        if (out.has(run.userId))
          walked.push({
            ...{ before: run, run, version: journey.version, stuck: null, drawn: [] },
            steps: [{ tile: run.tile, way: null, left: 'optedOut' }],
            left: { reason: 'optedOut', detail: null },
          });
    }
    if (walked.length > 0) await writeTurn(transaction, announce, lane, walked, now);
  }
}

/**
 * Which of these people have opted out of every message type that a journey sends by, or of its channel. Where the journey does not say that they are to
 * leave, nobody of one that sends anything but promotional messages.
 */
async function outOfAll(
  db: Database,
  { projectId, lane }: Where,
  journey: PublishedJourney,
  userIds: readonly number[],
): Promise<Set<number>> {
  if (userIds.length === 0) return new Set();
  const { rows } = await sql<{ id: number }>`
    SELECT u.id FROM users u
    WHERE u.lane = ${lane} AND u.project_id = ${projectId} AND u.id = ANY (${userIds}::bigint[]) AND NOT EXISTS (
      SELECT 1 FROM journey_campaign jc JOIN campaign c ON c.id = jc.campaign_id JOIN template t ON t.id = c.template_id
      JOIN message_type ty ON ty.id = t.message_type_id JOIN channel ch ON ch.id = ty.channel_id
      WHERE jc.journey_id = ${journey.id} AND jc.tile = ANY (${sendingTiles(journey)}::text[]) AND (
        (${journey.onOptOut === null} AND ch.purpose <> 'promotional')
        OR NOT EXISTS (SELECT 1 FROM subscription s
          WHERE s.lane = ${lane} AND s.user_id = u.id AND s.status = 'unsubscribed'
            AND ((s.kind = 'channel' AND s.target_id = ch.id) OR (s.kind = 'messageType' AND s.target_id = ty.id)))))`.execute(
    db,
  );
  return new Set(rows.map(({ id }) => id));
}
