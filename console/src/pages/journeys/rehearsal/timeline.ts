import type { JourneyRehearsal, Standings } from '../../../api/journey-rehearsals.ts';

/** The virtual time of a rehearsal in steps of one length, as the plot shows it and the scrubber goes through it. */
export interface Timeline {
  /** When the first step begins, in ms. */
  from: number;
  stepMs: number;
  steps: number;
}

/** A sender, with the hours in which something is due at it. */
export type SenderLoad = JourneyRehearsal['figures']['senders'][number];

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** From the first entry to a while after the last that happens: nobody goes through weeks in which nothing does. */
export function timelineOf(
  { from, until, figures: { senders } }: Pick<JourneyRehearsal, 'from' | 'until' | 'figures'>,
  { everyMs, tiles }: Standings,
): Timeline {
  const begin = Math.floor(from / everyMs) * everyMs;
  const ends = [
    ...senders.flatMap(({ hours }) => hours.map(({ at, lateMs }) => at + hourMs + lateMs)),
    ...Object.values(tiles).map(({ at }) => (at.at(-1) ?? begin) + everyMs),
  ];
  const last = Math.min(until, Math.max(begin + dayMs, ...ends) + everyMs);
  return { from: begin, stepMs: everyMs, steps: Math.max(1, Math.ceil((last - begin) / everyMs)) };
}

/** When a step begins. */
export const instantOf = ({ from, stepMs }: Timeline, step: number): number => from + step * stepMs;

const stepAt = ({ from, stepMs }: Timeline, at: number): number => Math.floor((at - from) / stepMs);

/** What is due at a sender in a step. */
export interface StepOfLoad {
  step: number;
  messages: number;
  segments: number;
  /** Segments that wait for the pace when the step ends. */
  left: number;
  lateMs: number;
}

/** A sender's load, a row a step, also where nothing is due. What waits is carried on until it has left. */
export function loadOf({ hours, pace }: SenderLoad, timeline: Timeline): StepOfLoad[] {
  const byStep = Map.groupBy(hours, ({ at }) => stepAt(timeline, at));
  const aStep = pace === null ? Number.POSITIVE_INFINITY : (pace * timeline.stepMs) / 1_000;
  const rows: StepOfLoad[] = [];
  for (let step = 0; step < timeline.steps; step++) {
    const due = byStep.get(step) ?? [];
    const before = rows.at(-1)?.left ?? 0;
    rows.push({
      step,
      messages: due.reduce((sum, { messages }) => sum + messages, 0),
      segments: due.reduce((sum, { segments }) => sum + segments, 0),
      left: due.at(-1)?.left ?? Math.max(0, before - aStep),
      lateMs: Math.max(0, ...due.map(({ lateMs }) => lateMs)),
    });
  }
  return rows;
}

/** How many came to a tile up to the end of each step, and how many are there then. */
export interface TileStandings {
  arrived: readonly number[];
  inside: readonly number[];
}

/** The same of all tiles to which anybody comes. */
export function standingsByTile({ tiles }: Standings, timeline: Timeline): Map<string, TileStandings> {
  return new Map(
    Object.entries(tiles).map(([tile, { at, arrived, gone }]) => {
      const came = new Array<number>(timeline.steps).fill(0);
      const went = new Array<number>(timeline.steps).fill(0);
      at.forEach((instant, place) => {
        // What lies beyond the last step is counted in it.
        const step = Math.min(timeline.steps - 1, Math.max(0, stepAt(timeline, instant)));
        came[step] = (came[step] ?? 0) + (arrived[place] ?? 0);
        went[step] = (went[step] ?? 0) + (gone[place] ?? 0);
      });
      const [sumsIn, sumsOut] = [running(came), running(went)];
      return [tile, { arrived: sumsIn, inside: sumsIn.map((sum, step) => sum - (sumsOut[step] ?? 0)) }];
    }),
  );
}

function running(numbers: readonly number[]): number[] {
  let sum = 0;
  return numbers.map((number) => {
    sum += number;
    return sum;
  });
}
