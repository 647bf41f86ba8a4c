import { fnv1a } from '../../lanes/lanes.ts';
import type { Tile, TileGround, Where } from '../definition/tile-kind.ts';
import { drawsAt } from '../runs/draws.sql.ts';
import type { Run } from '../runs/run.ts';

/** A way that is drawn, with its share of a hundred. */
export interface Lot {
  name: string;
  share: number;
}

/** Parts that a hundred is cut into. */
const parts = 1_000_000;

/** Refuses lots whose shares do not add up to a hundred, or of which two have one name. @throws ApiError naming the place. */
export function requireLots(lots: readonly Lot[], place: string, ground: TileGround): void {
  const total = lots.reduce((sum, { share }) => sum + share, 0);
  if (Math.abs(total - 100) > 0.001)
    throw ground.refuse(place, `have shares of ${total} together; they must add up to 100`);
  lots.forEach(({ name }, index) => {
    if (lots.findIndex((each) => each.name === name) < index)
      throw ground.refuse(`${place}.${index}.name`, 'is taken: give each branch a name of its own');
  });
}

/**
 * Draws one of these lots for whoever comes to a tile. A person keeps the one that was drawn for them first for as long as it is there, so that other shares
 * concern newcomers only; or, `eachTime`, another may be drawn at each visit.
 */
export function drawing(
  id: string,
  lots: readonly Lot[],
  eachTime: boolean,
): Pick<Tile, 'facts' | 'factsUntil' | 'step'> {
  const drawFor = (text: string): { go: string; seen: { drawn: number } } => {
    const drawn = ((fnv1a(text) % parts) / parts) * 100;
    let sum = 0;
    const chosen = lots.find(({ share }) => {
      sum += share;
      return drawn < sum;
    });
    return { go: (chosen ?? lots[lots.length - 1]!).name, seen: { drawn } };
  };
  if (eachTime)
    return {
      step: ({ journeyId, id: runId, arrivedAt }) =>
        drawFor(`${journeyId} ${id} ${runId} ${arrivedAt.getTime()}`),
    };
  return {
    facts: async (db, { lane }: Where, runs: readonly Run[]) => {
      const [first] = runs;
      const userIds = runs.map(({ userId }) => userId);
      const held = first ? await drawsAt(db, lane, first.journeyId, id, userIds) : new Map<number, string>();
      return new Map(
        runs.flatMap(({ id: runId, userId }) => {
          const way = held.get(userId);
          return way === undefined ? [] : [[runId, way] as const];
        }),
      );
    },
    factsUntil: async () => new Map(),
    step: ({ journeyId, userId }, fact) => {
      const held = lots.find(({ name }) => name === fact);
      if (held) return { go: held.name, seen: { held: true } };
      return { ...drawFor(`${journeyId} ${id} ${userId}`), holds: true };
    },
  };
}
