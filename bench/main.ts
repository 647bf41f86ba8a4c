import { loadavg } from 'node:os';
import type { Purpose } from './ground.ts';
import { Interrupted } from './interrupt.ts';
import { campaignText, lawfulPlaces, makePeople, type Person } from './people.ts';
import { say } from './progress.ts';
import { type RawWireRun, runRawWire } from './raw-wire.ts';
import { readSettings, type Settings } from './settings.ts';
import { median, renderTable } from './table.ts';
import { measureProgram, type ProgramFigures } from './whole-program.ts';

/** The run must end within the hours of every place it writes to. */
const longestRunMs = 40 * 60_000;
/** Blasts of one run, all within a day: as many promotional messages to each person. */
const blastsARun = 4;

/** East, middle and west of the United States: where nobody's hours are asked after. */
const anyPlace = ['+1212', '+1312', '+1213'];

/** Whom the blasts go to, and as what. */
interface Plan {
  people: Person[];
  /** How the numbers of more such people begin. */
  prefixes: readonly string[];
  purpose: Purpose;
  note: string;
}

/**
 * Measures the program against the raw limits of this machine, prints one table on standard output and exits
 * with 1 when something was lost, sent twice or miscounted. How fast it is changes nothing about the exit.
 */
async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const plan = planBlast(settings);
  const load = (loadavg()[0] ?? 0).toFixed(1);
  say(plan.note);
  const raw = [await runRawWire(plan.people.slice(0, settings.rawMessages))];
  const audience = plan.people.slice(0, settings.users);
  const newcomers = makePeople(plan.people.length, settings.users, plan.prefixes);
  const program = await measureProgram(audience, newcomers, plan.purpose, settings.profile);
  raw.push(await runRawWire(plan.people.slice(0, settings.rawMessages)));
  process.stdout.write(
    `\n${renderTable(program, raw, [...notesOf(settings, plan, program, raw), loadNote(load)])}\n`,
  );
  const faults = faultsOf(program);
  for (const fault of faults) say(`WRONG: ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
}

function planBlast({ users, rawMessages }: Settings): Plan {
  const now = new Date();
  const open = lawfulPlaces(now, new Date(now.getTime() + longestRunMs), blastsARun);
  const count = Math.max(users, rawMessages);
  if (open.prefixes.length > 0)
    return {
      people: makePeople(0, count, open.prefixes),
      prefixes: open.prefixes,
      purpose: 'promotional',
      note: `The blast is promotional, to numbers of ${open.names.join(', ')}, where the law's hours are open now.`,
    };
  return {
    people: makePeople(0, count, anyPlace),
    prefixes: anyPlace,
    purpose: 'transactional',
    note: 'No place of ours is within its lawful hours now, so the blast is TRANSACTIONAL and asks less of the program than a promotional one.',
  };
}

function notesOf(
  settings: Settings,
  plan: Plan,
  program: ProgramFigures,
  raw: readonly RawWireRun[],
): string[] {
  const { latency } = program;
  const blasts = [...program.blasts.alone, ...program.blasts.beside];
  const ours = median(blasts.map(({ characters }) => characters));
  const texts = plan.people.slice(0, settings.rawMessages).map((each) => campaignText(each, sampleLink));
  const rawCharacters = texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
  const during = latency.blast.map(({ sends }) => sends).join(' and ');
  const profiled = settings.profile ? ' The program was being profiled, which slows it.' : '';
  return [
    plan.note,
    `Bold is the median; every run is in brackets. Ratios are of the medians.${profiled}`,
    `Raw wire: ${settings.rawMessages} posts by undici (forms of ${median(raw.map(({ bytes }) => bytes)).toFixed(0)} bytes) to a simulator of its own and two receipts each taken by a bare HTTP server in the same process; one run before the program's, one after. Texts have ${rawCharacters.toFixed(0)} characters there and ${ours.toFixed(0)} in the blasts.`,
    `Blasts are from one sender with no pace to hold it: two alone, and two with 20 transactional sends a second beside (${during} of them), the measure of latency. Idle: 200 sends at the same pace, twice. The ledger counts whole milliseconds.`,
    `Users and events came through the bulk calls, 1,000 rows each, four calls at a time, in two halves; COPY put the very same rows into a bare table without indexes on the same server.`,
  ];
}

function loadNote(load: string): string {
  return `Load average before the run: ${load}. What else runs on the machine takes from both sides, not evenly; processor time of a message is touched by it least.`;
}

/** As long as a short link of the program on this machine. */
const sampleLink = 'http://127.0.0.1:40000/l/AbCdEfGhI';

function faultsOf({ blasts: { alone, beside }, latency }: ProgramFigures): string[] {
  const lost = [...latency.idle, ...latency.blast].reduce((sum, run) => sum + run.lost, 0);
  return [
    ...[...alone, ...beside].flatMap(({ faults }, index) =>
      faults.map((fault) => `blast ${index + 1}: ${fault}`),
    ),
    ...(lost > 0 ? [`${lost} transactional messages never reached the carrier`] : []),
  ];
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Interrupted)) throw error;
  say(error.message);
  process.exit(130);
}
