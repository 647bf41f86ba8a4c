import Holidays from 'date-holidays';
import { countryRegions, overseasRegions } from './country-places.ts';
import { codeOfCountryName, codeOfDialCode, countryCodes } from './country-words.ts';
import { foldedName } from './region.ts';

const territories = new Set(['AS', 'GU', 'MP', 'PR', 'VI']);

/**
 * A country as people write it (code of two or three letters, name in many tongues, dial code) as its code, and the region when it is a territory of the
 * United States (`PR` gives US and PR). Null when no such country is known.
 */
export function countryNamed(text: string): { country: string; region: string | null } | null {
  const upper = text.trim().toUpperCase();
  const code = countryCodes.has(upper) ? upper : (codeOfCountryName(text) ?? codeOfDialCode(text));
  if (!code) return null;
  return territories.has(code) ? { country: 'US', region: code } : { country: code, region: null };
}

const regionNames = new Map<string, ReadonlyMap<string, string>>();

/** A region as people write it (code, `US-TX`, or name) as its code, or null when we know none such. */
export function regionNamed(country: string, text: string): string | null {
  let names = regionNames.get(country);
  if (!names) {
    names = namesOfRegions(country);
    regionNames.set(country, names);
  }
  const folded = foldedName(text);
  const prefix = country.toLowerCase();
  return (
    names.get(folded) ?? (folded.startsWith(prefix) ? (names.get(folded.slice(prefix.length)) ?? null) : null)
  );
}

/** Tongues in which people name the parts of a country overseas. */
const overseasLanguages = ['en', 'fr', 'nl', 'da', 'nb', 'fi'];

/** What a region's code looks like (ISO 3166-2); calendars of holidays name islands of the Cooks in full. */
const regionCode = /^[A-Z0-9]{1,3}$/;

/** Our own table where we have one, else the regions of which a calendar of holidays is known. */
function namesOfRegions(country: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const table = countryRegions[country];
  const calendar = new Holidays();
  const regions: [string, readonly string[]][] = table
    ? Object.entries(table).map(([code, { names: own }]) => [code, own])
    : ['en', undefined].flatMap((language) =>
        Object.entries(calendar.getStates(country, language) ?? {})
          .filter(([code]) => regionCode.test(code))
          .map(([code, name]): [string, string[]] => [code, [name]]),
      );
  for (const code of overseasRegions[country] ?? [])
    for (const language of overseasLanguages)
      names.set(foldedName(new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code), code);
  for (const [code, own] of regions) for (const name of own) names.set(foldedName(name), code);
  for (const code of [...(overseasRegions[country] ?? []), ...regions.map(([each]) => each)])
    names.set(foldedName(code), code);
  return names;
}
