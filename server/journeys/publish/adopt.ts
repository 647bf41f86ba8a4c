import type { Database } from '../../database/connect.ts';
import { isObject } from '../../segments/values/group.ts';
import { rankOf } from '../definition/journey.ts';
import { end, type StepTools } from '../definition/tile-kind.ts';
import { findVersions, publishedJourneys } from '../journeys.sql.ts';
import { openCounts } from '../runs/counts.sql.ts';
import { endAtTile } from '../runs/end-at-tile.sql.ts';
import {
  followVersion,
  forgetDeeds,
  keepWaiting,
  lanesOfJourneys,
  lookAgainAt,
  moveFromTile,
} from '../runs/journey-lanes.sql.ts';
import { holdJourneyLane } from '../runs/lane-lock.sql.ts';
import { rankRuns } from '../runs/runs.sql.ts';
import { kindsChanged, tilesChanged } from './impact.ts';

/**
 * Has a lane go by the newest versions of journeys, with what was chosen for people at tiles that they change; who has taken the lane's flow calls it.
 * All of it is one transaction, so that a lane goes by one version or the other.
 */
export async function adoptVersions(
  tools: Pick<StepTools, 'db' | 'clock' | 'announce'>,
  lane: number,
): Promise<void> {
  const { db, clock } = tools;
  const published = await publishedJourneys(db);
  const before = await lanesOfJourneys(db, lane);
  if (published.every(({ id, version }) => before.get(id) === version)) return;
  await db.transaction().execute(async (transaction) => {
    await holdJourneyLane(transaction, lane);
    // Who lets people in may have had the lane go by a newer one meanwhile.
    const followed = await lanesOfJourneys(transaction, lane);
    const behind = published.filter(({ id, version }) => (followed.get(id) ?? 0) < version);
    await adoptIn(transaction, tools.announce, lane, behind, followed, clock.now());
  });
}

/** The same in a transaction that has the lane to itself, of journeys that it goes by older versions of: `followed`. */
export async function adoptIn(
  transaction: Database,
  announce: StepTools['announce'],
  lane: number,
  behind: readonly { id: number; version: number }[],
  followed: ReadonlyMap<number, number>,
  now: Date,
): Promise<void> {
  const counts = openCounts();
  for (const { id, version } of behind) {
    const from = followed.get(id) ?? version - 1;
    const wanted = Array.from({ length: Math.max(0, version - from) + 1 }, (_, index) => ({
      journeyId: id,
      version: from + index,
    }));
    const versions = await findVersions(transaction, wanted);
    const documents = new Map(versions.map((each) => [each.version, each.document]));
    const newer = versions.filter((each) => each.version > from).sort((a, b) => a.version - b.version);
    for (const { choices, document, version: each } of newer) {
      for (const [tile, to] of Object.entries(choices.moves)) {
        if (to === end) {
          const left = await endAtTile(transaction, announce, lane, id, tile, now);
          counts.add(id, tile, 'inside', -left);
          counts.add(id, tile, 'left journeyChanged', left);
          continue;
        }
        const moved = await moveFromTile(transaction, lane, id, tile, to, now);
        counts.add(id, tile, 'inside', -moved);
        counts.add(id, tile, `way moved`, moved);
        counts.add(id, to, 'arrived', moved);
        counts.add(id, to, 'inside', moved);
      }
      const changed = tilesChanged(documents.get(each - 1), document);
      await forgetDeeds(transaction, lane, id, kindsChanged(documents.get(each - 1), document, changed));
      const kept = changed.filter((tile) => !choices.recompute.includes(tile));
      await keepWaiting(transaction, lane, id, kept, now);
      await lookAgainAt(transaction, lane, id, choices.recompute, now);
    }
    const [rank, before] = [version, from].map((each) => rankIn(documents.get(each)));
    if (rank !== undefined && rank !== before) await rankRuns(transaction, lane, id, rank);
    await followVersion(transaction, lane, id, version);
  }
  await counts.write(transaction, lane);
}

const rankIn = (document: unknown): number => rankOf(isObject(document) ? document.priority : undefined);
