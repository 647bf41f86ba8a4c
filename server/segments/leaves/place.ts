import { sql } from 'kysely';
import { Type } from 'typebox';
import { allPlaces, isTimeZone } from '../../users/place/country-places.ts';
import { countryCodes } from '../../users/place/country-words.ts';
import type { Place } from '../../users/place/place.ts';
import { leafKind, type Part, refuse, strict } from '../leaf-kind.ts';
import { anyAt, pathSchema, pathWords, readPath, valuesAt } from '../values/path.ts';

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
    if (!isTimeZone(zone)) throw refuse(`${place}.timeZone`, `${zone} is no IANA time zone, as Europe/Paris`);
  if (near) return nearby(leaf, near);
  const which = country ?? region ?? timeZone ?? [];
  const fits = country
    ? inCountry(country)
    : region
      ? inRegion(region, orPossibly)
      : inZone(which, orPossibly);
  const what = country ? 'the country' : region ? 'the region' : 'the time zone';
  return {
    stored: leaf,
    refersTo: [],
    sentence: () =>
      `they ${orPossibly ? 'may be' : 'are for sure'} in ${which.length === 1 ? `${what} ${which[0]}` : `one of ${which.join(', ')} (${what.slice(4)})`}`,
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

function inZone(zones: readonly string[], isAny: boolean): Part {
  const whole = wholeCountries(isAny, (each) => zones.includes(each.timeZone));
  return sql`(split_part(part.key, '@', 2) = ANY(${zones}::text[]) OR part.key = ANY(${whole}::text[]))`;
}

const earthKm = 6_371;

function nearby(
  stored: unknown,
  { path: given, lat, lon, km }: { path: string | string[]; lat: number; lon: number; km: number },
) {
  const path = readPath(given);
  const number = (point: Part, name: string) =>
    sql`(CASE WHEN jsonb_typeof(${point} -> ${name}::text) = 'number' THEN (${point} ->> ${name}::text)::double precision END)`;
  // The haversine formula on a sphere.
  const distance = (point: Part) => sql`2 * ${earthKm}::double precision * asin(least(1, sqrt(
    sin(radians(${number(point, 'lat')} - ${lat}::double precision) / 2) ^ 2
    + cos(radians(${lat}::double precision)) * cos(radians(${number(point, 'lat')}))
      * sin(radians(${number(point, 'lon')} - ${lon}::double precision) / 2) ^ 2)))`;
  return {
    stored,
    refersTo: [],
    sentence: () =>
      `their ${pathWords(path)} is no farther than ${km.toLocaleString('en')} km from ${lat}, ${lon}`,
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
    remarks: () => [],
  };
}
