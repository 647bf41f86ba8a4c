import { sql } from 'kysely';
import { type Static, Type } from 'typebox';
import { type Part, refuse, strict } from '../leaf-kind.ts';
import { readingDate } from './dates.sql.ts';
import { anniversaryFlips } from './flips.sql.ts';
import { addDays, dayAt } from './interval.ts';
import { type Zone, zoneOfPerson } from './zone.ts';

const distance = Type.Integer({ minimum: -183, maximum: 183 });

/** When the day of a date comes round again. */
export const anniversarySchema = strict(
  { from: distance, to: distance },
  'Days from today, which is 0, between which its anniversary lies, both in: { "from": 0, "to": 7 }. In years without one 29 February comes on the 28th',
);

type Asked = Static<typeof anniversarySchema>;

/** @throws ApiError unless the range goes forward. */
export function requireForward({ from, to }: Asked, place: string): void {
  if (from > to) throw refuse(place, 'ends before it begins; turn from and to round');
}

/** The days of a range around `today` by their month and day, each with its year: of two the later. Pure. */
function anniversaryDays(today: string, { from, to }: Asked): Record<string, number> {
  const days: Record<string, number> = {};
  for (let distance = from; distance <= to; distance++) {
    const day = Temporal.PlainDate.from(addDays(today, distance));
    const monthDay = day.toString().slice(5);
    days[monthDay] = day.year;
    if (monthDay === '02-28' && !day.inLeapYear) days['02-29'] = day.year;
  }
  return days;
}

/** SQL: whether the anniversary of a date, as text, lies in the range. The day itself is none: a year must have passed. */
export function isAnniversary(text: Part, asked: Asked, zone: Zone, now: Date, users: 'u' | 'z'): Part {
  const zoneSql = zoneOfPerson(zone, users);
  const todays =
    zone.kind === 'named'
      ? [dayAt(now, zone.name)]
      : // What calendars show on earth at one instant.
        [...new Set(['Etc/GMT+12', 'UTC', 'Etc/GMT-14'].map((name) => dayAt(now, name)))];
  const days = Object.fromEntries(todays.map((today) => [today, anniversaryDays(today, asked)]));
  const today =
    zone.kind === 'named'
      ? sql`${todays[0]}::text`
      : sql`to_char(${now}::timestamptz AT TIME ZONE ${zoneSql}, 'YYYY-MM-DD')`;
  const comesRound = (day: Part) =>
    sql`coalesce((${JSON.stringify(days)}::jsonb -> ${today} ->> substr(${day}, 6))::int > substr(${day}, 1, 4)::int, false)`;
  return readingDate(text, comesRound(text), (instant) =>
    comesRound(sql`to_char(${instant} AT TIME ZONE ${zoneSql}, 'YYYY-MM-DD')`),
  );
}

/** SQL: when the anniversary of a date, as text, may come into the range or go out of it; null for never. */
export function anniversaryFlipsOf(text: Part, asked: Asked, zone: Zone, now: Date, users: 'u' | 'z'): Part {
  const flips = (day: Part) => anniversaryFlips(day, asked, { zone, now, users });
  return readingDate(
    text,
    flips(text),
    (instant) => flips(sql`to_char(${instant} AT TIME ZONE ${zoneOfPerson(zone, users)}, 'YYYY-MM-DD')`),
    sql`NULL`,
  );
}

/** In words: `today`, `between 3 days ago and today`. */
export function anniversaryWords({ from, to }: Asked): string {
  const word = (days: number) =>
    days === 0 ? 'today' : days > 0 ? `in ${days} ${plural(days)}` : `${-days} ${plural(-days)} ago`;
  return from === to ? word(from) : `between ${word(from)} and ${word(to)}`;
}

const plural = (days: number) => (days === 1 ? 'day' : 'days');
