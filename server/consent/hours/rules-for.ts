import type { Place } from '../../users/place/place.ts';
import { isHoliday } from './holidays.ts';
import type { DayHours, HoursRow } from './hours-row.ts';
import { elsewhere, nightHold, otherCountries } from './other-countries.ts';
import { unitedStates } from './united-states.ts';
import { unitedStatesVoice } from './united-states-voice.ts';

/** Every rule on the hours of promotional texts that we know, past ones included. */
export const hoursTable: readonly HoursRow[] = [
  ...unitedStates,
  ...unitedStatesVoice,
  ...otherCountries,
  elsewhere,
  nightHold,
];

/** Rows of a country and region whatever their dates; without a region, the rows of every region. */
const rowsByPlace = new Map<string, readonly HoursRow[]>();

/** The rows in force at a place on a local day (YYYY-MM-DD), those that are `off` among them. */
function rowsOnDay(place: Place, day: string): readonly HoursRow[] {
  const key = `${place.country}-${place.region ?? '*'}`;
  let rows = rowsByPlace.get(key);
  if (!rows) {
    rows = [...unitedStates, ...unitedStatesVoice, ...otherCountries].filter(
      (row) =>
        row.country === place.country &&
        (row.region === null || place.region === null || row.region === place.region),
    );
    rowsByPlace.set(key, rows);
  }
  const inForce = rows.filter(
    (row) => (row.from === null || row.from <= day) && (row.until === null || day < row.until),
  );
  return [...(inForce.length > 0 ? inForce : [elsewhere]), nightHold];
}

/**
 * The rules in force at a place at an instant, for showing to people: those of the country, of the region, and
 * the hold at night. All that apply are kept together; `off` ones are shown and not kept.
 */
export function rulesFor(place: Place, at: Date): readonly HoursRow[] {
  return rowsOnDay(place, localDay(place, at));
}

/** The local day of a place at an instant, YYYY-MM-DD. */
function localDay(place: Place, at: Date): string {
  const instant = Temporal.Instant.fromEpochMilliseconds(at.getTime());
  return instant.toZonedDateTimeISO(place.timeZone).toPlainDate().toString();
}

/** Whether a row is kept, by the project's choice on cautious rows. */
export function isKept(row: HoursRow, caution: boolean): boolean {
  return row.applies === 'law' || (row.applies === 'caution' && caution);
}

/** What one row allows on a local day (YYYY-MM-DD) at a place. */
export function rowHours(row: HoursRow, place: Place, day: string): DayHours {
  const { hours, holidays } = row;
  const at = { country: place.country, region: row.region ?? place.region };
  if (holidays && hours.holiday !== 'as the day' && isHoliday(at, holidays, day)) return hours.holiday;
  const weekday = new Date(`${day}T00:00Z`).getUTCDay();
  return weekday === 0 ? hours.sunday : weekday === 6 ? hours.saturday : hours.weekday;
}

/** What all the rows kept allow on a local day at a place: the minutes that each of them allows. */
export function promotionalHours(place: Place, day: string, caution: boolean): DayHours {
  let start = 0;
  let end = 24 * 60;
  for (const row of rowsOnDay(place, day)) {
    if (!isKept(row, caution)) continue;
    const hours = rowHours(row, place, day);
    if (!hours) return null;
    start = Math.max(start, hours[0]);
    end = Math.min(end, hours[1]);
  }
  return start < end ? [start, end] : null;
}
