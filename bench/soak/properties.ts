import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
/** How many times as often as by `npm test`. */
const times = 10;

/** Runs the properties of segments, of people and histories that are drawn anew, ten times as often as by `npm test`. Answers whether all held. */
export async function propertiesHold(): Promise<boolean> {
  const files = globSync('server/segments/**/*.property.test.ts', { cwd: root }).sort();
  const run = spawn(process.execPath, ['server/testing/run.ts', ...files], {
    cwd: root,
    env: { ...process.env, RUNS_TIMES: String(times) },
    // What is printed on standard output is the soak's.
    stdio: ['ignore', process.stderr, process.stderr],
  });
  // Whoever interrupts the soak ends it too.
  process.once('exit', () => run.kill('SIGTERM'));
  const [code] = await once(run, 'exit');
  return code === 0;
}
