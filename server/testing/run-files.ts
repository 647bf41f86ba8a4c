import { run } from 'node:test';
import { spec } from 'node:test/reporters';

/**
 * Node's own runner over the files that the command line names, in that order (its command sorts them): `run-files.ts AT_ONCE TIMEOUT_MS FILE…`. Ends
 * with 1 where a test failed.
 */
const [atOnce, timeoutMs, ...files] = process.argv.slice(2);
run({ files, concurrency: Number(atOnce), timeout: Number(timeoutMs) })
  .on('test:fail', () => {
    process.exitCode = 1;
  })
  .compose(spec)
  .pipe(process.stdout);
