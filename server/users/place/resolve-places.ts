import { countryNamed, regionNamed } from './country-names.ts';
import { allPlaces, countriesOfZone, isTimeZone, sameTime, zonesOf } from './country-places.ts';
import { numberPlaces } from './number-places.ts';
import { distinctPlaces, type Place } from './place.ts';
import { regionsOfPostalCode, zoneOfZip } from './postal-codes.ts';

/** What a profile says of where a person is; all of it may be missing, misspelt or at odds with itself. */
export interface PlaceEvidence {
  /** E.164. */
  readonly phone?: string | undefined;
  /** ISO 3166-1 code or English name. */
  readonly country?: string | undefined;
  /** ISO 3166-2 code, with or without the country, or name. */
  readonly region?: string | undefined;
  /** Not used: a city's name is borne by many cities. */
  readonly city?: string | undefined;
  readonly postalCode?: string | undefined;
  /** IANA name. */
  readonly timeZone?: string | undefined;
}

/** What the answer rests on: the weakest evidence that had a say in it. */
export type PlaceCertainty = 'profile' | 'address' | 'number' | 'country' | 'unknown';

/** Every place a person may be at. No place with `unknown`: nothing promotional may be sent. */
export interface ResolvedPlaces {
  readonly places: Place[];
  readonly certainty: PlaceCertainty;
}

/**
 * Every place a person may be at by what is known of them. A time zone on the profile is believed; else the
 * address; else the number's area code or country. Where address and number disagree the person may be at
 * either, and both count. Pure and synchronous, for batches of thousands.
 */
export function resolvePlaces(evidence: PlaceEvidence): ResolvedPlaces {
  const number = evidence.phone ? numberPlaces(evidence.phone) : [];
  const address = addressPlaces(evidence, number);
  if (evidence.timeZone && isTimeZone(evidence.timeZone)) {
    const places = placesAtTime(evidence.timeZone, address, number);
    if (places.length > 0) return { places: distinctPlaces(places), certainty: 'profile' };
  }
  const { places, certainty } = reconcile(address, number);
  return { places: distinctPlaces(places), certainty };
}

/** What an address says; `exact` when it says which region. */
interface AddressPlaces {
  readonly places: readonly Place[];
  readonly exact: boolean;
}

/** Null when neither the address nor, for an address without a country, the number names a country. */
function addressPlaces(evidence: PlaceEvidence, number: readonly Place[]): AddressPlaces | null {
  const named = evidence.country ? countryNamed(evidence.country) : null;
  const country = named?.country ?? (evidence.region || evidence.postalCode ? onlyCountry(number) : null);
  if (country === null) return null;
  const regions = addressRegions(country, named?.region ?? null, evidence);
  if (regions.length === 0) return named ? { places: allPlaces(country), exact: false } : null;
  const zipZone = country === 'US' && evidence.postalCode ? zoneOfZip(evidence.postalCode) : null;
  const places = regions.flatMap((region) => {
    const zones = zonesOf(country, region);
    const narrowed = zipZone !== null && zones.includes(zipZone) ? [zipZone] : zones;
    return narrowed.map((timeZone) => ({ country, region, timeZone }));
  });
  return { places, exact: true };
}

/** The region named, and those of the postal code unless they bear it out. */
function addressRegions(
  country: string,
  territory: string | null,
  evidence: PlaceEvidence,
): readonly string[] {
  const region = territory ?? (evidence.region ? regionNamed(country, evidence.region) : null);
  const byPostalCode = evidence.postalCode ? regionsOfPostalCode(country, evidence.postalCode) : [];
  if (region === null) return byPostalCode;
  return byPostalCode.includes(region) ? [region] : [region, ...byPostalCode];
}

function onlyCountry(places: readonly Place[]): string | null {
  const countries = new Set(places.map((place) => place.country));
  const [only] = countries;
  return countries.size === 1 && only !== undefined ? only : null;
}

/** The narrower of address and number where they agree, both where they do not. */
function reconcile(
  address: AddressPlaces | null,
  number: readonly Place[],
): { places: readonly Place[]; certainty: PlaceCertainty } {
  const byNumber = isWhole(number) ? 'country' : 'number';
  if (!address) return { places: number, certainty: number.length === 0 ? 'unknown' : byNumber };
  const byAddress = address.exact ? 'address' : 'country';
  if (number.length === 0) return { places: address.places, certainty: byAddress };
  const inCountry = number.filter((place) => place.country === address.places[0]?.country);
  if (!address.exact && inCountry.length > 0) {
    return { places: inCountry, certainty: isWhole(inCountry) ? 'country' : 'number' };
  }
  if (address.exact && inCountry.some((place) => isAmong(place.region, address.places)))
    return { ...address, certainty: 'address' };
  return { places: [...address.places, ...number], certainty: address.exact ? byNumber : 'country' };
}

function isAmong(region: string | null, places: readonly Place[]): boolean {
  return region === null || places.some((place) => place.region === region);
}

/** Whether these are all the places of their countries, so that only the country is known. */
function isWhole(places: readonly Place[]): boolean {
  const countries = [...new Set(places.map((place) => place.country))];
  return places.length >= countries.reduce((sum, country) => sum + allPlaces(country).length, 0);
}

/**
 * The places that keep the profile's time: of the address's regions, else of the number's, else of the country.
 * Where none keeps it, the law of those places at both their own time and the profile's, and that of the zone's own
 * countries: the person may be a traveller, or live there with a number of elsewhere.
 */
function placesAtTime(
  timeZone: string,
  address: AddressPlaces | null,
  number: readonly Place[],
): readonly Place[] {
  const country = address?.places[0]?.country ?? onlyCountry(number);
  if (country === null) return placesOfZone(timeZone);
  const inCountry = number.filter((place) => place.country === country);
  const pools = address?.exact ? [address.places] : [inCountry, allPlaces(country)];
  for (const pool of pools) {
    const matched = matching(pool, timeZone);
    if (matched.length > 0) return matched;
  }
  const own = pools.find((pool) => pool.length > 0) ?? [];
  return [...own, ...own.map((place) => ({ ...place, timeZone })), ...placesOfZone(timeZone)];
}

/** The places of the zone's own countries that keep its time. */
function placesOfZone(timeZone: string): readonly Place[] {
  return countriesOfZone(timeZone).flatMap((code) => matching(allPlaces(code), timeZone));
}

function matching(places: readonly Place[], timeZone: string): readonly Place[] {
  return places.filter((place) => sameTime(place.timeZone, timeZone));
}
