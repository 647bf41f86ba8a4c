/**
 * Where a person may be, as far as the law of hours asks: ISO 3166-1 country, ISO 3166-2 region without the
 * country (null where unknown or of no matter), IANA time zone. A territory of the United States is a region of
 * it (`US-PR`), for federal law holds there.
 */
export interface Place {
  readonly country: string;
  readonly region: string | null;
  readonly timeZone: string;
}

/** One place as text: `US-TX@America/Chicago`, `FR@Europe/Paris`. */
export function placeText(place: Place): string {
  return `${place.country}${place.region === null ? '' : `-${place.region}`}@${place.timeZone}`;
}

/** The same places once each, in the order of their text. */
export function distinctPlaces(places: readonly Place[]): Place[] {
  const byText = new Map(places.map((place) => [placeText(place), place]));
  return [...byText.keys()].sort().map((text) => byText.get(text)!);
}
