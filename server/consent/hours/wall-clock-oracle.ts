import Holidays from 'date-holidays';
import type { Place } from '../../users/place/place.ts';
import type { HoursRow } from './hours-row.ts';
import { hoursTable } from './rules-for.ts';

/** What a clock on the wall at a place shows. */
export interface WallClock {
  /** YYYY-MM-DD */
  readonly day: string;
  readonly weekday: string;
  readonly minute: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The wall clock of a zone at an instant, read off Intl and nothing else. */
export function wallClock(zone: string, milliseconds: number): WallClock {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formats.set(zone, format);
  }
  // “Tue, 11/24/2026, 08:05”
  const found = /^(\w+), (\d\d)\/(\d\d)\/(\d+), (\d\d):(\d\d)$/.exec(format.format(milliseconds));
  if (!found) throw new Error(`Intl wrote the time of ${zone} in another way`);
  const [, weekday = '', month, day, year, hour, minute] = found;
  return { day: `${year}-${month}-${day}`, weekday, minute: Number(hour) * 60 + Number(minute) };
}

/**
 * Whether the rules allow a promotional message at an instant, by plain arithmetic on the wall clock: the second
 * opinion that the tests of `sendWindow` ask.
 */
export function isAllowed(place: Place, milliseconds: number, caution: boolean): boolean {
  const clock = wallClock(place.timeZone, milliseconds);
  let rows = hoursTable.filter(
    (row) =>
      row.country === place.country &&
      (row.region === null || row.region === place.region) &&
      !(row.from && clock.day < row.from) &&
      !(row.until && clock.day >= row.until),
  );
  if (rows.length === 0) rows = hoursTable.filter((row) => row.country === '*' && row.applies === 'caution');
  const night = hoursTable.filter((row) => row.country === '*' && row.applies === 'law');
  return [...rows, ...night].every((row) => {
    if (row.applies === 'off' || (row.applies === 'caution' && !caution)) return true;
    const hours = hoursThat(row, place, clock);
    return hours !== null && hours[0] <= clock.minute && clock.minute < hours[1];
  });
}

function hoursThat(
  row: HoursRow,
  place: Place,
  { day, weekday }: WallClock,
): readonly [number, number] | null {
  const { hours, holidays } = row;
  if (hours.holiday !== 'as the day' && holidays) {
    const region = holidays.public === 'nation' ? undefined : (row.region ?? place.region);
    if (holidays.also.some((date) => day.endsWith(date)) || isHoliday(place.country, region, day))
      return hours.holiday;
  }
  return weekday === 'Sat' ? hours.saturday : weekday === 'Sun' ? hours.sunday : hours.weekday;
}

const holidaysAsked = new Map<string, boolean>();

/** `region`: undefined asks the nation's calendar, null those of all regions. */
function isHoliday(country: string, region: string | null | undefined, day: string): boolean {
  const key = `${country} ${region} ${day}`;
  let answer = holidaysAsked.get(key);
  if (answer === undefined) {
    const calendars = [new Holidays(country, { timezone: 'UTC' })];
    const regions =
      region === null ? Object.keys(new Holidays().getStates(country) ?? {}) : region ? [region] : [];
    for (const code of regions) calendars.push(new Holidays(country, code, { timezone: 'UTC' }));
    answer = calendars.some((calendar) => {
      const found = calendar.isHoliday(new Date(`${day}T10:00Z`));
      return found !== false && found.some(({ type }) => type === 'public');
    });
    holidaysAsked.set(key, answer);
  }
  return answer;
}
