import { sql } from 'kysely';
import type { Part } from '../leaf-kind.ts';
import { boundOf, type End, type Interval, isIncludedAt, startsSharply } from './interval.ts';
import { type Zone, zoneOfPerson } from './zone.ts';

/** An interval as of an instant. */
export type IntervalAt = (now: Date) => Interval;

/** An end for SQL: as an instant, and as the first day that is in, or out. */
interface EndSql {
  at: Part;
  day: Part;
  isIncluded: boolean;
}

/** Whether something lies in an interval, as SQL asks it of people, rows of `users`. */
export interface IntervalSql {
  /** SQL: an instant. */
  holdsAt(instant: Part, now: Date, users: 'u' | 'z'): Part;
  /** SQL: a day, as YYYY-MM-DD. */
  holdsOn(day: Part, now: Date, users: 'u' | 'z'): Part;
}

/** An interval for SQL. In a zone that is named the ends are worked out here; in each person's own by the database. */
export function intervalSql(intervalAt: IntervalAt, zone: Zone): IntervalSql {
  const endOf = (side: 'from' | 'until', now: Date, users: 'u' | 'z'): EndSql | null => {
    const end = intervalAt(now)[side];
    if (!end) return null;
    if (zone.kind === 'person') return endOfPerson(end, side, now, zoneOfPerson(zone, users));
    const { at, day, isIncluded } = boundOf(end, side, now, zone.name);
    return { at: sql`${at}::timestamptz`, day: sql`${day}::text`, isIncluded };
  };
  return {
    holdsAt: (instant, now, users) => {
      const [from, until] = [endOf('from', now, users), endOf('until', now, users)];
      return both(
        from && (from.isIncluded ? sql`${instant} >= ${from.at}` : sql`${instant} > ${from.at}`),
        until && (until.isIncluded ? sql`${instant} <= ${until.at}` : sql`${instant} < ${until.at}`),
      );
    },
    holdsOn: (day, now, users) => {
      const [from, until] = [endOf('from', now, users), endOf('until', now, users)];
      return both(
        from && sql`${day} COLLATE "C" >= ${from.day}`,
        until && sql`${day} COLLATE "C" < ${until.day}`,
      );
    },
  };
}

const both = (first: Part | null, second: Part | null): Part =>
  first && second ? sql`(${first} AND ${second})` : (first ?? second ?? sql`true`);

/** The same in a zone that SQL tells. */
function endOfPerson(end: End, side: 'from' | 'until', now: Date, zone: Part): EndSql {
  const isIncluded = isIncludedAt(end, side);
  if (end.kind === 'instant') {
    const at = sql`${end.at}::timestamptz`;
    const own = sql`(${at} AT TIME ZONE ${zone})::date`;
    const day = startsSharply(end, side)
      ? sql`CASE WHEN ${startOfDaySql(own, zone)} = ${at} THEN ${own} ELSE ${own} + 1 END`
      : sql`${own} + 1`;
    return { at, day: asText(sql`(${day})`), isIncluded };
  }
  const day =
    end.kind === 'day'
      ? sql`${end.day}::date`
      : sql`((${now}::timestamptz AT TIME ZONE ${zone})::date + ${end.plus}::int)`;
  return { at: startOfDaySql(day, zone), day: asText(day), isIncluded };
}

const asText = (day: Part) => sql`to_char(${day}, 'YYYY-MM-DD')`;

/** SQL: the first instant of a day. Where clocks go back over midnight PostgreSQL takes the second of the two. */
export function startOfDaySql(day: Part, zone: Part): Part {
  const midnight = sql`(${day})::timestamp`;
  const at = sql`(${midnight} AT TIME ZONE ${zone})`;
  const before = sql`(${at} - interval '1 hour')`;
  return sql`(CASE WHEN ${before} AT TIME ZONE ${zone} = ${midnight} THEN ${before} ELSE ${at} END)`;
}
