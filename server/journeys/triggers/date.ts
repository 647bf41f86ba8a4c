import { Type } from 'typebox';
import { strict } from '../../segments/leaf-kind.ts';
import { readZone, storedZone, zoneSchema, zoneWords } from '../../segments/time/zone.ts';
import { pathSchema, pathWords, readPath } from '../../segments/values/path.ts';
import { clockTime, instantOf, readDate } from '../tiles/wall-clock.ts';
import { type Occasion, triggerKind } from './trigger-kind.ts';

const leapDays = ['02-28', '03-01'] as const;
/** A year beyond it is a slip of the pen: no date comes, and none is moved beyond the last day that there is. */
const lastYear = 9_900;

const schema = strict(
  {
    path: pathSchema,
    days: Type.Optional(
      Type.Integer({
        minimum: -3_650,
        maximum: 3_650,
        description: 'So many days after it; −1 is the day before',
      }),
    ),
    at: Type.Optional(clockTime),
    yearly: Type.Optional(
      Type.Boolean({ description: 'Each year on its day, as a birthday; once, unless told' }),
    ),
    leapDay: Type.Optional(
      Type.Union(
        leapDays.map((day) => Type.Literal(day)),
        { description: 'The day of 29 February in years that have none: 02-28 unless told' },
      ),
    ),
    zone: Type.Optional(zoneSchema),
  },
  'A date of the profile comes: on the day, or days before or after it. It is followed when it changes; one that is written after its time lets nobody in',
);

/** A date of the profile comes. */
export const dateTrigger = triggerKind('date', schema, (given, place, ground) => {
  const { days = 0, at, yearly = false, leapDay } = given;
  if (leapDay !== undefined && !yearly) throw ground.refuse(`${place}.leapDay`, 'goes with yearly: true');
  const path = readPath(given.path, `${place}.path`);
  const zone = readZone(given.zone ?? 'person', `${place}.zone`, {
    timeZone: ground.timeZone,
    segment: () => {
      throw new Error('a date reads no segment');
    },
    count: () => undefined,
  });
  const stored = { date: { ...given, zone: storedZone(zone) } };
  const day = `${Math.abs(days).toLocaleString('en')} day${Math.abs(days) === 1 ? '' : 's'}`;
  return {
    stored,
    words: `${days === 0 ? '' : `${day} ${days < 0 ? 'before' : 'after'} `}the date ${pathWords(path)} of their profile${yearly ? ', each year' : ''}${at ? `, at ${at}` : ''} ${zoneWords(zone)}`,
    kinds: ['profile', 'change'],
    wants: (happening) =>
      happening.kind === 'profile'
        ? happening.isNew || Object.hasOwn(happening.changes, path[0])
        : happening.kind === 'change' && (happening.of === 'place' || happening.of === 'person'),
    caused: async () => [],
    date: {
      ...{ text: JSON.stringify(stored), path, zone },
      next: (value, inZone, after, used) => {
        const date = readDate(value, inZone);
        if (date === null || date.year < 0 || date.year > lastYear) return null;
        const time = at === undefined ? date.toPlainTime() : Temporal.PlainTime.from(at);
        const on = (each: Temporal.PlainDate): Occasion => ({
          day: each.toString(),
          at: instantOf(each.add({ days }), time, inZone),
        });
        return first(
          yearly
            ? eachYear(date.toPlainDate(), after, days, leapDay ?? '02-28').map(on)
            : [on(date.toPlainDate())],
          after,
          used,
        );
      },
    },
  };
});

const first = (occasions: Iterable<Occasion>, after: Date, used: ReadonlySet<string>): Occasion | null => {
  for (const occasion of occasions) if (occasion.at > after && !used.has(occasion.day)) return occasion;
  return null;
};

/** Years that are looked at: one may be used up already. */
const mostYears = 5;

/** The days of a date in the years around an instant, the date's own the first. Pure. */
function eachYear(
  date: Temporal.PlainDate,
  after: Date,
  days: number,
  leapDay: (typeof leapDays)[number],
): Temporal.PlainDate[] {
  // What is moved by years comes around an instant in another year.
  const moved = Temporal.Instant.fromEpochMilliseconds(after.getTime())
    .toZonedDateTimeISO('UTC')
    .subtract({ days });
  const from = Math.max(date.year, moved.year - 1);
  return Array.from({ length: mostYears }, (_, index) => {
    const year = from + index;
    const isMissing =
      date.month === 2 && date.day === 29 && !Temporal.PlainDate.from({ year, month: 1, day: 1 }).inLeapYear;
    return isMissing
      ? Temporal.PlainDate.from(`${String(year).padStart(4, '0')}-${leapDay}`)
      : date.with({ year });
  });
}
