/** An end of an interval, whatever the zone. */
export type End =
  /** An instant, in the interval or out of it. */
  | { kind: 'instant'; at: Date; isIncluded: boolean }
  /** The beginning of a day: in where the interval begins there, out where it ends. */
  | { kind: 'day'; day: string }
  /** The same of the day so many days after today. */
  | { kind: 'today'; plus: number };

/** From when to when; null: without end. */
export interface Interval {
  from: End | null;
  until: End | null;
}

/** An end in one zone. A value that is a day alone stands for that day's beginning there. */
export interface Bound {
  at: Date;
  /** Whether what happened at the very instant is in. */
  isIncluded: boolean;
  /** The same for days: the first that is in, or at the end the first that is out (YYYY-MM-DD). */
  day: string;
}

/** When a day begins in a zone: its first instant, also where a clock change leaves midnight out or has it twice. */
export const startOfDay = (day: string, zone: string): Date =>
  new Date(Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds);

/** What the calendar of a zone shows at an instant. */
export const dayAt = (at: Date, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate().toString();

/** A day so many days later. */
export const addDays = (day: string, days: number): string =>
  Temporal.PlainDate.from(day).add({ days }).toString();

/** An end of an interval in a zone. Pure. */
export function boundOf(end: End, side: 'from' | 'until', now: Date, zone: string): Bound {
  if (end.kind === 'instant') {
    const { at, isIncluded } = end;
    const day = dayAt(at, zone);
    const isSharp = startsSharply(end, side) && startOfDay(day, zone).getTime() === at.getTime();
    return { at, isIncluded, day: isSharp ? day : addDays(day, 1) };
  }
  const day = end.kind === 'day' ? end.day : addDays(dayAt(now, zone), end.plus);
  return { at: startOfDay(day, zone), isIncluded: side === 'from', day };
}

/** Whether a day that begins at the very instant lies on its later side: from it on, or up to before it. */
export const startsSharply = (end: End, side: 'from' | 'until'): boolean =>
  end.kind !== 'instant' || end.isIncluded === (side === 'from');

/** Whether what happened at the end itself is in. */
export const isIncludedAt = (end: End, side: 'from' | 'until'): boolean =>
  end.kind === 'instant' ? end.isIncluded : side === 'from';
