import { relative } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

/** Files that take minutes, of which each keeps more than one processor busy. */
const takesMinutes = /(chaos|crash|under-kill|stopped-campaigns|opt-out-race|pace)\.test\.ts$/;

/** Files of which it is told at the end how long they took. */
const mostTold = 40;

/**
 * Node's own runner over the files that the command line names: `run-files.ts AT_ONCE TIMEOUT_MS FILE…`. Those that take minutes go one after the other
 * beside all others, so that no two of them are at once and none stands alone at the end; where they are done, others take their place. Ends with 1 where a test failed.
 */
const [atOnce = '1', timeoutMs, ...files] = process.argv.slice(2);
const long = files.filter((file) => takesMinutes.test(file));
const others = files.filter((file) => !takesMinutes.test(file));
const times: { file: string; seconds: number }[] = [];
const counts = { tests: 0, passed: 0, cancelled: 0, skipped: 0, todo: 0 };
const countNames = ['tests', 'passed', 'cancelled', 'skipped', 'todo'] as const;
const report = new spec();
report.pipe(process.stdout);

const first = goThrough(long).then(() => goThrough(others));
const beside = Array.from({ length: Math.max(0, Number(atOnce) - 1) }, () => goThrough(others));
await Promise.all([first, ...beside]);
report.end(() => {
  const { tests, passed, cancelled, skipped, todo } = counts;
  const failed = tests - passed - cancelled - skipped - todo;
  const told = Object.entries({ ...counts, failed }).map(([name, count]) => `${count} ${name}`);
  const slowest = times.sort((a, b) => b.seconds - a.seconds).slice(0, mostTold);
  const lines = slowest.map(({ file, seconds }) => `  ${seconds.toFixed(0).padStart(5)} s  ${file}\n`);
  process.stdout.write(`${told.join(', ')}\nThe files that took longest:\n${lines.join('')}`);
});

/** Takes files off the front, one after the other, until none is left. */
async function goThrough(queue: string[]): Promise<void> {
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) await runFile(file);
}

async function runFile(file: string): Promise<void> {
  const begunAt = performance.now();
  for await (const event of run({ files: [file], timeout: Number(timeoutMs) })) {
    if (event.type === 'test:fail') process.exitCode = 1;
    if (event.type === 'test:summary') {
      // Told once for the file and once for the run, which is of one file.
      if (event.data.file === undefined)
        for (const name of countNames) counts[name] += event.data.counts[name];
      continue;
    }
    // The run's own counts, of which the sum is told at the end.
    if (event.type === 'test:diagnostic' && event.data.nesting === 0 && event.data.file === undefined)
      continue;
    report.write(event);
  }
  times.push({ file: relative(process.cwd(), file), seconds: (performance.now() - begunAt) / 1_000 });
}
