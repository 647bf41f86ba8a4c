import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { hoursDocument, hoursDocumentPath } from './print-hours.ts';
import { hoursTable } from './rules-for.ts';

test('docs/hours.md says what the table of hours says', () => {
  assert.equal(readFileSync(hoursDocumentPath, 'utf8'), hoursDocument());
});

test('every row has its law, its source, sane hours and dates in order', () => {
  for (const row of hoursTable) {
    assert.ok(row.law && row.source, `${row.country}-${row.region}`);
    for (const hours of [row.hours.weekday, row.hours.saturday, row.hours.sunday, row.hours.holiday]) {
      if (hours === null || hours === 'as the day') continue;
      assert.ok(0 <= hours[0] && hours[0] < hours[1] && hours[1] <= 1440);
    }
    assert.equal(row.holidays === null, row.hours.holiday === 'as the day');
    if (row.from && row.until) assert.ok(row.from < row.until);
  }
});

test('one span of time follows another without a gap or an overlap', () => {
  for (const row of hoursTable) {
    if (row.until === null) continue;
    const next = hoursTable.filter(
      (other) => other.country === row.country && other.region === row.region && other.from === row.until,
    );
    assert.equal(next.length, 1, `${row.country}-${row.region} until ${row.until}`);
  }
});
