import { getCountries, getCountryCallingCode } from 'libphonenumber-js';
import { areaCodeHolders, areaCodeZones, brazilianCodeHolders } from './area-codes.ts';
import { allPlaces, zonesOf } from './country-places.ts';
import type { Place } from './place.ts';

/** Whose numbers those of a calling code that several countries share are, where nothing tells them apart. */
const sharedCodes: Readonly<Record<string, readonly string[]>> = {
  39: ['IT'],
  44: ['GB'],
  47: ['NO'],
  61: ['AU'],
  212: ['MA'],
  262: ['RE', 'YT'],
  290: ['SH'],
  358: ['FI'],
  590: ['GP', 'BL', 'MF'],
  599: ['CW', 'BQ'],
};

const countriesByCode = new Map<string, readonly string[]>();
for (const country of getCountries()) {
  const code = getCountryCallingCode(country);
  countriesByCode.set(code, sharedCodes[code] ?? [country]);
}

const holdersByAreaCode = new Map<string, string[]>();
for (const [holder, codes] of Object.entries(areaCodeHolders)) {
  for (const code of codes.split(' ')) {
    holdersByAreaCode.set(code, [...(holdersByAreaCode.get(code) ?? []), holder]);
  }
}

const known = new Map<string, readonly Place[]>();

/**
 * Where the holder of an E.164 number may be by the number alone: in the North American plan and in Brazil the
 * region and zones of its area code, elsewhere all the country's zones. Toll-free and unknown codes of the
 * North American plan may be anyone's in the United States or Canada. Empty when the number names no country.
 */
export function numberPlaces(phone: string): readonly Place[] {
  const prefix = tellingDigits(phone);
  let places = known.get(prefix);
  if (!places) {
    places = findPlaces(prefix);
    known.set(prefix, places);
  }
  return places;
}

/** The digits of a number that tell its places: calling code, and the area code where we know what it means. */
export function tellingDigits(phone: string): string {
  if (!/^\+[1-9]\d{5,14}$/.test(phone)) return '';
  const digits = phone.slice(1);
  if (digits.startsWith('1') || digits.startsWith('55')) return digits.slice(0, 4);
  if (digits.startsWith('7')) return digits.slice(0, 2);
  for (const length of [1, 2, 3])
    if (countriesByCode.has(digits.slice(0, length))) return digits.slice(0, length);
  return '';
}

function findPlaces(prefix: string): readonly Place[] {
  if (prefix.startsWith('1')) return northAmerican(prefix.slice(1));
  if (prefix.startsWith('55')) return brazilian(prefix.slice(2));
  // Kazakhstan holds 6 and 7 behind +7, Russia the rest (ITU E.164 national plans).
  if (prefix.startsWith('7')) return allPlaces(/^7[67]/.test(prefix) ? 'KZ' : 'RU');
  return (countriesByCode.get(prefix) ?? []).flatMap((country) => allPlaces(country));
}

function northAmerican(areaCode: string): readonly Place[] {
  const holders = holdersByAreaCode.get(areaCode);
  if (!holders) return [...allPlaces('US'), ...allPlaces('CA')];
  return holders.flatMap((holder) => {
    const [country = '', region] = holder.split('-');
    if (region === undefined) return allPlaces(country);
    const only = areaCodeZones[areaCode];
    const zones = only ? [only] : zonesOf(country, region);
    return zones.map((timeZone) => ({ country, region, timeZone }));
  });
}

function brazilian(code: string): readonly Place[] {
  const states = Object.keys(brazilianCodeHolders).filter((state) =>
    brazilianCodeHolders[state]!.split(' ').includes(code),
  );
  if (states.length === 0) return allPlaces('BR');
  return states.flatMap((region) =>
    zonesOf('BR', region).map((timeZone) => ({ country: 'BR', region, timeZone })),
  );
}
