import { relative } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

/** Files that take minutes, of which each keeps more than one processor busy. */
const takesMinutes = /(chaos|crash|under-kill|stopped-campaigns|opt-out-race|pace)\.test\.ts$/;

/** Files of which it is told at the end how long they took. */
const mostTold = 40;

/**
 * Node's own runner over the files that the command line names: `run-files.ts AT_ONCE TIMEOUT_MS FILE…`. Those that take minutes go one after the other
 * beside all others, so that no two of them are at once and none stands alone at the end. Ends with 1 where a test failed.
 */
const [atOnce = '1', timeoutMs, ...files] = process.argv.slice(2);
const long = files.filter((file) => takesMinutes.test(file));
const others = files.filter((file) => !takesMinutes.test(file));
const times: { file: string; seconds: number }[] = [];
process.on('exit', () => {
  const slowest = times.sort((a, b) => b.seconds - a.seconds).slice(0, mostTold);
  const lines = slowest.map(({ file, seconds }) => `  ${seconds.toFixed(0).padStart(5)} s  ${file}\n`);
  process.stdout.write(`The files that took longest:\n${lines.join('')}`);
});
const beside = long.length === 0 ? Number(atOnce) : Math.max(1, Number(atOnce) - 1);
for (const [part, concurrency] of [
  [long, 1],
  [others, beside],
] as const)
  if (part.length > 0)
    run({ files: [...part], concurrency, timeout: Number(timeoutMs) })
      .on('test:fail', () => {
        process.exitCode = 1;
      })
      .on('test:summary', ({ file, duration_ms: took }) => {
        if (file) times.push({ file: relative(process.cwd(), file), seconds: took / 1_000 });
      })
      .compose(spec)
      .pipe(process.stdout);
