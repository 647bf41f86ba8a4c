import { median } from '../table.ts';
import type { CallTimes } from './timed-calls.ts';

/** How a run was. */
export interface MillionRun {
  people: number;
  machine: string;
  seconds: number;
}

/** A Markdown table of what each call took, and which of them missed its aim. Pure. */
export function renderTimes(times: readonly CallTimes[], { people, machine, seconds }: MillionRun): string {
  const whole = (figure: number) => Math.round(figure).toLocaleString('en-US');
  const rows = times.map(({ call, when, times: each }) => {
    const middle = median(each);
    const verdict = middle <= call.aim ? '' : ' **missed**';
    return `| ${call.name} | ${when} | ${whole(middle)} ms | ${whole(Math.max(...each))} ms | < ${whole(call.aim)} ms${verdict} |`;
  });
  const missed = times.filter(({ call, times: each }) => median(each) > call.aim).length;
  return [
    `${whole(people)} people, all on one list, and ${whole(people)} messages of a campaign, on ${machine}; all of it took ${whole(seconds)} s.`,
    '',
    '| call | when | median | longest | aim |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    `- ${missed === 0 ? 'Every call is within its aim.' : `${missed} of ${times.length} are not within their aim, by the median.`}`,
    '- Times are those of whole calls over the loopback address, from the request to the last byte of the answer.',
  ].join('\n');
}
