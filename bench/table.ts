import type { BlastRun } from './blast.ts';
import type { LatencyRun } from './latency.ts';
import type { MemoryUse } from './memory.ts';
import type { RawWireRun } from './raw-wire.ts';
import type { ProgramFigures } from './whole-program.ts';

/** Least share of the bare wire that a blast is to reach now, and the goal. */
const blastAim = '≥ 0.4 (goal 0.5)';
/** The same while codes go out beside. */
const besideAim = '≥ 0.3';
/** Least share of COPY for what is checked, indexed and answered for row by row. */
const usersAim = '≥ 0.1';
const eventsAim = '≥ 0.15 (goal 0.3)';
/** Rows a second, on two idle cores. */
const importAim = '≥ 10,000 rows/s';
const latencyAim = 'p99 ≤ 2 × idle';

/** The middle one; of an even number the mean of the two in the middle. */
export function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}

/** One Markdown table of all figures, with what is needed to read it above and below. */
export function renderTable(
  program: ProgramFigures,
  raw: readonly RawWireRun[],
  notes: readonly string[],
): string {
  const { blasts, users, events, imports, latency, memory } = program;
  const audience = blasts.alone[0]?.audience ?? 0;
  const speed = (ours: readonly BlastRun[]): Sides => ({
    ours: ours.map(({ perSecond }) => perSecond),
    raw: raw.map(({ perSecond }) => perSecond),
  });
  const cost = {
    ours: blasts.alone.map(({ microseconds }) => microseconds),
    raw: raw.map(({ microseconds }) => microseconds),
  };
  const rows = [
    row(
      `SMS blast to ${whole(audience)} users, launch to last receipt, messages/s`,
      speed(blasts.alone),
      blastAim,
    ),
    row('The same with 20 transactional sends a second beside', speed(blasts.beside), besideAim),
    costRow('Processor time of a message of the blast, all processes', cost),
    row('Users in bulk, rows/s (raw: COPY)', users, usersAim),
    row('Events in bulk, rows/s (raw: COPY)', events, eventsAim),
    row('Import of a file with consent, rows/s (raw: COPY of users)', imports, importAim),
    latencyRow('Transactional latency p50, blast (raw: idle)', latency, ({ p50 }) => p50, '–'),
    latencyRow('Transactional latency p99, blast (raw: idle)', latency, ({ p99 }) => p99, latencyAim),
    memoryRow('Memory of the program (API and worker)', memory.program, '≤ 600 MiB'),
    memoryRow('Memory of PostgreSQL, all its processes', memory.database, '–'),
  ];
  return [
    `Measured on ${program.machine}; program, PostgreSQL, simulator and this bench share it.`,
    '',
    '| figure | Carillon | raw | ratio | aim |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    ...notes.map((note) => `- ${note}`),
  ].join('\n');
}

interface Sides {
  ours: readonly number[];
  raw: readonly number[];
}

function row(figure: string, { ours, raw }: Sides, aim: string): string {
  const ratio = (median(ours) / median(raw)).toFixed(2);
  const ofBests = (Math.max(...ours) / Math.max(...raw)).toFixed(2);
  return `| ${figure} | ${runs(ours, whole)} | ${runs(raw, whole)} | ${ratio} (bests: ${ofBests}) | ${aim} |`;
}

/** The share of the bare wire's cost: what the rate's ratio is on a machine with nothing else to do. */
function costRow(figure: string, { ours, raw }: Sides): string {
  const ratio = (median(raw) / median(ours)).toFixed(2);
  return `| ${figure} | ${runs(ours, whole)} µs | ${runs(raw, whole)} µs | ${ratio} (raw / Carillon) | – |`;
}

function latencyRow(
  figure: string,
  latency: ProgramFigures['latency'],
  of: (run: LatencyRun) => number,
  aim: string,
): string {
  const sides = { ours: latency.blast.map(of), raw: latency.idle.map(of) };
  const ms = (figures: readonly number[]) => `${runs(figures, whole)} ms`;
  const ratio = (median(sides.ours) / median(sides.raw)).toFixed(1);
  return `| ${figure} | ${ms(sides.ours)} | ${ms(sides.raw)} | ${ratio} × | ${aim} |`;
}

function memoryRow(figure: string, use: MemoryUse | null, aim: string): string {
  const text =
    use === null
      ? 'not told by this system'
      : `${mebibytes(use.end)} at the end, ${mebibytes(use.peak)} at most`;
  return `| ${figure} | ${text} | – | – | ${aim} |`;
}

/** The median, and every run it is of. */
function runs(figures: readonly number[], write: (figure: number) => string): string {
  return `**${write(median(figures))}** (${figures.map(write).join(', ')})`;
}

function whole(figure: number): string {
  return Math.round(figure).toLocaleString('en-US');
}

function mebibytes(bytes: number): string {
  return `${whole(bytes / 2 ** 20)} MiB`;
}
