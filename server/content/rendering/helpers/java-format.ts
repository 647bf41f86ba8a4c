import { quoted } from '../render-limits.ts';
import { HelperFault } from './helper.ts';
import { numberFormat } from './number-format.ts';
import { text, toNumber } from './values.ts';

/** Widest field that a value is put into, so that no template fills the memory. */
const widest = 2000;

/** A directive of Java's Formatter: `%2$-10s`, `%,.2f`, `%05d`. */
interface Directive {
  /** Which value it shows, from 0; null for the next. */
  place: number | null;
  flags: string;
  width: number;
  precision: number | null;
  kind: string;
}

type Piece = string | Directive;

/** What a directive takes besides its value. */
const effort = 100;

const directive = /%(?:([n%])|(?:(\d{1,2})\$)?([-0,+( ]*)(\d{1,4})?(?:\.(\d{1,2}))?([sSdfxX]))/y;

/**
 * Reads a format of Java's `String.format` as far as texts, numbers and line ends go (`%s %S %d %f %x %X %n %%`, with
 * `n$`, the flags `- 0 , + ( space`, width and precision). Throws a HelperFault naming what it does not know: it would be
 * sent to people as it stands.
 */
export function readFormat(pattern: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (let at = pattern.indexOf('%'); at >= 0; at = pattern.indexOf('%', from)) {
    pieces.push(pattern.slice(from, at));
    directive.lastIndex = at;
    const [whole, fixed, place, flags = '', width, precision, kind = ''] = directive.exec(pattern) ?? [];
    if (whole === undefined || Number(width ?? 0) > widest)
      throw new HelperFault(
        `stringFormat: ${JSON.stringify(pattern.slice(at, at + 8))} is no directive it knows; write %% for a percent sign`,
      );
    from = at + whole.length;
    if (fixed !== undefined) pieces.push(fixed === 'n' ? '\n' : '%');
    else
      pieces.push({
        ...{ place: place === undefined ? null : Number(place) - 1, flags, kind },
        ...{ width: Number(width ?? 0), precision: precision === undefined ? null : Number(precision) },
      });
  }
  return [...pieces, pattern.slice(from)];
}

/**
 * Puts values into a format; `spend` is told what each takes. Throws a HelperFault for one that is missing, or no number
 * where one is asked for.
 */
export function format(
  pattern: string,
  values: readonly unknown[],
  spend: (characters: number) => void,
): string {
  let next = 0;
  return readFormat(pattern)
    .map((piece) => {
      if (typeof piece === 'string') return piece;
      const place = piece.place ?? next++;
      if (place >= values.length)
        throw new HelperFault(`stringFormat: ${quoted(pattern)} asks for more values than are given`);
      spend(effort + piece.width + text(values[place]).length);
      return shown(piece, values[place]);
    })
    .join('');
}

function shown(asked: Directive, value: unknown): string {
  const { flags, width, precision, kind } = asked;
  if (kind === 's' || kind === 'S') {
    const cut = Array.from(text(value))
      .slice(0, precision ?? undefined)
      .join('');
    return padded(kind === 'S' ? cut.toUpperCase() : cut, width, flags.includes('-'));
  }
  const number = toNumber(value);
  if (number === null)
    throw new HelperFault(
      `stringFormat: ${text(value) === '' ? 'nothing' : quoted(text(value))} is no number`,
    );
  const digits = digitsOf(Math.abs(number), asked);
  const isNegative = number < 0;
  const [before, after] =
    isNegative && flags.includes('(')
      ? ['(', ')']
      : [isNegative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '', ''];
  const room = flags.includes('0') ? width - before.length - after.length : 0;
  return padded(`${before}${digits.padStart(room, '0')}${after}`, width, flags.includes('-'));
}

function digitsOf(size: number, { flags, precision, kind }: Directive): string {
  if (kind === 'x' || kind === 'X') {
    const hex = Math.trunc(size).toString(16);
    return kind === 'X' ? hex.toUpperCase() : hex;
  }
  const digits = kind === 'd' ? 0 : (precision ?? 6);
  if (flags.includes(','))
    return numberFormat('en-US', {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(kind === 'd' ? Math.trunc(size) : size);
  return kind === 'd' ? String(Math.trunc(size)) : size.toFixed(digits);
}

const padded = (value: string, width: number, isLeft: boolean): string =>
  isLeft ? value.padEnd(width) : value.padStart(width);
