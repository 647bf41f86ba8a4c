import { median } from '../table.ts';
import type { CallTimes } from './timed-calls.ts';

/** How a run was. */
export interface MillionRun {
  people: number;
  machine: string;
  seconds: number;
  gigabytes: number;
}

/** What else was measured, or found to hold, in words. */
export interface Figure {
  name: string;
  value: string;
  aim?: string;
  held?: boolean;
}

/** All that was measured. */
export interface MillionTimes {
  /** The same calls, in the same order, with a tenth of the people and with all. */
  tenth: CallTimes[];
  all: CallTimes[];
  inBlast: CallTimes[];
  figures: Figure[];
}

const whole = (figure: number) => Math.round(figure).toLocaleString('en-US');
const one = (figure: number) => (figure < 10 ? figure.toFixed(1) : whole(figure));
const isMissed = ({ call, times }: CallTimes) => median(times) > call.aim;
const aimOf = (times: CallTimes) => `< ${whole(times.call.aim)} ms | ${isMissed(times) ? '**no**' : 'yes'}`;

/** Markdown tables of what each call took, how it grew with the people, and what missed its aim. Pure. */
export function renderTimes({ tenth, all, inBlast, figures }: MillionTimes, run: MillionRun): string {
  const { people, machine, seconds, gigabytes } = run;
  const atRest = all.map((times, index) => {
    const [few, many] = [median(tenth[index]?.times ?? []), median(times.times)];
    return `| ${times.call.name} | ${one(few)} ms | ${one(many)} ms | ${one(Math.max(...times.times))} ms | ${(many / few).toFixed(1)} | ${aimOf(times)} |`;
  });
  const blast = inBlast.map(
    (times) =>
      `| ${times.call.name} | ${one(median(times.times))} ms | ${one(Math.max(...times.times))} ms | ${aimOf(times)} |`,
  );
  const missed = [
    ...[...all, ...inBlast].filter(isMissed).map(({ call, when }) => `${call.name} (${when})`),
    ...figures.filter(({ held }) => held === false).map(({ name }) => name),
  ];
  return [
    `${whole(people)} people, all on one list, five events each, ${whole(people)} messages of a campaign with three taps for ten people, on ${machine}. All of it took ${whole(seconds)} s and ${gigabytes.toFixed(1)} GB of disk.`,
    '',
    `| call, with nothing else at work | ${whole(people / 10)} people | ${whole(people)} people | longest | grew by | aim | held |`,
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...atRest,
    '',
    '| call, in the middle of a blast to all | median | longest | aim | held |',
    '| --- | --- | --- | --- | --- |',
    ...blast,
    '',
    '| figure | value | aim | held |',
    '| --- | --- | --- | --- |',
    ...figures.map(
      ({ name, value, aim = '–', held }) =>
        `| ${name} | ${value} | ${aim} | ${held === undefined ? '–' : held ? 'yes' : '**no**'} |`,
    ),
    '',
    missed.length === 0 ? '- Every aim was held, by the median.' : `- Not held: ${missed.join('; ')}.`,
    '- Times are medians of whole calls over the loopback address, from the request to the last byte of the answer.',
  ].join('\n');
}
