/** What an event cost with so many live segments. */
export interface LiveCase {
  segments: number;
  naming: boolean;
  /** Median of single calls. */
  callMs: number;
  /** Until the calls of a bulk were answered, and until all of it was heard. */
  bulkMs: number;
  heardMs: number;
  /** Whoever did it was of the segment afterwards. */
  isRight: boolean;
}

/** The aim: what no segment names may cost so much more at most. */
const mostUnnamed = 1.3;

/** The Markdown table, with ratios to the first case, which has no segments. Pure. */
export function renderLive(
  cases: readonly LiveCase[],
  run: { people: number; singles: number; inBulk: number; machine: string },
): string {
  const [first] = cases;
  const ratio = (figure: number, of: number | undefined) => (of ? (figure / of).toFixed(2) : '–');
  const rows = cases.map(({ segments, naming, callMs, bulkMs, heardMs, isRight }) => {
    const which = segments === 0 ? 'none' : `${segments} that ${naming ? 'name' : 'do not name'} the event`;
    const each = (heardMs / run.inBulk).toFixed(3);
    return `| ${which} | ${callMs.toFixed(1)} ms | ${ratio(callMs, first?.callMs)} | ${ratio(bulkMs, first?.bulkMs)} | ${each} ms | ${ratio(heardMs, first?.heardMs)} | ${isRight ? 'yes' : '**no**'} |`;
  });
  return [
    `Events of ${run.people.toLocaleString('en-US')} people with live segments, on ${run.machine}.`,
    '',
    '| live segments | a call for one event | ratio | bulk, until answered: ratio | an event of it, until all are heard | ratio | right |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
    `- ${run.singles} single calls one after the other, the median; then ${run.inBulk.toLocaleString('en-US')} events by the bulk call, 1,000 rows each, four calls at a time. Aim for those that do not name it: ratios under ${mostUnnamed}.`,
    '- The last row is the first once more: how far the two differ is what the machine did besides.',
  ].join('\n');
}
