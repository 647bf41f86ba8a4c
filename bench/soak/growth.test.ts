import assert from 'node:assert/strict';
import { test } from 'node:test';
import { growthOf, type Sample } from './growth.ts';

const mega = 1024 * 1024;
/** Looks at a program, each with so many MiB and connections. */
const looks = (count: number, of: (look: number) => [mib: number, connections: number]): Sample[] =>
  Array.from({ length: count }, (_, look) => {
    const [mib, connections] = of(look);
    return { bytes: mib * mega, connections };
  });

test('memory that rises and falls, and a program that warms up, have not grown', () => {
  assert.deepEqual(growthOf(looks(60, (look) => [200 + (look % 7) * 40, 30 + (look % 5)])), []);
  assert.deepEqual(growthOf(looks(60, (look) => [200 + look, 30])), []);
  assert.deepEqual(growthOf(looks(5, (look) => [200 * look, 30 * look])), []);
});

test('memory whose lowest rises, and connections that are never given back, have', () => {
  assert.deepEqual(growthOf(looks(60, (look) => [200 + look * 5 + (look % 7) * 40, 30])), [
    'memory grew from 200 MiB to 410 MiB',
  ]);
  assert.deepEqual(growthOf(looks(60, (look) => [200, 30 + look])), ['connections grew from 49 to 89']);
});
