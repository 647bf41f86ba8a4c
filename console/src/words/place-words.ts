import { countryName } from './countries.ts';
import { locale } from './formats.ts';

/** "US-CA@America/Los_Angeles" → "United States, CA (Los Angeles time)"; "AU@*" → "Australia (any of its zones)". */
export function placeWords(place: string): string {
  const [region = '', zone] = place.split('@');
  const [country = '', part] = region.split('-');
  const where = part ? `${countryName(country)}, ${part}` : countryName(country);
  if (zone === anyZone) return `${where} (any of its zones)`;
  const city = zone?.split('/').at(-1)?.replaceAll('_', ' ');
  return city ? `${where} (${city} time)` : where;
}

/** The clock at a place now, as "2:05 PM"; empty where its zone is not known. */
export function clockAt(place: string, now: Date): string {
  const zone = place.split('@')[1];
  if (!zone || zone === anyZone) return '';
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: zone }).format(now);
}

/** How the server writes that somebody may be in any zone of a country that has several. */
const anyZone = '*';
