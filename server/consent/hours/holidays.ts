import Holidays from 'date-holidays';
import type { HolidayCalendar } from './hours-row.ts';

/** The public holidays of one calendar, as far as its years were asked for. */
interface KeptCalendar {
  readonly years: Set<number>;
  readonly days: Set<string>;
}

const kept = new Map<string, KeptCalendar>();

/**
 * Whether a local day (YYYY-MM-DD) is a holiday to a rule's calendar at a place. Where the region is not known,
 * a holiday of any region counts. Holidays are those that date-holidays calls public, substitute days included.
 */
export function isHoliday(
  place: { readonly country: string; readonly region: string | null },
  calendar: HolidayCalendar,
  day: string,
): boolean {
  if (calendar.also.includes(day.slice(5))) return true;
  const key = calendar.public === 'nation' ? place.country : `${place.country}-${place.region ?? '*'}`;
  let days = kept.get(key);
  if (!days) {
    days = { years: new Set(), days: new Set() };
    kept.set(key, days);
  }
  const year = Number(day.slice(0, 4));
  if (!days.years.has(year)) addYear(days, calendars(place.country, key), year);
  return days.days.has(day);
}

/** The calendars behind a key: the nation's, one region's, or all of them. */
function calendars(country: string, key: string): Holidays[] {
  // With UTC as their zone, starts and ends read as the local clock.
  const options = { timezone: 'UTC' };
  const region = key.slice(country.length + 1);
  if (region === '') return [new Holidays(country, options)];
  if (region !== '*') return [new Holidays(country, region, options)];
  const regions = Object.keys(new Holidays().getStates(country) ?? {});
  return [new Holidays(country, options), ...regions.map((code) => new Holidays(country, code, options))];
}

/** Adds a year's holidays, and those that begin in the year before and last into it. */
function addYear(into: KeptCalendar, from: readonly Holidays[], year: number): void {
  into.years.add(year);
  for (const calendar of from) {
    for (const holiday of [...calendar.getHolidays(year - 1), ...calendar.getHolidays(year)]) {
      if (holiday.type !== 'public') continue;
      const last = new Date(holiday.end.getTime() - 1).toISOString().slice(0, 10);
      let day = Temporal.PlainDate.from(holiday.date.slice(0, 10));
      for (; day.toString() <= last; day = day.add({ days: 1 })) into.days.add(day.toString());
    }
  }
}
