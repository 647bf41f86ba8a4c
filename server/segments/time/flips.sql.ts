import { sql } from 'kysely';
import type { Part } from '../leaf-kind.ts';
import { startOfDaySql } from './interval.sql.ts';
import { addDays, dayAt, startOfDay } from './interval.ts';
import { type Zone, zoneOfPerson } from './zone.ts';

/*
 * When an answer flips by time alone. What is told is the earliest instant after now at which it may: never a later one, and an
 * earlier one only costs a look that finds nothing new. An instant is told to the microsecond. What goes by the days of a zone flips when
 * one begins there: far from it a bound is told that no zone passes, near it the next beginnings, by the same calendar that the answer goes by.
 */

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** No zone's days begin so long before or after those of UTC, clock changes included. */
const zonesMs = 16 * hourMs;

/** SQL: the earliest of instants, null where there is none; null where nothing is asked at all. */
export function earliest(parts: readonly (Part | null | undefined)[]): Part | null {
  const asked = parts.filter((part) => part != null);
  const [only, ...more] = asked;
  if (only === undefined) return null;
  return more.length === 0 ? only : sql`least(${sql.join(asked)})`;
}

/** SQL: an instant so many milliseconds later. */
export const later = (instant: Part, milliseconds: number): Part =>
  milliseconds === 0
    ? instant
    : sql`(${instant} + ${milliseconds}::double precision * interval '1 millisecond')`;

const nowSql = (now: Date) => sql`${now}::timestamptz`;

/** SQL: an instant if it is still to come. */
const toCome = (instant: Part, now: Date): Part =>
  sql`(CASE WHEN ${instant} > ${nowSql(now)} THEN ${instant} END)`;

/** SQL: of something that flips between two instants, when a day begins: the first while that is to come, and then the next days. */
const between = (first: Part, last: Part, next: Part, now: Date): Part =>
  sql`(CASE WHEN ${first} > ${nowSql(now)} THEN ${first} WHEN ${last} > ${nowSql(now)} THEN ${next} END)`;

/** SQL: the beginning of the day after the one that it is at an instant, in a zone; so many milliseconds later. */
function nextDay(at: Date, zone: Zone, users: 'u' | 'z', laterMs: number): Part {
  if (zone.kind === 'named') {
    const day = startOfDay(addDays(dayAt(at, zone.name), 1), zone.name);
    return sql`${new Date(day.getTime() + laterMs)}::timestamptz`;
  }
  const name = zoneOfPerson(zone, users);
  return later(startOfDaySql(sql`((${at}::timestamptz AT TIME ZONE ${name})::date + 1)`, name), laterMs);
}

/** How a window goes along with now. */
export type Moving =
  /** Up to now and after the instant so long back; or after now up to the instant so far ahead. */
  | { kind: 'last' | 'next'; milliseconds: number }
  /** From the beginning of a day so many days back, today counted, up to now. */
  | { kind: 'days'; days: number };

/** SQL: when an instant comes into a window that moves, or goes out of it; null for never. */
export function instantFlips(
  instant: Part,
  moving: Moving,
  { zone, now, users }: { zone: Zone; now: Date; users: 'u' | 'z' },
): Part {
  if (moving.kind !== 'days') {
    const [first, second] = edgesOf(moving);
    return sql`coalesce(${toCome(later(instant, first), now)}, ${toCome(later(instant, second), now)})`;
  }
  // It goes out when the day begins that lies so many days after its own.
  const out = between(
    later(instant, (moving.days - 1) * dayMs - zonesMs),
    later(instant, moving.days * dayMs + zonesMs),
    nextDay(now, zone, users, 0),
    now,
  );
  return sql`coalesce(${toCome(instant, now)}, ${out})`;
}

/** SQL: the same of a day, as YYYY-MM-DD, which stands for its beginning in the zone. */
export function dayFlips(
  day: Part,
  moving: Moving,
  { zone, now, users }: { zone: Zone; now: Date; users: 'u' | 'z' },
): Part {
  const begins = sql`((${day} || 'T00:00:00Z')::timestamptz)`;
  const edge = (laterMs: number) =>
    between(
      later(begins, laterMs - zonesMs),
      later(begins, laterMs + zonesMs),
      nextDay(new Date(now.getTime() - laterMs), zone, users, laterMs),
      now,
    );
  if (moving.kind !== 'days') return sql`least(${sql.join(edgesOf(moving).map(edge))})`;
  const out = between(
    later(begins, moving.days * dayMs - zonesMs),
    later(begins, moving.days * dayMs + zonesMs),
    nextDay(now, zone, users, 0),
    now,
  );
  return sql`least(${edge(0)}, ${out})`;
}

/** How long after an instant it comes in and goes out, the earlier first. */
const edgesOf = ({ kind, milliseconds }: Extract<Moving, { milliseconds: number }>): [number, number] =>
  kind === 'last' ? [0, milliseconds] : [-milliseconds, 0];

/** Hours by which the anniversary of a day may come to lie otherwise: another zone's day, 29 February on the 28th. */
const asideHours = 48;

/** SQL: when the anniversary of a day, as YYYY-MM-DD, may come into a range of days around today, or go out of it. The day is written once. */
export function anniversaryFlips(
  day: Part,
  range: { from: number; to: number },
  { zone, now, users }: { zone: Zone; now: Date; users: 'u' | 'z' },
): Part {
  const years = [-1, 0, 1, 2].map((later) => now.getUTCFullYear() + later);
  const edges = [-range.to, 1 - range.from].map((days) => days * 24);
  const aside = sql`${asideHours}::int * interval '1 hour'`;
  return sql`(SELECT min(${between(sql`turn.at - ${aside}`, sql`turn.at + ${aside}`, nextDay(now, zone, users, 0), now)})
    FROM (SELECT ${day} AS text OFFSET 0) own CROSS JOIN LATERAL (
      SELECT ((own.text::date + make_interval(years => year - substr(own.text, 1, 4)::int)) AT TIME ZONE 'UTC')
        + hours * interval '1 hour' AS at
      FROM unnest(${years}::int[]) AS of_year (year) CROSS JOIN unnest(${edges}::int[]) AS of_edge (hours)) turn)`;
}
