import type { Outcome } from './attack.ts';

/** The longest that `/healthz` may take while somebody attacks, in milliseconds. */
const mostHealthMs = 100;

/** Whether an attack came to nothing: all held, and the program answered others meanwhile. */
export function held({ faults, worstHealthMs }: Outcome): boolean {
  return faults === null || (faults.length === 0 && worstHealthMs <= mostHealthMs);
}

/** One Markdown table of all attacks, and below it what did not hold. */
export function renderTable(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map((outcome) => {
    const { attack, faults, worstHealthMs, seconds } = outcome;
    const verdict = faults === null ? 'not tried' : faults.length === 0 ? 'held' : '**DID NOT HOLD**';
    const slow = worstHealthMs > mostHealthMs ? ' **TOO LONG**' : '';
    return `| ${attack.name} | ${verdict} | ${Math.round(worstHealthMs)} ms${slow} | ${seconds.toFixed(1)} s |`;
  });
  const notes = outcomes.flatMap(({ attack, faults, reason }) => [
    ...(faults ?? []).map((fault) => `- ${attack.name} (${attack.holds}): ${fault}`),
    ...(faults === null ? [`- ${attack.name} was not tried: ${reason}`] : []),
  ]);
  return [
    '| attack | held? | worst /healthz | took |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    ...notes,
  ].join('\n');
}
