import { countryName } from './countries.ts';

/** "US-CA@America/Los_Angeles" → "United States, CA (Los Angeles time)". */
export function placeWords(place: string): string {
  const [region = '', zone] = place.split('@');
  const [country = '', part] = region.split('-');
  const where = part ? `${countryName(country)}, ${part}` : countryName(country);
  const city = zone?.split('/').at(-1)?.replaceAll('_', ' ');
  return city ? `${where} (${city} time)` : where;
}

/** The clock at a place now, as "14:05"; empty where its zone is not known. */
export function clockAt(place: string, now: Date): string {
  const zone = place.split('@')[1];
  if (!zone) return '';
  return new Intl.DateTimeFormat(undefined, { timeStyle: 'short', timeZone: zone }).format(now);
}
