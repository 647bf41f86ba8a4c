/** What a definition's count took. */
export interface DefinitionCase {
  name: string;
  /** Medians. */
  ours: { count: number; ms: number };
  theirs: { count: number; ms: number };
  /** The console's preview: its first answer, and until it is exact. */
  firstMs: number;
  exactMs: number;
}

/** The aim: so many times what DuckDB takes at most. */
const most = 3;

/** The Markdown table. Pure. */
export function renderDefinitions(
  cases: readonly DefinitionCase[],
  run: { people: number; events: number; machine: string; atOnce: number },
): string {
  const rows = cases.map(({ name, ours, theirs, firstMs, exactMs }) => {
    const ratio = ours.ms / theirs.ms;
    const counts = ours.count === theirs.count ? figure(ours.count) : `**${ours.count} and ${theirs.count}**`;
    return `| ${name} | ${counts} | ${figure(ours.ms)} ms | ${figure(theirs.ms)} ms | ${ratio.toFixed(1)} | ${ratio <= most ? 'yes' : '**no**'} | ${figure(firstMs)} ms | ${figure(exactMs)} ms |`;
  });
  return [
    `${figure(run.people)} people and ${figure(run.events)} events, on ${run.machine}.`,
    '',
    `| definition | people | Carillon | DuckDB | ratio | within ${most} times | preview, first answer | preview, exact |`,
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
    `- Medians of whole counts, all rows in memory: ours by the statement of each lane on PostgreSQL, ${run.atOnce} lanes at once; DuckDB's by one statement, with ${run.atOnce} threads, of columns that hold what is asked for and nothing else.`,
    '- The preview counts each condition by itself too, and whom one may write to in each channel; it rests between its steps, so that sending goes first.',
  ].join('\n');
}

const figure = (value: number) => Math.round(value).toLocaleString('en-US');
