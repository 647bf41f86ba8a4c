import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

/** What a package-lock.json tells of each place of a package, as far as this test reads it. */
type Places = Record<string, { optionalDependencies?: Record<string, string> }>;

const lockFile = new URL('../../package-lock.json', import.meta.url);

/** Whether Node would find a package from a place: in its own node_modules, or in one above. */
function isFound(places: Places, place: string, name: string): boolean {
  for (let from = place; ; from = from.slice(0, Math.max(0, from.lastIndexOf('/')))) {
    if (`${from ? `${from}/` : ''}node_modules/${name}` in places) return true;
    if (from === '') return false;
  }
}

test('an install on whatever platform leaves the lock file of a fresh clone as it is', async () => {
  const { packages } = JSON.parse(await readFile(lockFile, 'utf8')) as { packages: Places };
  // npm adds to the file what of a package's variants it lacks, whether this machine is of their platform or not.
  const lacking = Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isFound(packages, place, name)),
  );
  assert.deepEqual(lacking, []);
});
