import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseInstant, readInstant } from './instant.ts';

test('instants are read as people and Iterable write them', () => {
  for (const text of [
    '2028-02-29T17:00:00Z',
    '2028-02-29 17:00:00 +00:00',
    '2028-02-29 18:00:00+0100',
    '2028-02-29 17:00',
    1_835_456_400,
    1_835_456_400_000,
  ])
    assert.equal(parseInstant(text)?.toISOString(), '2028-02-29T17:00:00.000Z', String(text));
});

test('a day that no calendar has is refused, and a year out of range with the range', () => {
  for (const text of [
    '2027-02-30',
    '2027-02-29T10:00:00Z',
    '2027-13-01',
    '2027-00-10',
    '2027-04-31',
    '2027-01-00',
  ])
    assert.equal(parseInstant(text), null, text);
  assert.throws(
    () => readInstant('sendAt', '2400-01-01'),
    /sendAt 2400-01-01 is not an instant from 1990 to 2199/,
  );
});
