import type { Database } from '../../database/connect.ts';
import type { Context } from '../../http/context.ts';
import type { JourneyDocument } from '../definition/journey.ts';
import { countsOf } from '../runs/counts.sql.ts';
import { type Waiting, waitingAt } from '../runs/runs.sql.ts';
import { type Impact, impactOf } from './impact.ts';

/** People who are looked at one by one. */
const mostLooked = 20_000;
/** People of a lane whose facts are asked for by one statement. */
const atOnce = 1_000;

/** What becomes of those who are inside by a version that is to be published over another. */
export async function impactOn(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  ids: { projectId: number; journeyId: number },
  before: JourneyDocument,
  after: JourneyDocument,
): Promise<Impact> {
  const told = impactOf(before, after, await countsOf(db, ids.journeyId));
  const peopled = told.changed.filter(({ people }) => people > 0).map(({ tile }) => tile);
  const going = await goingNow(db, { ...ids, now: clock.now() }, after, peopled);
  return {
    ...told,
    changed: told.changed.map((each) => {
      const goNow = going.get(each.tile);
      return { ...each, goNow: goNow === undefined ? 0 : goNow };
    }),
  };
}

/**
 * How many of those who wait at tiles would go on at once, were they looked at by what the tiles of a document say, from their arrival on; null for a tile where it
 * cannot be told, since too many wait at all of them together to be looked at one by one.
 */
async function goingNow(
  db: Database,
  { projectId, journeyId, now }: { projectId: number; journeyId: number; now: Date },
  document: JourneyDocument,
  tiles: readonly string[],
): Promise<Map<string, number | null>> {
  const going = new Map<string, number | null>(tiles.map((tile) => [tile, 0]));
  if (tiles.length === 0) return going;
  const waiting = await waitingAt(db, journeyId, tiles, now, mostLooked + 1);
  if (waiting.length > mostLooked) return new Map(tiles.map((tile) => [tile, null]));
  for (const group of Map.groupBy(waiting, ({ lane, tile }) => `${lane} ${tile}`).values())
    for (let from = 0; from < group.length; from += atOnce) {
      const some = group.slice(from, from + atOnce).map(asBegun);
      const [{ lane, tile: id }] = some as [Waiting];
      const tile = document.tiles.get(id);
      if (!tile) continue;
      // What another kind of tile does is done at once, and what this one has done is done.
      const facts = tile.facts ? await tile.facts(db, { projectId, lane, now }, some) : new Map();
      const count = some.filter((run) => {
        if (tile.act && run.memory.acted !== true) return true;
        return !('stay' in tile.step(run, facts.get(run.id), now));
      }).length;
      going.set(id, (going.get(id) ?? 0) + count);
    }
  return going;
}

/** Somebody as if they had begun to wait by what their tile says now. */
const asBegun = (run: Waiting): Waiting => ({ ...run, memory: { ...run.memory, keptUntil: undefined } });
