import { type Place, placeText } from '../../users/place/place.ts';
import type { DayHours } from './hours-row.ts';
import { offsetSpans } from './zone-offsets.ts';

/** Instants in milliseconds since 1970, [start, end). */
export type Interval = readonly [start: number, end: number];

/** Milliseconds of a day of UTC. */
export const DAY = 86_400_000;

const MINUTE = 60_000;

/** What a place allows on a local day (YYYY-MM-DD). */
export type HoursOfDay = (place: Place, day: string) => DayHours;

/**
 * The instants of one UTC day (counted from 1970) at which the local clock of a place stands inside its hours,
 * in order. Exact across changes of summer time: each span of constant offset is taken by itself, so an hour
 * that comes twice counts twice and one that is skipped never.
 */
function placeIntervals(place: Place, utcDay: number, hoursOf: HoursOfDay): Interval[] {
  const dayStart = utcDay * DAY;
  const dayEnd = dayStart + DAY;
  const found: Interval[] = [];
  for (const span of offsetSpans(place.timeZone, new Date(dayStart).getUTCFullYear())) {
    const from = Math.max(span.from, dayStart);
    const to = Math.min(span.to, dayEnd);
    if (from >= to) continue;
    const lastLocal = Math.floor((to - 1 + span.offset) / DAY);
    for (let local = Math.floor((from + span.offset) / DAY); local <= lastLocal; local++) {
      const hours = hoursOf(place, new Date(local * DAY).toISOString().slice(0, 10));
      if (!hours) continue;
      const midnight = local * DAY - span.offset;
      const start = Math.max(from, midnight + hours[0] * MINUTE);
      const end = Math.min(to, midnight + hours[1] * MINUTE);
      if (start < end) append(found, [start, end]);
    }
  }
  return found;
}

/** Adds an interval that begins no earlier than the last one ends, joining the two where they meet. */
function append(intervals: Interval[], next: Interval): void {
  const last = intervals.at(-1);
  if (last && last[1] === next[0]) intervals[intervals.length - 1] = [last[0], next[1]];
  else intervals.push(next);
}

/** The instants in both. */
function intersection(some: readonly Interval[], others: readonly Interval[]): Interval[] {
  const both: Interval[] = [];
  for (const one of some) {
    for (const other of others) {
      const start = Math.max(one[0], other[0]);
      const end = Math.min(one[1], other[1]);
      if (start < end) both.push([start, end]);
    }
  }
  return both;
}

const KEPT = 50_000;
const keptOfPlace = new Map<string, readonly Interval[]>();
const keptOfPlaces = new Map<string, readonly Interval[]>();

/**
 * The instants of one UTC day open at every one of these places. `rule` names `hoursOf` and `key` the places:
 * what was worked out once under both names is kept.
 */
export function commonIntervals(
  places: readonly Place[],
  key: string,
  utcDay: number,
  rule: string,
  hoursOf: HoursOfDay,
): readonly Interval[] {
  return keep(keptOfPlaces, `${utcDay} ${rule} ${key}`, () => {
    let common: readonly Interval[] = [[utcDay * DAY, (utcDay + 1) * DAY]];
    for (const place of places) {
      if (common.length === 0) break;
      const open = keep(keptOfPlace, `${utcDay} ${rule} ${placeText(place)}`, () =>
        placeIntervals(place, utcDay, hoursOf),
      );
      common = intersection(common, open);
    }
    return common;
  });
}

function keep<Value>(kept: Map<string, Value>, key: string, make: () => Value): Value {
  const found = kept.get(key);
  if (found !== undefined) return found;
  const made = make();
  if (kept.size >= KEPT) kept.clear();
  kept.set(key, made);
  return made;
}
