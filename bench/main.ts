import { loadavg } from 'node:os';
import { measureCatalogs, readCatalogs } from './catalogs.ts';
import { Interrupted } from './interrupt.ts';
import { measureJourneys } from './journeys/measure-journeys.ts';
import { measureRehearsal } from './journeys/measure-rehearsal.ts';
import { measureMillion } from './million/measure-million.ts';
import { campaignText, makePeople, type Person } from './people.ts';
import { type Plan, planBlast } from './plan-blast.ts';
import { say } from './progress.ts';
import { type RawWireRun, runRawWire } from './raw-wire.ts';
import { measureDefinitions } from './segments/measure-definitions.ts';
import { measureLive } from './segments/measure-live.ts';
import { readMillion, readSettings, readSoak, type Settings } from './settings.ts';
import { runSoak } from './soak/run-soak.ts';
import { median, renderTable } from './table.ts';
import { measureProgram, type ProgramFigures } from './whole-program.ts';

/**
 * Measures the program against the raw limits of this machine, prints one table on standard output and exits
 * with 1 when something was lost, sent twice or miscounted. How fast it is changes nothing about the exit.
 */
async function main(): Promise<void> {
  const [which, ...words] = process.argv.slice(2);
  if (which === 'million') {
    if (!(await measureMillion(readMillion(words)))) process.exitCode = 1;
    return;
  }
  if (which === 'soak') {
    if (!(await runSoak(readSoak(words)))) process.exitCode = 1;
    return;
  }
  if (which === 'segments') {
    if (!(await measureLive())) process.exitCode = 1;
    return;
  }
  if (which === 'definitions') {
    if (!(await measureDefinitions(readMillion(words)))) process.exitCode = 1;
    return;
  }
  if (which === 'catalogs') {
    if (!(await measureCatalogs(readCatalogs(words)))) process.exitCode = 1;
    return;
  }
  if (which === 'journeys') {
    if (!(await measureJourneys())) process.exitCode = 1;
    return;
  }
  if (which === 'rehearsals') {
    if (!(await measureRehearsal(readSettings(process.env).profile))) process.exitCode = 1;
    return;
  }
  if (which !== undefined)
    throw new Error(
      `bench ${which}: there are \`million\`, \`segments\`, \`definitions\`, \`journeys\`, \`rehearsals\`, \`soak\` and \`catalogs\`, and the bench without a word`,
    );
  const settings = readSettings(process.env);
  const plan = planBlast();
  const all = makePeople(0, Math.max(settings.users, settings.rawMessages), plan.prefixes);
  const load = (loadavg()[0] ?? 0).toFixed(1);
  say(plan.note);
  const raw = [await runRawWire(all.slice(0, settings.rawMessages))];
  const audience = all.slice(0, settings.users);
  const newcomers = makePeople(all.length, settings.users, plan.prefixes);
  const program = await measureProgram(audience, newcomers, plan.purpose, settings.profile);
  raw.push(await runRawWire(all.slice(0, settings.rawMessages)));
  process.stdout.write(
    `\n${renderTable(program, raw, [...notesOf(settings, plan, all, program, raw), loadNote(load)])}\n`,
  );
  const faults = faultsOf(program);
  for (const fault of faults) say(`WRONG: ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
}

function notesOf(
  settings: Settings,
  plan: Plan,
  all: readonly Person[],
  program: ProgramFigures,
  raw: readonly RawWireRun[],
): string[] {
  const { latency } = program;
  const blasts = [...program.blasts.alone, ...program.blasts.beside];
  const ours = median(blasts.map(({ characters }) => characters));
  const texts = all.slice(0, settings.rawMessages).map((each) => campaignText(each, sampleLink));
  const rawCharacters = texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
  const during = latency.blast.map(({ sends }) => sends).join(' and ');
  const profiled = settings.profile ? ' The program was being profiled, which slows it.' : '';
  return [
    plan.note,
    `Bold is the median; every run is in brackets. Ratios are of the medians.${profiled}`,
    `Raw wire: ${settings.rawMessages} posts by undici (forms of ${median(raw.map(({ bytes }) => bytes)).toFixed(0)} bytes) to a simulator of its own and two receipts each taken by a bare HTTP server in the same process; one run before the program's, one after. Texts have ${rawCharacters.toFixed(0)} characters there and ${ours.toFixed(0)} in the blasts.`,
    `Microseconds of processor time of a message in the last blast alone, by thread and connection: ${partsOf(program)}.`,
    `Blasts are from one sender with no pace to hold it: two alone, and two with 20 transactional sends a second beside (${during} of them), the measure of latency. Idle: 200 sends at the same pace, twice. The ledger counts whole milliseconds.`,
    `Users and events came through the bulk calls, 1,000 rows each, four calls at a time, in two halves; COPY put the very same rows into a bare table without indexes on the same server.`,
  ];
}

function partsOf({ blasts }: ProgramFigures): string {
  const parts = blasts.alone.at(-1)?.parts ?? [];
  return (
    parts.map(([part, microseconds]) => `${part} ${microseconds.toFixed(0)}`).join(', ') ||
    'not told by this system'
  );
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
