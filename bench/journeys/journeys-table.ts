import type { LatencyRun } from '../latency.ts';
import { median } from '../table.ts';

/** What was measured. */
export interface JourneyFigures {
  /** Tiles a second that passages left, and rows a second of a raw batched UPDATE. */
  moved: number[];
  raw: number[];
  /** From the call that tracks an event to the arrival of the message at the carrier, with nobody waiting and with many. */
  alone: LatencyRun;
  beside: LatencyRun;
  due: number;
  waiting: number;
  people: number;
  machine: string;
}

/** The aims: of the raw UPDATE at least, and times of what it takes with nobody waiting at most. */
const [leastShare, mostTimes] = [0.5, 1.5];

/** The Markdown table. Pure. */
export function renderJourneys(figures: JourneyFigures): string {
  const { moved, raw, alone, beside, due, waiting, people, machine } = figures;
  const whole = (figure: number) => Math.round(figure).toLocaleString('en-US');
  const all = (runs: readonly number[]) => `**${whole(median(runs))}** (${runs.map(whole).join(', ')})`;
  const share = median(moved) / median(raw);
  const held = (isHeld: boolean) => (isHeld ? 'yes' : '**no**');
  const times = (of: 'p50' | 'p99') => beside[of] / alone[of];
  return [
    `Journeys of ${whole(people)} people, on ${machine}.`,
    '',
    '| what | program | raw, or with nobody waiting | ratio | aim | held |',
    '| --- | --- | --- | --- | --- | --- |',
    `| ${whole(due)} passages that are due: steps a second | ${all(moved)} | ${all(raw)} | ${share.toFixed(2)} | ≥ ${leastShare} | ${held(share >= leastShare)} |`,
    ...(['p50', 'p99'] as const).map(
      (of) =>
        `| from an event to its message, with ${whole(waiting)} passages waiting: ${of} | ${beside[of]} ms | ${alone[of]} ms | ${times(of).toFixed(2)} | ≤ ${mostTimes} | ${held(times(of) <= mostTimes)} |`,
    ),
    '',
    '- A passage goes past a wait that is over and a split, and comes to another wait: two steps in one turn, with a row in the log of steps and counts. Raw is an UPDATE of the same rows, 1,000 by id in a statement, by two connections.',
    `- ${alone.sends} events one every 50 ms, from the call to the arrival at the simulator; lost ${alone.lost + beside.lost}.`,
  ].join('\n');
}
