import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { readyMadeDocument, readyMadePath } from './print-ready-made.ts';

test('docs/reference/ready-made-journeys.md says what the ready-made journeys are', () => {
  assert.equal(readFileSync(readyMadePath, 'utf8'), readyMadeDocument());
});
