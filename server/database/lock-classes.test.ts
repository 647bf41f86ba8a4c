import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { lockClasses } from './lock-classes.ts';

test('no two kinds of advisory locks have the same class, so that none waits for another', () => {
  const classes = Object.values(lockClasses);
  assert.deepEqual(
    classes.filter((each, index) => classes.indexOf(each) !== index),
    [],
  );
});

test('whoever takes an advisory lock names its class from the one list', () => {
  const server = join(import.meta.dirname, '..');
  const taking = /pg_(?:try_)?advisory_\w*lock\w*\(([^)]*)/g;
  const listed = /^\$\{(?:lockClasses[.[]|laneLock\(|lock\})/;
  // The traps that tests set are held by a lock of one key, which no lock of two ever meets.
  const isProgram = (file: string) =>
    !/^testing\/|node_modules/.test(file) && /(?<!\.test|-fixtures)\.ts$/.test(file);
  const nameless = readdirSync(server, { recursive: true, encoding: 'utf8' })
    .filter(isProgram)
    .flatMap((file) => {
      const source = readFileSync(join(server, file), 'utf8');
      const isGiven = (key: string) => key.startsWith('$1') && source.includes('[lockClasses.');
      return [...source.matchAll(taking)]
        .filter(([, key = '']) => !listed.test(key) && !isGiven(key))
        .map(([call]) => ({ file, call }));
    });
  assert.deepEqual(nameless, []);
});
