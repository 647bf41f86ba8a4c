import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flowNumber } from '../lanes/lane-work.ts';
import { flowsOf } from './worker-flows.ts';

test('each flow has a name and a number in locks of its own, so that none keeps another out of a lane', () => {
  const names = Object.values(flowsOf).flat();
  assert.equal(new Set(names).size, names.length);
  assert.equal(new Set(names.map(flowNumber)).size, names.length);
});
