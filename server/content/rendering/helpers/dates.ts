import type Handlebars from 'handlebars';
import { quoted, renderLimits } from '../render-limits.ts';
import { formatDate } from './date-format.ts';
import { budgetOf, HelperFault, split, type TemplateHelper } from './helper.ts';
import { PrintedDate, text, toDate } from './values.ts';

/** A zone by its name or offset, or the field of the person that holds one; UTC where nothing is said. */
function zoneOf(options: Handlebars.HelperOptions): string {
  const named = text(options.hash.tz) || text(options.hash.timeZone);
  if (named === '') return 'UTC';
  if (named.length > renderLimits.name) throw tooLong('tz', named, renderLimits.name);
  const offset = /^(?:GMT|UTC)?([+-])(\d{1,2}):?(\d\d)?$/.exec(named);
  if (offset) return `${offset[1]}${offset[2]?.padStart(2, '0')}:${offset[3] ?? '00'}`;
  return isZone(named) ? named : text(fieldOfRoot(options, named)) || named;
}

function fieldOfRoot(options: Handlebars.HelperOptions, name: string): unknown {
  const root: object = options.data.root ?? {};
  const value = Object.hasOwn(root, name) ? text(Reflect.get(root, name)) : '';
  return value.length > renderLimits.name ? '' : value;
}

const tooLong = (what: string, given: string, most: number) =>
  new HelperFault(`${what} ${quoted(given)} has more than ${most} characters; make it shorter`);

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Writes an instant as the call asks. In its usual form it is still an instant to what it is given to. */
function writeDate(
  at: Temporal.ZonedDateTime,
  options: Handlebars.HelperOptions,
  pattern: unknown,
  locale: unknown,
): string | PrintedDate {
  const named = text(pattern) || text(options.hash.format);
  const style = { time: text(options.hash.time) || undefined };
  if (named.length > renderLimits.pattern) throw tooLong('the date pattern', named, renderLimits.pattern);
  const tag = (text(locale) || text(options.hash.locale)).replaceAll('_', '-') || 'en-US';
  if (tag.length > renderLimits.name) throw tooLong('locale', tag, renderLimits.name);
  const written = within(options, () => formatDate(at, named || 'medium', tag, style.time));
  return named === '' ? new PrintedDate(new Date(at.epochMilliseconds), written) : written;
}

function within<T>(options: Handlebars.HelperOptions, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof HelperFault) throw error;
    const { tz, timeZone, locale } = options.hash;
    throw new HelperFault(
      `unknown time zone or locale: tz=${shortened(tz ?? timeZone)} locale=${shortened(locale)}`,
    );
  }
}

const shortened = (value: unknown): string => text(value).slice(0, renderLimits.name);

function zoned(at: Date, options: Handlebars.HelperOptions): Temporal.ZonedDateTime {
  return within(options, () =>
    Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zoneOf(options)),
  );
}

const units: Readonly<Record<string, string>> = {
  y: 'years',
  M: 'months',
  w: 'weeks',
  d: 'days',
  h: 'hours',
  H: 'hours',
  m: 'minutes',
  s: 'seconds',
};

/**
 * Reckons with a date by an expression as `+1y-1M+1w`, term by term; `/d` goes back to the day's start. Throws a
 * HelperFault for what is no such expression.
 */
function reckon(from: Temporal.ZonedDateTime, expression: string): Temporal.ZonedDateTime {
  const wrong = () =>
    new HelperFault(
      `dateMath: ${quoted(expression)} cannot be reckoned; write it as "+1y-2M+3w-4d+5h-6m+7s", and "/d" for the day’s start`,
    );
  if (expression.length > renderLimits.name) throw tooLong('dateMath', expression, renderLimits.name);
  const terms = expression.replace(/\s+/g, '');
  if (!/^(?:[+-]\d{1,9}[yMwdhHms]|\/[yMwdhHms])*$/.test(terms)) throw wrong();
  let at = from;
  try {
    for (const [, sign, amount, unit = '', rounded] of terms.matchAll(
      /([+-])(\d+)([yMwdhHms])|\/([yMwdhHms])/g,
    )) {
      const name = units[unit];
      if (rounded) at = startOf(at, rounded);
      else if (name) at = at.add({ [name]: Number(`${sign}${amount}`) });
    }
  } catch (error) {
    if (error instanceof RangeError) throw wrong();
    throw error;
  }
  return at;
}

function startOf(at: Temporal.ZonedDateTime, unit: string): Temporal.ZonedDateTime {
  if (unit === 'y') return at.with({ month: 1, day: 1 }).startOfDay();
  if (unit === 'M') return at.with({ day: 1 }).startOfDay();
  if (unit === 'w') return at.subtract({ days: at.dayOfWeek - 1 }).startOfDay();
  if (unit === 'd') return at.startOfDay();
  const smallestUnit = unit === 'm' ? 'minute' : unit === 's' ? 'second' : 'hour';
  return at.round({ smallestUnit, roundingMode: 'floor' });
}

/** What reckoning and writing a date takes, in characters. */
const dateEffort = 1000;

/** Helpers of dates and times. Text without an offset is UTC. */
export const dateHelpers: Readonly<Record<string, TemplateHelper>> = {
  now: {
    inline: [0, 2],
    needs: 'none',
    effort: dateEffort,
    run: (...given: unknown[]) => {
      const { args, options } = split(given);
      return writeDate(zoned(budgetOf(options).now, options), options, args[0], args[1]);
    },
  },
  timestamp: {
    inline: [0, 0],
    needs: 'none',
    run: (options) => budgetOf(options).now.getTime(),
  },
  dateFormat: {
    inline: [1, 3],
    needs: 'first',
    effort: dateEffort,
    run: (...given: unknown[]) => {
      const { args, options } = split(given);
      const at = toDate(args[0], budgetOf(options).now);
      return at ? writeDate(zoned(at, options), options, args[1], args[2]) : '';
    },
  },
  dateMath: {
    inline: [2, 2],
    needs: 'first',
    effort: dateEffort,
    run: (...given: unknown[]) => {
      const { args, options } = split(given);
      const { now } = budgetOf(options);
      const isMidnight = args[0] === 'midnight';
      const at = isMidnight ? now : toDate(args[0], now);
      if (!at) return '';
      const from = isMidnight ? zoned(at, options).startOfDay() : zoned(at, options);
      return writeDate(reckon(from, text(args[1])), options, undefined, undefined);
    },
  },
};
