import currencyOfCountry from 'country-to-currency';
import { quoted, renderLimits } from '../render-limits.ts';
import { HelperFault } from './helper.ts';
import { text, toNumber } from './values.ts';

/** What may be said of a number's form, in the names of Java's NumberFormat. */
export interface NumberOptions {
  locale?: unknown;
  currency?: unknown;
  groupingUsed?: unknown;
  roundingMode?: unknown;
  minimumFractionDigits?: unknown;
  maximumFractionDigits?: unknown;
  minimumIntegerDigits?: unknown;
  maximumIntegerDigits?: unknown;
}

/** Java's names of rounding, by Intl's. */
const roundingModes: Readonly<
  Record<string, 'expand' | 'trunc' | 'ceil' | 'floor' | 'halfExpand' | 'halfTrunc' | 'halfEven'>
> = {
  up: 'expand',
  down: 'trunc',
  ceiling: 'ceil',
  floor: 'floor',
  half_up: 'halfExpand',
  half_down: 'halfTrunc',
  half_even: 'halfEven',
};

/**
 * Writes a number as `currency`, `percent`, `integer`, by a pattern of Java's DecimalFormat (`#,##0.00`), or plainly
 * where the style is empty. The currency is the locale's country's unless one is named. Halves go to the even digit,
 * as in Java. Throws a HelperFault naming what is unknown.
 */
export function formatNumber(number: number, style: string, options: NumberOptions): string {
  for (const [name, given] of Object.entries({
    style,
    locale: text(options.locale),
    currency: text(options.currency),
  }))
    if (given.length > renderLimits.name)
      throw new HelperFault(
        `numberFormat: ${name}=${quoted(given)} has more than ${renderLimits.name} characters; make it shorter`,
      );
  const locale = text(options.locale).replaceAll('_', '-') || 'en-US';
  const format: Intl.NumberFormatOptions = { roundingMode: 'halfEven', ...digitsOf(options) };
  const mode = text(options.roundingMode).trim().toLowerCase();
  if (mode !== '') {
    const known = Object.hasOwn(roundingModes, mode) ? roundingModes[mode] : undefined;
    if (!known)
      throw new HelperFault(
        `numberFormat: roundingMode ${quoted(mode)} is unknown; known are ${Object.keys(roundingModes).join(', ')}`,
      );
    format.roundingMode = known;
  }
  if (options.groupingUsed === false || options.groupingUsed === 'false') format.useGrouping = false;
  try {
    switch (style) {
      case 'currency':
        return written(number, locale, { ...format, ...currencyStyle(locale, options.currency) });
      case 'percent':
        return written(number, locale, { ...format, style: 'percent' });
      case 'integer':
        return written(number, locale, { ...format, minimumFractionDigits: 0, maximumFractionDigits: 0 });
      case '':
      case 'default':
      case 'decimal':
        return options.currency === undefined
          ? written(number, locale, format)
          : written(number, locale, { ...format, ...currencyStyle(locale, options.currency) });
      default:
        return byPattern(number, style, locale, format, options);
    }
  } catch (error) {
    if (error instanceof HelperFault) throw error;
    throw new HelperFault('numberFormat: unknown currency, locale or number of digits');
  }
}

function written(number: number, locale: string, format: Intl.NumberFormatOptions): string {
  return numberFormat(locale, format).format(number);
}

const formats = new Map<string, Intl.NumberFormat>();
const formatsKept = 500;

/** Intl's format of numbers, kept: making one takes as long as writing a thousand numbers. */
export function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale}|${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  if (formats.size >= formatsKept) formats.clear();
  const made = new Intl.NumberFormat(locale, options);
  formats.set(key, made);
  return made;
}

function currencyStyle(locale: string, named: unknown): Intl.NumberFormatOptions {
  const country = new Intl.Locale(locale).maximize().region;
  const known: Readonly<Record<string, string>> = currencyOfCountry;
  return { style: 'currency', currency: text(named) || (country && known[country]) || 'USD' };
}

function digitsOf(options: NumberOptions): Intl.NumberFormatOptions {
  const least = toNumber(options.minimumFractionDigits);
  const most = toNumber(options.maximumFractionDigits);
  const integers = toNumber(options.minimumIntegerDigits);
  return {
    ...(least === null ? {} : { minimumFractionDigits: least }),
    ...(most === null ? {} : { maximumFractionDigits: Math.max(most, least ?? 0) }),
    ...(least !== null && most === null ? { maximumFractionDigits: Math.max(3, least) } : {}),
    ...(integers === null ? {} : { minimumIntegerDigits: integers }),
  };
}

/** `¤#,##0.00;(#)`: what stands before and after the digits stays; a second part is for negative numbers. */
function byPattern(
  number: number,
  pattern: string,
  locale: string,
  format: Intl.NumberFormatOptions,
  options: NumberOptions,
): string {
  const [positive = '', negative] = pattern.split(';');
  const parts = /^((?:'[^']*'|[^#0,.'])*)([#0,.]+)((?:'[^']*'|[^#0,.'])*)$/.exec(positive);
  const digits = parts?.[2] ?? '';
  if (!parts || !/^[#,]*(?:0[0,]*)?(?:\.0*#*)?$/.test(digits) || !/[#0]/.test(digits))
    throw new HelperFault(
      `numberFormat: ${quoted(pattern)} is neither currency, percent, integer nor a pattern as #,##0.00`,
    );
  const [whole = '', fraction = ''] = digits.split('.');
  const affixes = `${parts[1]}${parts[3]}`.replace(/'[^']*'/g, '');
  const scaled = affixes.includes('%') ? Math.abs(number) * 100 : Math.abs(number);
  const group = whole.includes(',') ? whole.length - whole.lastIndexOf(',') - 1 : 0;
  const least = whole.replace(/[#,]/g, '').length;
  const sign = number < 0 && negative === undefined ? '-' : '';
  const used =
    number < 0 && negative !== undefined ? /^((?:'[^']*'|[^#0,.'])*)[#0,.]*(.*)$/.exec(negative) : null;
  const [before, after] = used ? [used[1], used[2]] : [parts[1], parts[3]];
  const text = written(scaled, locale, {
    ...format,
    roundingMode: number < 0 ? mirrored(format.roundingMode) : format.roundingMode,
    useGrouping: false,
    minimumIntegerDigits: Math.max(1, least),
    minimumFractionDigits: fraction.replace(/#/g, '').length,
    maximumFractionDigits: fraction.length,
  });
  const shown = least === 0 && fraction !== '' && /^0[^0-9]/.test(text) ? text.slice(1) : text;
  const currency = affixes.includes('¤') ? symbolOf(locale, options.currency) : '';
  const affix = (words = '') => words.replace(/'([^']*)'/g, '$1').replaceAll('¤', currency);
  return sign + affix(before) + (group > 0 ? grouped(shown, group, locale) : shown) + affix(after);
}

/** The digits are written without their sign, for which "towards the ceiling" is away from it. */
function mirrored(mode: Intl.NumberFormatOptions['roundingMode']): Intl.NumberFormatOptions['roundingMode'] {
  return mode === 'ceil' ? 'floor' : mode === 'floor' ? 'ceil' : mode;
}

function symbolOf(locale: string, named: unknown): string {
  const parts = numberFormat(locale, currencyStyle(locale, named)).formatToParts(0);
  return parts.find((part) => part.type === 'currency')?.value ?? '';
}

function grouped(text: string, size: number, locale: string): string {
  const separator =
    numberFormat(locale, { useGrouping: true })
      .formatToParts(1_000_000)
      .find(({ type }) => type === 'group')?.value ?? ',';
  const [digits = ''] = /^\d+/.exec(text) ?? [];
  return digits.replace(new RegExp(`\\B(?=(?:\\d{${size}})+$)`, 'g'), separator) + text.slice(digits.length);
}
