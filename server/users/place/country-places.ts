import { getCountries } from 'libphonenumber-js';
import type { Place } from './place.ts';
import type { Regions } from './region.ts';
import { brazil, canada, mexico } from './regions-americas.ts';
import { australia, portugal, russia, spain } from './regions-elsewhere.ts';
import { territories, unitedStates } from './regions-united-states.ts';

/**
 * Countries of which a person's region settles the zone or the law: their regions are told apart. Of every
 * other country only the zones are.
 */
export const countryRegions: Readonly<Record<string, Regions>> = {
  US: { ...unitedStates, ...territories },
  CA: canada,
  BR: brazil,
  MX: mexico,
  AU: australia,
  ES: spain,
  PT: portugal,
  RU: russia,
};

/**
 * Parts of a country that have a country code of their own beside it: people write them as its regions, its law
 * holds there, and they keep their own time (ISO 3166-1 and 3166-2).
 */
export const overseasRegions: Readonly<Record<string, readonly string[]>> = {
  FR: ['BL', 'GF', 'GP', 'MF', 'MQ', 'NC', 'PF', 'PM', 'RE', 'WF', 'YT'],
  DK: ['FO', 'GL'],
  FI: ['AX'],
  NL: ['AW', 'BQ', 'CW', 'SX'],
  NO: ['SJ'],
};

/** Countries whose law differs from region to region, so that an unknown region means every region. */
const lawByRegion: Readonly<Record<string, Regions>> = { US: unitedStates, CA: canada };

/**
 * The civil time of these countries is one, though the tz database lists more: Xinjiang's own time is not
 * official, and Crimea's zone is listed for two countries. It lists none for Kosovo, Ascension and Tristan da Cunha.
 */
const oneCivilTime: Readonly<Record<string, string>> = {
  CN: 'Asia/Shanghai',
  UA: 'Europe/Kyiv',
  AC: 'Atlantic/St_Helena',
  TA: 'Atlantic/St_Helena',
  XK: 'Europe/Belgrade',
};

const known = new Map<string, readonly Place[]>();

/**
 * Every place that a person of this country may be at: one a zone, and in the United States and Canada one a
 * region and zone. Empty for a code that is no country.
 */
export function allPlaces(country: string): readonly Place[] {
  let places = known.get(country);
  if (!places) {
    places = findPlaces(country);
    known.set(country, places);
  }
  return places;
}

/** The zones of a country's region; of the whole country when the region is null or not in our tables. */
export function zonesOf(country: string, region: string | null): readonly string[] {
  const inTable = region === null ? undefined : countryRegions[country]?.[region]?.zones;
  const isOverseas = region !== null && overseasRegions[country]?.includes(region);
  return inTable ?? [...new Set(allPlaces(isOverseas ? region : country).map((place) => place.timeZone))];
}

function findPlaces(country: string): readonly Place[] {
  const regions = lawByRegion[country];
  if (regions) {
    return Object.entries(regions).flatMap(([region, { zones }]) =>
      zones.map((timeZone) => ({ country, region, timeZone })),
    );
  }
  const table = countryRegions[country];
  const zones = table ? tableZones(country, table) : standardZones(country);
  return zones.map((timeZone) => ({ country, region: null, timeZone }));
}

function tableZones(country: string, regions: Regions): string[] {
  return zonesThatDiffer([
    ...Object.values(regions).flatMap(({ zones }) => zones),
    ...standardZones(country),
  ]);
}

function standardZones(country: string): string[] {
  const single = oneCivilTime[country];
  if (single) return [single];
  if (!/^[A-Z]{2}$/.test(country)) return [];
  return zonesThatDiffer(new Intl.Locale(`und-${country}`).getTimeZones?.() ?? []);
}

/** Of zones that keep the same time in these years, the first: the rest would only repeat its hours. */
function zonesThatDiffer(zones: readonly string[]): string[] {
  const byTime = new Map<string, string>();
  for (const zone of zones) {
    const time = timeKept(zone);
    if (!byTime.has(time)) byTime.set(time, zone);
  }
  return [...byTime.values()].sort();
}

/** Whether two zones keep the same time from 2025 to 2035, by the rules known today. */
export function sameTime(zone: string, other: string): boolean {
  return zone === other || timeKept(zone) === timeKept(other);
}

/** Whether this is a time zone that the runtime knows. */
export function isTimeZone(name: string): boolean {
  try {
    return timeKept(name) !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The countries of which this is a zone by the tz database (one, but for a few zones). */
export function countriesOfZone(zone: string): readonly string[] {
  let countries = zoneCountries.get(zone);
  if (!countries) {
    countries = getCountries().filter((country) =>
      new Intl.Locale(`und-${country}`).getTimeZones?.()?.includes(zone),
    );
    zoneCountries.set(zone, countries);
  }
  return countries;
}

const zoneCountries = new Map<string, readonly string[]>();

const timesKept = new Map<string, string>();

function timeKept(zone: string): string {
  let time = timesKept.get(zone);
  if (time === undefined) {
    time = offsetsFrom2025(zone);
    timesKept.set(zone, time);
  }
  return time;
}

function offsetsFrom2025(zone: string): string {
  const last = Temporal.Instant.from('2035-01-01T00:00Z').epochMilliseconds;
  let at = Temporal.Instant.from('2025-06-01T00:00Z').toZonedDateTimeISO(zone);
  const changes = [at.offset];
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (!next || next.epochMilliseconds > last) return changes.join();
    changes.push(`${next.epochMilliseconds}${next.offset}`);
    at = next;
  }
}
