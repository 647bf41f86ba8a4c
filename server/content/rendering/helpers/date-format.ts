import { quoted } from '../render-limits.ts';
import { HelperFault } from './helper.ts';

const words: Record<string, Intl.DateTimeFormatOptions> = {
  MMMM: { month: 'long' },
  MMM: { month: 'short' },
  EEEE: { weekday: 'long' },
  EEE: { weekday: 'short' },
  EE: { weekday: 'short' },
  E: { weekday: 'short' },
  a: { hour: 'numeric', hour12: true },
  z: { timeZoneName: 'short' },
  zzz: { timeZoneName: 'short' },
  zzzz: { timeZoneName: 'long' },
  G: { era: 'short' },
};
const partOf: Record<string, Intl.DateTimeFormatPartTypes> = {
  M: 'month',
  E: 'weekday',
  a: 'dayPeriod',
  z: 'timeZoneName',
  G: 'era',
};
const styles = ['full', 'long', 'medium', 'short'] as const;

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}|${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known) return known;
  if (formatters.size > 500) formatters.clear();
  const made = new Intl.DateTimeFormat(locale, options);
  formatters.set(key, made);
  return made;
}

/**
 * Writes an instant by a pattern of Java's SimpleDateFormat (`MMM d, yyyy h:mm a`), as this field's templates do, or
 * by `full`, `long`, `medium`, `short`, with a time of such a style behind it where one is given. Text in single
 * quotes stands as it is. Throws RangeError for an unknown locale, a HelperFault for a letter that means nothing.
 */
export function formatDate(
  local: Temporal.ZonedDateTime,
  pattern: string,
  locale: string,
  time?: string,
): string {
  const style = styles.find((name) => name === pattern);
  const at = new Date(local.epochMilliseconds);
  const zone = { timeZone: local.timeZoneId };
  if (style) {
    const timeStyle = styles.find((name) => name === time);
    return formatter(locale, { dateStyle: style, ...(timeStyle ? { timeStyle } : {}), ...zone }).format(at);
  }
  const hasDay = /d/.test(pattern.replace(/'[^']*'/g, ''));
  return pattern.replace(/'([^']*)'|([A-Za-z])\2*/g, (run: string, words: string | undefined) => {
    if (words !== undefined) return words === '' ? "'" : words;
    const written = numberFor(run, local) ?? wordFor(run, at, local.timeZoneId, locale, hasDay);
    if (written === null)
      throw new HelperFault(`the date pattern ${quoted(pattern)} has an unknown letter, ${run}`);
    return written;
  });
}

function numberFor(run: string, local: Temporal.ZonedDateTime): string | null {
  const pad = (value: number) => String(value).padStart(run.length, '0');
  const hour12 = local.hour % 12;
  switch (run[0]) {
    case 'y':
    case 'u':
      if (run[0] === 'u' && run.length === 1) return String(local.dayOfWeek);
      // A span of years that was reckoned may stand below zero: its two digits are what counts.
      return run.length === 2 ? String(Math.abs(local.year) % 100).padStart(2, '0') : pad(local.year);
    case 'M':
      return run.length <= 2 ? pad(local.month) : null;
    case 'd':
      return pad(local.day);
    case 'D':
      return pad(local.dayOfYear);
    case 'e':
      return pad(local.dayOfWeek);
    case 'w':
      return pad(local.weekOfYear ?? 0);
    case 'C':
      return pad(Math.floor(Math.abs(local.year) / 100));
    case 'H':
      return pad(local.hour);
    case 'k':
      return pad(local.hour === 0 ? 24 : local.hour);
    case 'K':
      return pad(hour12);
    case 'h':
      return pad(hour12 === 0 ? 12 : hour12);
    case 'm':
      return pad(local.minute);
    case 's':
      return pad(local.second);
    case 'S':
      return String(local.millisecond).padStart(3, '0').slice(0, Math.max(run.length, 1));
    case 'Z':
      return run.length >= 3
        ? local.timeZoneId
        : run.length === 2
          ? local.offset
          : local.offset.replace(':', '');
    case 'X':
      return local.offsetNanoseconds === 0 ? 'Z' : isoOffset(local.offset, run.length);
    default:
      return null;
  }
}

function isoOffset(offset: string, letters: number): string {
  if (letters === 1) return offset.slice(0, 3);
  return letters === 2 ? offset.replace(':', '') : offset;
}

function wordFor(run: string, at: Date, timeZone: string, locale: string, hasDay: boolean): string | null {
  const options = words[run];
  const part = partOf[run[0] ?? ''];
  if (!options || !part) return null;
  // Beside a day some languages decline the month.
  const beside: Intl.DateTimeFormatOptions = part === 'month' && hasDay ? { day: 'numeric' } : {};
  const parts = formatter(locale, { ...options, ...beside, timeZone }).formatToParts(at);
  return parts.find(({ type }) => type === part)?.value ?? null;
}
