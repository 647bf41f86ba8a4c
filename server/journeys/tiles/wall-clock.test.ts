import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dateMoved, daysLater, nextTime } from './wall-clock.ts';

const berlin = 'Europe/Berlin';
const at = (text: string) => new Date(text);

test('days later it is the same time of the day, also over the change of clocks', () => {
  // 72 hours later it would be 13:00.
  assert.deepEqual(daysLater(at('2026-03-27T11:00:00Z'), 3, null, berlin), at('2026-03-30T10:00:00Z'));
  assert.deepEqual(daysLater(at('2026-10-23T10:00:00Z'), 3, null, berlin), at('2026-10-26T11:00:00Z'));
  assert.deepEqual(daysLater(at('2026-06-01T07:00:00Z'), 1, '18:30', berlin), at('2026-06-02T16:30:00Z'));
});

test('a time that does not exist in spring is the hour after it, and of one that comes twice the first is meant', () => {
  assert.deepEqual(daysLater(at('2026-03-28T01:30:00Z'), 1, '02:30', berlin), at('2026-03-29T01:30:00Z'));
  assert.deepEqual(daysLater(at('2026-10-24T00:30:00Z'), 1, '02:30', berlin), at('2026-10-25T00:30:00Z'));
});

test('with no days a time that is over on the day ends at once, and never before it began', () => {
  assert.deepEqual(daysLater(at('2026-06-01T17:00:00Z'), 0, '09:00', berlin), at('2026-06-01T17:00:00Z'));
});

test('the next time of the day is after now, on one of the days', () => {
  const everyDay = new Set([1, 2, 3, 4, 5, 6, 7]);
  // A Monday, 09:00 sharp.
  assert.deepEqual(
    nextTime(at('2026-11-30T08:00:00Z'), '09:00', everyDay, berlin),
    at('2026-12-01T08:00:00Z'),
  );
  assert.deepEqual(
    nextTime(at('2026-11-30T07:59:59Z'), '09:00', everyDay, berlin),
    at('2026-11-30T08:00:00Z'),
  );
  assert.deepEqual(
    nextTime(at('2026-11-30T08:00:00Z'), '09:00', new Set([1]), berlin),
    at('2026-12-07T08:00:00Z'),
  );
});

test('a date is moved by days; with an offset it is an instant, without one what a clock of the zone shows', () => {
  assert.deepEqual(dateMoved('2026-05-05', -1, '09:00', berlin), at('2026-05-04T07:00:00Z'));
  assert.deepEqual(dateMoved('2026-05-05T14:30:00', 0, null, berlin), at('2026-05-05T12:30:00Z'));
  assert.deepEqual(dateMoved('2026-05-05 14:30:00', 0, null, berlin), at('2026-05-05T12:30:00Z'));
  assert.deepEqual(dateMoved('2026-05-05T23:30:00-05:00', -1, '10:00', berlin), at('2026-05-05T08:00:00Z'));
  for (const written of [
    '2026-05-05 12:30:00 +00:00',
    '2026-05-05 12:30:00 UTC',
    '2026-05-05 08:30:00 -0400',
  ])
    assert.deepEqual(dateMoved(written, 0, null, berlin), at('2026-05-05T12:30:00Z'), written);
  assert.deepEqual(dateMoved('2026-02-29', 0, null, berlin), null);
  for (const none of ['', 'soon', 20_260_505, null, undefined, {}])
    assert.equal(dateMoved(none, 0, null, berlin), null);
});
