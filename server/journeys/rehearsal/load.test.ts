import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { loadOf } from './load.ts';

const hour = 3_600_000;
const fast = { mps: 1, dailyCap: null, dayZone: 'UTC' };

test('what a sender cannot send in its hour leaves in the next ones, and is so much late', () => {
  // 3,240 segments an hour: nine tenths of the stated pace.
  const due = [
    { at: 0, messages: 3_240, segments: 3_240 },
    { at: hour, messages: 6_480, segments: 6_480 },
    { at: 5 * hour, messages: 1, segments: 1 },
  ];
  assert.deepEqual(
    loadOf(due, fast).map(({ left, lateMs }) => [left, lateMs]),
    [
      [0, 0],
      [3_240, hour],
      [0, 0],
    ],
  );
});

test('what is beyond a day’s number waits for the sender’s next day', () => {
  const due = [{ at: 22 * hour, messages: 150, segments: 150 }];
  const [first] = loadOf(due, { ...fast, dailyCap: 100 });
  assert.equal(first?.left, 50);
  // An hour and some minutes after its own hour is over.
  assert.ok(first.lateMs > hour && first.lateMs < 2 * hour, `${first.lateMs}`);
});

test('all that is due leaves, and none before it is due', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 10_000 })), {
        selector: ([at]) => at,
        maxLength: 20,
      }),
      fc.double({ min: 0.2, max: 5, noNaN: true }),
      (hours, mps) => {
        const due = hours.map(([at, segments]) => ({ at: at * hour, messages: segments, segments }));
        const load = loadOf(due, { ...fast, mps });
        assert.equal(load.length, due.length);
        const all = due.reduce((sum, { segments }) => sum + segments, 0);
        for (const { lateMs, left, segments } of load) {
          assert.ok(lateMs >= 0 && left >= 0 && left <= all);
          if (left === 0) assert.equal(lateMs, 0);
          assert.ok(segments > 0);
        }
      },
    ),
  );
});
