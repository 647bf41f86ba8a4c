import { allPlaces } from './country-places.ts';
import { distinctPlaces, type Place, placeText } from './place.ts';

/**
 * One text for a set of places, whatever their order: `US-TX@America/Chicago|US-TX@America/Denver`. All the
 * places of a country that has several are written `ES@*`; no place at all is the empty text.
 */
export function placeKey(places: readonly Place[]): string {
  const rest = new Set(places.map(placeText));
  const parts: string[] = [];
  for (const country of new Set(places.map((place) => place.country))) {
    const all = allPlaces(country).map(placeText);
    if (all.length > 1 && all.every((text) => rest.has(text))) {
      parts.push(`${country}@*`);
      for (const text of all) rest.delete(text);
    }
  }
  return [...parts, ...rest].sort().join('|');
}

const parsed = new Map<string, readonly Place[]>();
const PARSED_KEPT = 20_000;

/**
 * The places of a key that `placeKey` made; the same array for the same key, so that what is worked out of it
 * can be kept.
 * @throws RangeError when a part of the key is not `country[-region]@zone`.
 */
export function parsePlaceKey(key: string): readonly Place[] {
  if (key === '') return [];
  let places = parsed.get(key);
  if (!places) {
    places = distinctPlaces(key.split('|').flatMap(parsePart));
    if (parsed.size >= PARSED_KEPT) parsed.clear();
    parsed.set(key, places);
  }
  return places;
}

function parsePart(part: string): readonly Place[] {
  const found = /^([A-Z]{2})(?:-([A-Z0-9]{1,3}))?@(.+)$/.exec(part);
  if (!found) throw new RangeError(`“${part}” is not a place: write country[-region]@zone`);
  const [, country = '', region = null, timeZone = ''] = found;
  return timeZone === '*' ? allPlaces(country) : [{ country, region, timeZone }];
}
