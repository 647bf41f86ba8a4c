import { type Static, Type } from 'typebox';
import { refuse, strict } from '../../segments/leaf-kind.ts';

/** A time of the day, as documents have it. */
export const clockTime = Type.String({
  pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$',
  description: 'By a clock of 24 hours: 09:30',
});

export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
/** Days of the week, as documents have them. */
export const weekdaysSchema = Type.Array(Type.Union(weekdays.map((day) => Type.Literal(day))), {
  minItems: 1,
  maxItems: 7,
  uniqueItems: true,
});

const exactly = 'Exactly so long: one of minutes or hours (days of the calendar are a wait of days)';
const exactLength = (description: string) =>
  strict(
    {
      minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 5_256_000 })),
      hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 87_600 })),
    },
    description,
  );

/** An exact length of time: whatever clocks do meanwhile. */
export const lengthSchema = exactLength(exactly);

/** A length of time that may be given, with what it is for. */
export const lengthOf = (what: string) => Type.Optional(exactLength(`${what}. ${exactly}`));

/** Reads a length. @throws ApiError unless it says exactly one. */
export function lengthMs({ minutes, hours }: Static<typeof lengthSchema>, place: string): number {
  if ((minutes === undefined) === (hours === undefined))
    throw refuse(place, 'must have exactly one of minutes or hours');
  return minutes === undefined ? (hours ?? 0) * 3_600_000 : minutes * 60_000;
}

/** `90 minutes`, `1 hour`. */
export function lengthWords({ minutes, hours }: Static<typeof lengthSchema>): string {
  const [number, unit] = minutes === undefined ? [hours ?? 0, 'hour'] : [minutes, 'minute'];
  return `${number.toLocaleString('en')} ${unit}${number === 1 ? '' : 's'}`;
}

/*
 * An hour that does not exist on the day when clocks go forward is the one after it, and of one that comes twice the first is meant
 * (Temporal's `compatible`), so that no wait is skipped and none is over twice.
 */
/** The instant at which a clock of a zone shows a time on a day. */
export const instantOf = (day: Temporal.PlainDate, time: Temporal.PlainTime, zone: string): Date =>
  new Date(
    day.toPlainDateTime(time).toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds,
  );

const zoned = (at: Date, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);

/** So many days of the calendar later, at a time of the day; at the same time as `from` where none is given. Never before `from`. */
export function daysLater(from: Date, days: number, time: string | null, zone: string): Date {
  const start = zoned(from, zone);
  const at = time === null ? start.toPlainTime() : Temporal.PlainTime.from(time);
  const found = instantOf(start.toPlainDate().add({ days }), at, zone);
  return found.getTime() < from.getTime() ? from : found;
}

/** The first instant after `from` at which the clock shows a time, on one of these days of the week (1 is Monday). */
export function nextTime(from: Date, time: string, days: ReadonlySet<number>, zone: string): Date {
  const start = zoned(from, zone).toPlainDate();
  for (let ahead = 0; ahead <= 8; ahead++) {
    const day = start.add({ days: ahead });
    if (!days.has(day.dayOfWeek)) continue;
    const at = instantOf(day, Temporal.PlainTime.from(time), zone);
    if (at.getTime() > from.getTime()) return at;
  }
  throw new Error('no day of the week came within a week');
}

/** A date, with or without a time and an offset, moved by days, at a time of the day where one is given; null for what is no date. */
export function dateMoved(value: unknown, days: number, time: string | null, zone: string): Date | null {
  const read = readDate(value, zone);
  if (read === null) return null;
  try {
    const day = read.toPlainDate().add({ days });
    return instantOf(day, time === null ? read.toPlainTime() : Temporal.PlainTime.from(time), zone);
  } catch {
    // Beyond the last day that there is.
    return null;
  }
}

/** A date, with or without a time and an offset, by the clock of a zone; null for what is no date. */
export function readDate(value: unknown, zone: string): Temporal.ZonedDateTime | null {
  if (typeof value !== 'string') return null;
  try {
    const text = value.replace(' ', 'T').replace(/ ?UTC$/i, 'Z');
    // With an offset, also Iterable's behind a blank, it is an instant; without one it is what a clock of the zone shows.
    if (/T.*(Z|[+-]\d{2}:?\d{2})$/i.test(text))
      return Temporal.Instant.from(text.replace(' ', '')).toZonedDateTimeISO(zone);
    return Temporal.PlainDateTime.from(text).toZonedDateTime(zone);
  } catch {
    return null;
  }
}
