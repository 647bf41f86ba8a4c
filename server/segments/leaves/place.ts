import { sql } from 'kysely';
import { Type } from 'typebox';
import { allPlaces, countryRegions, sameTime, zonesOf } from '../../users/place/country-places.ts';
import { countryCodes } from '../../users/place/country-words.ts';
import type { Place } from '../../users/place/place.ts';
import { leafKind, type Part, type RemarkGround, refuse, strict } from '../leaf-kind.ts';
import { isZoneName } from '../time/zone.ts';
import { numberWords } from '../values/number-test.ts';
import { anyAt, pathSchema, pathWords, readPath, valuesAt } from '../values/path.ts';
import { fieldRemarks } from './field-remarks.ts';

const codes = (description: string, pattern: string) =>
  Type.Optional(Type.Array(Type.String({ pattern }), { minItems: 1, maxItems: 500, description }));

const schema = strict(
  {
    country: codes('ISO 3166-1 codes: US, FR', '^[A-Z]{2}$'),
    region: codes('ISO 3166-2 codes: US-CA, CA-QC', '^[A-Z]{2}-[A-Z0-9]{1,3}$'),
    timeZone: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { minItems: 1, maxItems: 500 })),
    near: Type.Optional(
      strict(
        {
          path: pathSchema,
          lat: Type.Number({ minimum: -90, maximum: 90 }),
          lon: Type.Number({ minimum: -180, maximum: 180 }),
          km: Type.Number({ exclusiveMinimum: 0, maximum: 20_040 }),
        },
        'No farther than km, as the crow flies, by a field of the profile that holds { "lat", "lon" }',
      ),
    ),
    orPossibly: Type.Optional(
      Type.Boolean({
        description:
          'A number or an address may leave several places open. Unless true, all of them must fit; whoever may be anywhere is at no place',
      }),
    ),
  },
  'One of country, region, timeZone and near',
);

const unknown = 'is unknown; see the list of ISO 3166';

/** Where somebody is, by profile, address and number. */
export const placeLeaf = leafKind('place', schema, (leaf, place) => {
  const { country, region, timeZone, near, orPossibly = false } = leaf;
  const given = Object.entries({ country, region, timeZone, near }).filter(
    ([, value]) => value !== undefined,
  );
  if (given.length !== 1) throw refuse(place, 'must have exactly one of country, region, timeZone and near');
  if (near && orPossibly) throw refuse(`${place}.orPossibly`, 'says nothing beside near; leave it out');
  for (const code of country ?? [])
    if (!countryCodes.has(code)) throw refuse(`${place}.country`, `${code} ${unknown}`);
  for (const zone of timeZone ?? [])
    if (!isZoneName(zone)) throw refuse(`${place}.timeZone`, `${zone} is no IANA time zone, as Europe/Paris`);
  if (near) return nearby(leaf, near, place);
  const which = country ?? region ?? timeZone ?? [];
  const fits = country
    ? inCountry(country)
    : region
      ? inRegion(region, orPossibly)
      : inZone(which, orPossibly);
  const what = country ? 'the country' : region ? 'the region' : 'a place with the time of';
  return {
    stored: leaf,
    refersTo: [],
    sentence: () => `they ${orPossibly ? 'may be' : 'are for sure'} in ${what} ${which.join(' or ')}`,
    holds: () => holdsOfParts(orPossibly, fits),
    flipsAt: () => null,
    hears: ['place'],
    shows: () => sql`to_jsonb(string_to_array(u.place_key, '|'))`,
    remarks: () => [],
  };
});

/** SQL: whether parts of a person's key of places fit: all of them, or any. */
function holdsOfParts(isAny: boolean, fits: Part): Part {
  const parts = sql`unnest(string_to_array(u.place_key, '|')) AS part (key)`;
  return isAny
    ? sql`EXISTS (SELECT 1 FROM ${parts} WHERE ${fits})`
    : sql`(u.place_key <> '' AND NOT EXISTS (SELECT 1 FROM ${parts} WHERE NOT ${fits}))`;
}

const inCountry = (countries: readonly string[]) => sql`left(part.key, 2) = ANY(${countries}::text[])`;
/** Countries, written `ES@*`, of whose places all fit, or any. */
const wholeCountries = (isAny: boolean, fits: (place: Place) => boolean): string[] =>
  [...countryCodes]
    .filter((code) => {
      const all = allPlaces(code);
      return all.length > 1 && (isAny ? all.some(fits) : all.every(fits));
    })
    .map((code) => `${code}@*`);

function inRegion(regions: readonly string[], isAny: boolean): Part {
  const whole = wholeCountries(isAny, (each) => regions.includes(`${each.country}-${each.region}`));
  return sql`(split_part(part.key, '@', 1) = ANY(${regions}::text[]) OR part.key = ANY(${whole}::text[]))`;
}

/** A zone is what clocks show: Asia/Calcutta is Asia/Kolkata, and Detroit keeps the time of New York. */
function inZone(zones: readonly string[], isAny: boolean): Part {
  const fits = (zone: string) => zones.some((wanted) => sameTime(zone, wanted));
  const alike = [...new Set([...zones, ...zonesOfPlaces()])].filter(fits);
  const whole = wholeCountries(isAny, ({ timeZone }) => fits(timeZone));
  return sql`(split_part(part.key, '@', 2) = ANY(${alike}::text[]) OR part.key = ANY(${whole}::text[]))`;
}

/** All zones that a place may be in. */
const zonesOfPlaces = (): string[] => [
  ...Intl.supportedValuesOf('timeZone'),
  ...[...countryCodes].flatMap((country) => allPlaces(country).map(({ timeZone }) => timeZone)),
  ...Object.entries(countryRegions).flatMap(([country, regions]) =>
    Object.keys(regions).flatMap((region) => zonesOf(country, region)),
  ),
];

const earthKm = 6_371;

function nearby(
  stored: unknown,
  { path: given, lat, lon, km }: { path: string | string[]; lat: number; lon: number; km: number },
  place: string,
) {
  const path = readPath(given, `${place}.near.path`);
  // What lies beyond the poles is no place on earth.
  const number = (point: Part, name: string, most: number) =>
    sql`(CASE WHEN jsonb_typeof(${point} -> ${name}::text) = 'number' AND abs((${point} ->> ${name}::text)::numeric) <= ${most}::int
      THEN (${point} ->> ${name}::text)::double precision END)`;
  // The haversine formula on a sphere.
  const distance = (point: Part) => sql`2 * ${earthKm}::double precision * asin(least(1, sqrt(
    sin(radians(${number(point, 'lat', 90)} - ${lat}::double precision) / 2) ^ 2
    + cos(radians(${lat}::double precision)) * cos(radians(${number(point, 'lat', 90)}))
      * sin(radians(${number(point, 'lon', 360)} - ${lon}::double precision) / 2) ^ 2)))`;
  return {
    stored,
    refersTo: [],
    sentence: () => `their ${pathWords(path)} is no farther than ${numberWords(km)} km from ${lat}, ${lon}`,
    holds: () =>
      anyAt(
        sql`u.data_fields`,
        path,
        (point) => sql`(jsonb_typeof(${point}) = 'object' AND ${distance(point)} <= ${km}::double precision)`,
        0,
      ),
    flipsAt: () => null,
    hears: [`field:${path[0]}`],
    shows: () => valuesAt(sql`u.data_fields`, path),
    remarks: (known: RemarkGround) =>
      fieldRemarks('the profile', path, path.length > 1 ? null : ['object'], known.profile),
  };
}
