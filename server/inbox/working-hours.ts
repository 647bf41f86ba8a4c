/** The days of a week, as ISO 8601 has them. */
export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
export type Weekday = (typeof weekdays)[number];

/** From and to on the clock, `HH:MM`; `24:00` ends a day. */
export type Span = readonly [from: string, to: string];

/** When people answer. */
export interface WorkingHours {
  /** IANA name. */
  timeZone: string;
  /** Spans of each day in their order; a day that is missing is free. */
  week: Partial<Readonly<Record<Weekday, readonly Span[]>>>;
  /** Days off, YYYY-MM-DD. */
  holidays: readonly string[];
}

/** Who works a minute a week has done a due time's minutes by then, or never. */
const farthestDays = 400;
const minuteMs = 60_000;

/** The instant at which so many minutes have been worked since `from`; null where hardly anybody ever works. Pure. */
export function afterWorking(hours: WorkingHours, from: Date, minutes: number): Date | null {
  const { timeZone, week, holidays } = hours;
  let left = minutes * minuteMs;
  let day = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  const free = new Set(holidays);
  for (let days = 0; days < farthestDays; days++, day = day.add({ days: 1 })) {
    const spans = free.has(day.toString()) ? [] : (week[weekdays[day.dayOfWeek - 1]!] ?? []);
    for (const [opens, closes] of spans) {
      const begin = Math.max(instantOf(day, opens, timeZone), from.getTime());
      const room = instantOf(day, closes, timeZone) - begin;
      // What ends at the very end of a day is due then, not at the next day's beginning.
      if (room >= left && room > 0) return new Date(begin + left);
      if (room > 0) left -= room;
    }
  }
  return null;
}

/** Whether somebody answers at an instant. Pure. */
export function isWorking(hours: WorkingHours, at: Date): boolean {
  // Of a moment that is worked nothing is left to wait for.
  return afterWorking(hours, at, 1 / minuteMs)?.getTime() === at.getTime() + 1;
}

function instantOf(day: Temporal.PlainDate, clock: string, timeZone: string): number {
  const [of, plainTime] = clock === '24:00' ? [day.add({ days: 1 }), '00:00'] : [day, clock];
  return of.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(plainTime) }).epochMilliseconds;
}

/** What is wrong with hours that somebody gives, naming the field; null where nothing is. Pure. */
export function faultOfHours({
  timeZone,
  week,
  holidays,
}: WorkingHours): { field: string; fault: string } | null {
  if (!isTimeZone(timeZone))
    return { field: 'hours.timeZone', fault: 'is no IANA time zone; give one as Europe/Berlin' };
  for (const weekday of weekdays) {
    let last = '';
    for (const [from, to] of week[weekday] ?? []) {
      const field = `hours.week.${weekday}`;
      if (from >= to)
        return { field, fault: `has a span from ${from} to ${to}, which ends before it begins` };
      if (from < last) return { field, fault: 'has spans that overlap or are not in their order' };
      last = to;
    }
  }
  const wrong = holidays.find((day) => !isDay(day));
  return wrong === undefined
    ? null
    : { field: 'hours.holidays', fault: `${wrong} is no day; give YYYY-MM-DD` };
}

function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}
