import { zoneWords } from './formats.ts';

/** Every time zone, for choosing one. */
export const timeZones = Intl.supportedValuesOf('timeZone').map((value) => ({
  value,
  label: zoneWords(value),
}));
