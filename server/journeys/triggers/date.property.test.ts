import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { refuse } from '../../segments/leaf-kind.ts';
import type { TileGround } from '../definition/tile-kind.ts';
import { dateTrigger } from './date.ts';

const ground = { timeZone: 'UTC', refuse } as TileGround;
const zones = ['UTC', 'America/New_York', 'Europe/Paris', 'Australia/Lord_Howe', 'Pacific/Apia'];

/** Looks at each day of the calendar in turn, as somebody with a diary would. */
function byDiary(
  birth: Temporal.PlainDate,
  leapDay: string,
  days: number,
  at: Temporal.PlainTime,
  zone: string,
  after: Date,
): string | null {
  const begin = Temporal.Instant.fromEpochMilliseconds(after.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDate();
  for (let ahead = -2; ahead < 800; ahead++) {
    const letsIn = begin.add({ days: ahead });
    const day = letsIn.subtract({ days });
    if (Temporal.PlainDate.compare(day, birth) < 0) continue;
    const isDay =
      (day.month === birth.month && day.day === birth.day) ||
      (birth.month === 2 && birth.day === 29 && !day.inLeapYear && day.toString().endsWith(leapDay));
    if (!isDay) continue;
    const instant = letsIn.toPlainDateTime(at).toZonedDateTime(zone);
    if (instant.epochMilliseconds > after.getTime()) return `${day} ${instant.toInstant()}`;
  }
  return null;
}

test('the next anniversary is the one that a diary says, whatever the zone, the leap years and the days before', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 37_000 }),
      fc.constantFrom('02-28', '03-01'),
      fc.integer({ min: -400, max: 400 }),
      fc.constantFrom('00:00', '02:30', '09:00', '23:59'),
      fc.constantFrom(...zones),
      fc.date({
        min: new Date('2024-01-01T00:00:00Z'),
        max: new Date('2033-01-01T00:00:00Z'),
        noInvalidDate: true,
      }),
      fc.boolean(),
      (since1920, leapDay, days, at, zone, after, isLeap) => {
        const birth = isLeap
          ? Temporal.PlainDate.from('1996-02-29')
          : Temporal.PlainDate.from('1920-01-01').add({ days: since1920 });
        const on = { path: 'birthday', yearly: true, leapDay, days, at, zone };
        const { date } = dateTrigger.read(on, 'on', ground);
        const next = date?.next(birth.toString(), zone, after, new Set()) ?? null;
        const told = next && `${next.day} ${Temporal.Instant.fromEpochMilliseconds(next.at.getTime())}`;
        assert.equal(told, byDiary(birth, leapDay, days, Temporal.PlainTime.from(at), zone, after));
        if (next)
          assert.notEqual(date?.next(birth.toString(), zone, after, new Set([next.day]))?.day, next.day);
      },
    ),
    { numRuns: 500 * Number(process.env.RUNS_TIMES ?? 1) },
  );
});

test('what no calendar has, and what is beyond all days to come, is no date and no fault, whatever is added to it', () => {
  const odd = fc.oneof(
    fc.constantFrom(
      '+275760-09-13',
      '+275755-06-01',
      '-271821-04-20',
      '+012000-02-29',
      '9999-12-31',
      '0000-02-29',
    ),
    fc.constantFrom('2026-02-30', '2026-12-03T10:00:00+99:00', 'in spring', ''),
    fc
      .tuple(
        fc.integer({ min: -271_821, max: 275_760 }),
        fc.constantFrom('-02-29', '-12-31', '-01-01T23:59:59Z'),
      )
      .map(([year, rest]) => `${year < 0 ? '-' : '+'}${String(Math.abs(year)).padStart(6, '0')}${rest}`),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(
      odd,
      fc.boolean(),
      fc.integer({ min: -3_650, max: 3_650 }),
      fc.constantFrom(...zones),
      (value, yearly, days, zone) => {
        const { date } = dateTrigger.read({ path: 'day', yearly, days, at: '09:00', zone }, 'on', ground);
        const next = date?.next(value, zone, new Date('2026-11-23T17:00:00Z'), new Set()) ?? null;
        assert.ok(next === null || next.at.getTime() < Date.UTC(10_000, 0), String(next?.at));
      },
    ),
    { numRuns: 500 * Number(process.env.RUNS_TIMES ?? 1) },
  );
});
