import type { Tally } from './tally.ts';

const hourMs = 3_600_000;
/** Steps for which it is told who came to a tile and went: more are finer than anybody looks. */
const mostSteps = 336;

/** How long a step of the virtual time is of which it is told, in ms: an hour, or some of a long time. */
export const stepMsOf = (days: number): number => Math.ceil((days * 24) / mostSteps) * hourMs;

/** The steps of a tile in which anybody comes or goes, in their order. */
export interface TileStandings {
  /** When each begins, in ms. */
  at: number[];
  arrived: number[];
  gone: number[];
}

/**
 * Who came to a tile and went from it, by tile, of counts as `text 1795460400000 arrived` and `gone`, with the instant at which the step begins in ms: they add up,
 * whoever counted them. Pure.
 */
export function standingsByTile(tally: Tally): Record<string, TileStandings> {
  const steps = new Map<string, Map<number, { arrived: number; gone: number }>>();
  for (const [what, people] of tally) {
    const [tile = '', at = '', of] = what.split(' ');
    const known = steps.get(tile) ?? new Map<number, { arrived: number; gone: number }>();
    steps.set(tile, known);
    const step = known.get(Number(at)) ?? { arrived: 0, gone: 0 };
    known.set(Number(at), step);
    if (of === 'arrived') step.arrived += people;
    else step.gone += people;
  }
  return Object.fromEntries(
    [...steps].map(([tile, known]) => {
      const sorted = [...known].sort(([a], [b]) => a - b);
      return [
        tile,
        {
          at: sorted.map(([at]) => at),
          arrived: sorted.map(([, { arrived }]) => arrived),
          gone: sorted.map(([, { gone }]) => gone),
        },
      ];
    }),
  );
}
