import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { afterWorking, faultOfHours, type WorkingHours, weekdays } from './working-hours.ts';

const office: WorkingHours = {
  timeZone: 'America/New_York',
  week: {
    ...{
      monday: [
        ['09:00', '12:00'],
        ['13:00', '17:00'],
      ],
      tuesday: [['09:00', '17:00']],
    },
    ...{ wednesday: [['09:00', '17:00']], thursday: [['09:00', '17:00']], friday: [['09:00', '24:00']] },
  },
  holidays: ['2026-11-26'],
};
const at = (text: string) => new Date(text);
const after = (from: string, minutes: number) =>
  afterWorking(office, at(from), minutes)?.toISOString() ?? null;

test('minutes count while people work: not at lunch, at night, on a weekend or on a holiday', () => {
  assert.equal(after('2026-11-23T15:00:00Z', 60), '2026-11-23T16:00:00.000Z');
  assert.equal(after('2026-11-23T16:30:00Z', 60), '2026-11-23T18:30:00.000Z', 'over lunch');
  assert.equal(after('2026-11-23T21:30:00Z', 60), '2026-11-24T14:30:00.000Z', 'over night');
  assert.equal(after('2026-11-25T21:30:00Z', 60), '2026-11-27T14:30:00.000Z', 'over Thanksgiving');
  assert.equal(after('2026-11-28T12:00:00Z', 1), '2026-11-30T14:01:00.000Z', 'over the weekend');
  assert.equal(after('2026-11-23T05:00:00Z', 180), '2026-11-23T17:00:00.000Z', 'a span counts to its end');
  assert.equal(after('2026-11-28T04:30:00Z', 30), '2026-11-28T05:00:00.000Z', 'to midnight');
});

test('a clock that is put forward or back takes no minute from anybody', () => {
  const nights: WorkingHours = { ...office, week: { sunday: [['00:00', '06:00']] }, holidays: [] };
  const sunday = (from: string, minutes: number) => afterWorking(nights, at(from), minutes)?.toISOString();
  assert.equal(sunday('2026-03-08T05:00:00Z', 300), '2026-03-08T10:00:00.000Z', 'five hours are in six');
  assert.equal(sunday('2026-11-01T04:00:00Z', 420), '2026-11-01T11:00:00.000Z', 'seven are');
});

test('nobody who never works is due anything', () => {
  assert.equal(afterWorking({ ...office, week: {} }, at('2026-11-23T15:00:00Z'), 1), null);
});

test('later questions and longer promises are due no sooner, and never within a free time', () => {
  const anyInstant = fc.date({
    min: at('2026-01-01T00:00:00Z'),
    max: at('2027-01-01T00:00:00Z'),
    noInvalidDate: true,
  });
  const anyMinutes = fc.integer({ min: 1, max: 5_000 });
  fc.assert(
    fc.property(anyInstant, anyInstant, anyMinutes, anyMinutes, (one, other, few, more) => {
      const [first, second] = one <= other ? [one, other] : [other, one];
      const [short, long] = few <= more ? [few, more] : [more, few];
      const due = afterWorking(office, first, short)!;
      assert.ok(due.getTime() >= first.getTime() + short * 60_000);
      assert.ok(afterWorking(office, second, short)! >= due);
      assert.ok(afterWorking(office, first, long)! >= due);
      const local = Temporal.Instant.fromEpochMilliseconds(due.getTime()).toZonedDateTimeISO(office.timeZone);
      const spans = office.week[weekdays[local.subtract({ milliseconds: 1 }).dayOfWeek - 1]!] ?? [];
      const clock = local.toPlainTime().toString({ smallestUnit: 'minute' });
      assert.ok(
        spans.some(([from, to]) => from <= clock && (clock <= to || to === '24:00')) || clock === '00:00',
        `${due.toISOString()} is ${clock}`,
      );
    }),
  );
});

test('hours that cannot be meant are refused by their field', () => {
  assert.equal(faultOfHours(office), null);
  const faultOf = (change: Partial<WorkingHours>) => faultOfHours({ ...office, ...change })?.field;
  assert.equal(faultOf({ timeZone: 'Berlin' }), 'hours.timeZone');
  assert.equal(faultOf({ week: { monday: [['17:00', '09:00']] } }), 'hours.week.monday');
  assert.equal(
    faultOf({
      week: {
        friday: [
          ['09:00', '13:00'],
          ['12:00', '17:00'],
        ],
      },
    }),
    'hours.week.friday',
  );
  assert.equal(faultOf({ holidays: ['2026-02-30'] }), 'hours.holidays');
});
