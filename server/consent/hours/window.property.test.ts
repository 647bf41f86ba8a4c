import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { allPlaces, zonesOf } from '../../users/place/country-places.ts';
import { type Place, placeText } from '../../users/place/place.ts';
import { parsePlaceKey, placeKey } from '../../users/place/place-key.ts';
import { isHoliday } from './holidays.ts';
import type { HoursRow } from './hours-row.ts';
import { hoursTable } from './rules-for.ts';
import { isAllowed, wallClock } from './wall-clock-oracle.ts';
import { sendWindow, transactionalWindow } from './window.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Places without a row of their own, chosen for their clocks: the date line, half hours, odd summer times. */
const oddClocks = parsePlaceKey(
  'AQ@Antarctica/Troll|AS@Pacific/Pago_Pago|CL@Pacific/Easter|GL@America/Nuuk|IR@Asia/Tehran|' +
    'KI@Pacific/Kiritimati|LB@Asia/Beirut|NP@Asia/Kathmandu|NZ@Pacific/Chatham|PF@Pacific/Marquesas|' +
    'TO@Pacific/Tongatapu|WS@Pacific/Apia|AU@Australia/Lord_Howe|MA@Africa/Casablanca',
);

/** Where a row holds, once for each zone. */
function placesOfRow(row: HoursRow): Place[] {
  if (row.country === '*') return [{ country: 'SE', region: null, timeZone: 'Europe/Stockholm' }];
  // The federal row alone: a state without a row of its own.
  const region = row.region ?? (row.country === 'US' ? 'CO' : row.country === 'CA' ? 'NL' : null);
  return zonesOf(row.country, region).map((timeZone) => ({ country: row.country, region, timeZone }));
}

/** Both changes of summer time in the year from an instant, if the zone has any. */
function summerTimeChanges(zone: string, from: string): number[] {
  const first = Temporal.Instant.from(from).toZonedDateTimeISO(zone).getTimeZoneTransition('next');
  const second = first?.getTimeZoneTransition('next');
  return [first, second].flatMap((change) => (change ? [change.epochMilliseconds] : []));
}

/** An instant of each kind of day in the weeks after an instant: Friday to Monday, and a holiday if there is one. */
function kindsOfDay(row: HoursRow, place: Place, from: number): number[] {
  const friday = Array.from({ length: 7 }, (_, i) => from + i * DAY).find(
    (day) => wallClock(place.timeZone, day).weekday === 'Fri',
  )!;
  const days = Array.from({ length: 366 }, (_, i) => from + i * DAY);
  const holiday = days.find(
    (day) => row.holidays && isHoliday(place, row.holidays, wallClock(place.timeZone, day).day),
  );
  return [
    friday,
    friday + DAY,
    friday + 2 * DAY,
    friday + 3 * DAY,
    ...(holiday === undefined ? [] : [holiday]),
  ];
}

/**
 * Asserts that code and oracle agree through the day around an instant: every five minutes, and around each edge
 * every minute and the seconds next to it.
 */
function assertDay(place: Place, around: number): void {
  const places = parsePlaceKey(placeKey([place]));
  const assertAgreed = (at: number): boolean => {
    const allowed = isAllowed(place, at, true);
    assert.equal(
      sendWindow(places, new Date(at)).open,
      allowed,
      `${placeText(place)} at ${new Date(at).toISOString()}`,
    );
    return allowed;
  };
  const step = 5 * MINUTE;
  const start = Math.floor((around - 13 * HOUR) / step) * step;
  let before = assertAgreed(start);
  for (let at = start + step; at <= around + 13 * HOUR; at += step) {
    const allowed = assertAgreed(at);
    if (allowed !== before) {
      for (let near = at - step; near <= at + step; near += MINUTE) {
        for (const second of [-1, 0, 1]) assertAgreed(near + second * 1000);
      }
    }
    before = allowed;
  }
}

test('every row, on every kind of day, at both changes of summer time, opens by the minute as the clock on the wall', () => {
  for (const row of hoursTable) {
    const from = Date.parse(row.until ? '2025-03-01T12:00Z' : '2026-11-20T12:00Z');
    for (const place of placesOfRow(row)) {
      const changes = summerTimeChanges(place.timeZone, new Date(from).toISOString());
      for (const around of [...kindsOfDay(row, place, from), ...changes]) assertDay(place, around);
    }
  }
});

test('at the date line, on half hours and with odd summer times too', () => {
  for (const place of oddClocks) {
    const from = '2026-11-20T12:00Z';
    for (const around of [Date.parse(from), ...summerTimeChanges(place.timeZone, from)])
      assertDay(place, around);
  }
});

const everyPlace = [
  ...new Map(
    [...hoursTable.flatMap(placesOfRow), ...oddClocks, ...allPlaces('US'), ...allPlaces('BR')].map(
      (place) => [placeText(place), place],
    ),
  ).values(),
];
const somePlaces = fc.uniqueArray(fc.constantFrom(...everyPlace), {
  minLength: 1,
  maxLength: 3,
  selector: placeText,
});
const someInstant = fc.date({
  min: new Date('2024-01-01T00:00Z'),
  max: new Date('2029-12-31T00:00Z'),
  noInvalidDate: true,
});

test('a window is open until its first close, and closed until its first opening, at all the places a person may be', () => {
  fc.assert(
    fc.property(somePlaces, someInstant, fc.boolean(), (places, at, caution) => {
      const allowed = (instant: number) => places.every((place) => isAllowed(place, instant, caution));
      const window = sendWindow(places, at, { caution });
      assert.equal(window.open, allowed(at.getTime()));
      const end = window.open ? window.until : window.opensAt;
      // Where nothing opens, the days of the search are looked through by quarters of an hour.
      const last = end ? end.getTime() : at.getTime() + 14 * DAY;
      const step = end ? Math.max(MINUTE, Math.floor((last - at.getTime()) / 300)) : 15 * MINUTE;
      for (let instant = at.getTime(); instant < last; instant += step) {
        assert.equal(allowed(instant), window.open, new Date(instant).toISOString());
      }
      if (end) {
        assert.equal(allowed(last - 1), window.open || last === at.getTime());
        assert.equal(allowed(last), !window.open);
      }
    }),
    { numRuns: 200 },
  );
});

test('more places never open a window, nor does keeping the rules of caution', () => {
  fc.assert(
    fc.property(somePlaces, fc.constantFrom(...everyPlace), someInstant, (places, further, at) => {
      const all = sendWindow([...places, further], at);
      if (!all.open) return;
      const fewer = sendWindow(places, at);
      assert.ok(fewer.open && fewer.until >= all.until);
      const bold = sendWindow(places, at, { caution: false });
      assert.ok(bold.open && bold.until >= fewer.until);
      assert.ok(transactionalWindow(places, at).open);
    }),
    { numRuns: 300 },
  );
});

test('what waits for the morning leaves between 07:00 and 22:00 on the wall, whatever the clocks do', () => {
  const zones = fc.constantFrom(...everyPlace);
  fc.assert(
    fc.property(zones, someInstant, fc.integer({ min: -600, max: 600 }), (place, instant, minutes) => {
      const [change] = summerTimeChanges(place.timeZone, instant.toISOString());
      const at = (change ?? instant.getTime()) + minutes * MINUTE;
      const { minute } = wallClock(place.timeZone, at);
      const window = transactionalWindow([place], new Date(at));
      assert.equal(window.open, minute >= 7 * 60 && minute < 22 * 60);
      const then = window.open ? window.until : window.opensAt;
      assert.ok(then);
      const wall = wallClock(place.timeZone, then.getTime()).minute;
      assert.equal(wall >= 7 * 60 && wall < 22 * 60, !window.open);
    }),
    { numRuns: 300 },
  );
});
