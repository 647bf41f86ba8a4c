const words: Record<string, Intl.DateTimeFormatOptions> = {
  yyyy: { year: 'numeric' },
  yy: { year: '2-digit' },
  y: { year: 'numeric' },
  MMMM: { month: 'long' },
  MMM: { month: 'short' },
  EEEE: { weekday: 'long' },
  EEE: { weekday: 'short' },
  E: { weekday: 'short' },
  a: { hour: 'numeric', hour12: true },
  z: { timeZoneName: 'short' },
  zzzz: { timeZoneName: 'long' },
};
const partOf: Record<string, Intl.DateTimeFormatPartTypes> = {
  y: 'year',
  M: 'month',
  E: 'weekday',
  a: 'dayPeriod',
  z: 'timeZoneName',
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
 * Writes an instant by a pattern of Java's SimpleDateFormat (`MMM d, yyyy h:mm a`), as this field's templates
 * do, or by `full`, `long`, `medium`, `short`. Text in single quotes stands as it is. Throws RangeError for an
 * unknown zone or locale.
 */
export function formatDate(at: Date, pattern: string, timeZone: string, locale: string): string {
  const style = styles.find((name) => name === pattern);
  if (style) return formatter(locale, { dateStyle: style, timeZone }).format(at);
  const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
  return pattern.replace(/'([^']*)'|([A-Za-z])\2*/g, (run: string, quoted: string | undefined) => {
    if (quoted !== undefined) return quoted === '' ? "'" : quoted;
    return numberFor(run, local) ?? wordFor(run, at, timeZone, locale) ?? run;
  });
}

function numberFor(run: string, local: Temporal.ZonedDateTime): string | null {
  const pad = (value: number) => String(value).padStart(run.length, '0');
  const hour12 = local.hour % 12 === 0 ? 12 : local.hour % 12;
  if (/^d{1,2}$/.test(run)) return pad(local.day);
  if (/^M{1,2}$/.test(run)) return pad(local.month);
  if (/^H{1,2}$/.test(run)) return pad(local.hour);
  if (/^h{1,2}$/.test(run)) return pad(hour12);
  if (/^m{1,2}$/.test(run)) return pad(local.minute);
  if (/^s{1,2}$/.test(run)) return pad(local.second);
  if (/^S{1,3}$/.test(run)) return String(local.millisecond).padStart(3, '0').slice(0, run.length);
  if (run === 'XXX') return local.offset;
  if (run === 'Z') return local.offset.replace(':', '');
  return null;
}

function wordFor(run: string, at: Date, timeZone: string, locale: string): string | null {
  const options = words[run];
  const part = partOf[run[0] ?? ''];
  if (!options || !part) return null;
  // A month alone is named in its own case; beside a day some tongues decline it, which a pattern cannot tell.
  const parts = formatter(locale, { ...options, timeZone }).formatToParts(at);
  return parts.find(({ type }) => type === part)?.value ?? null;
}
