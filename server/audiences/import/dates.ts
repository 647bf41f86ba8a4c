import { parseInstant } from '../../users/instant.ts';
import { foldWord } from './header-words.ts';
import { remembered } from './remembered.ts';

/** Nobody agreed to texts or emails before: a date of consent that is older tells nothing. */
export const firstConsent = new Date('1990-01-01T00:00:00Z');

/** In which order day, month and year stand where only numbers do: 03/04/2025. */
export type DateOrder = 'DMY' | 'MDY';

/** A cell read as a date; `needsOrder` when day and month may each be either and nobody said which. */
export type ReadDate =
  | { ok: true; at: Date; order: DateOrder | null }
  | { ok: false; reason: string; needsOrder?: true };

interface Day {
  year: number;
  month: number;
  day: number;
}

/** Days from 1899-12-30, Excel's day 0, to 1970 (ECMA-376 part 1, 18.17.4.1), and the days read so: 1968 to 2100. */
const excelEpochDays = 25_569;
const [firstSerial, lastSerial] = [25_000, 73_100];

const languages = ['en', 'de', 'fr', 'es', 'pt', 'it', 'nl', 'pl', 'sv', 'tr', 'ru', 'da', 'nb', 'fi', 'cs'];
const months = monthNames();

/** Zones as they are abbreviated in exports, in minutes (RFC 2822 4.3, and Europe's). */
const zones: Readonly<Record<string, number>> = {
  ...{ z: 0, utc: 0, gmt: 0, ut: 0, est: -300, edt: -240, cst: -360, cdt: -300, mst: -420, mdt: -360 },
  ...{
    pst: -480,
    pdt: -420,
    akst: -540,
    akdt: -480,
    hst: -600,
    wet: 0,
    west: 60,
    cet: 60,
    cest: 120,
    mez: 60,
  },
  ...{ mesz: 120, eet: 120, eest: 180, msk: 180, jst: 540, kst: 540, aest: 600, aedt: 660, brt: -180 },
};

/** First years of Japan's eras: 令和7年 is 2025. */
const eras: Readonly<Record<string, number>> = { 令和: 2019, R: 2019, 平成: 1989, H: 1989 };

/** Years of other calendars that would pass for ours if nobody looked: Thailand's, the Persian and the Islamic one. */
const otherCalendars: readonly { from: number; to: number; name: string }[] = [
  { from: 2500, to: 2650, name: 'Buddhist' },
  { from: 1360, to: 1420, name: 'Persian' },
  { from: 1421, to: 1470, name: 'Islamic' },
];

/**
 * Reads a date as spreadsheets and people write it: ISO 8601, seconds or milliseconds since 1970, 20250403, Excel's
 * serial days, 03/04/2025 and 3.4.25, names of months in fifteen languages, Japan's years; a time with or without
 * a zone, UTC where none is told. `order` says which of day and month is first where only numbers stand.
 */
export function readDate(cell: string, order: DateOrder | null): ReadDate {
  return readers[order ?? 'untold'](cell);
}

const readers = {
  untold: remembered((cell) => judgeDate(cell, null)),
  DMY: remembered((cell) => judgeDate(cell, 'DMY')),
  MDY: remembered((cell) => judgeDate(cell, 'MDY')),
};

/** No way to write a date and its time takes more characters; what is longer is not looked at. */
const longestDate = 100;

function judgeDate(cell: string, order: DateOrder | null): ReadDate {
  if (cell.length > longestDate) return fail(`not a date; ${remedy}`);
  const text = cell.normalize('NFKC').trim();
  if (/^[0\s:./-]+$/.test(text) || /^(?:1899-12-3[01]|1900-01-0[01])/.test(text))
    return fail('a placeholder and no date');
  const compact = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$/.exec(text);
  if (compact) {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = compact
      .slice(1)
      .map((part) => Number(part ?? 0));
    const midnight = midnightOf(year, month, day);
    if (midnight)
      return found(new Date(midnight.getTime() + ((hour * 60 + minute) * 60 + second) * 1000), null);
  }
  if (/^\d{5}(?:[.,]\d+)?$/.test(text)) {
    const serial = Number(text.replace(',', '.'));
    if (serial >= firstSerial && serial <= lastSerial)
      return found(new Date(Math.round((serial - excelEpochDays) * 86_400) * 1000), null);
  }
  const plain = parseInstant(text);
  if (plain) return found(plain, null);
  if (/^[\d.,]+$/.test(text) && !/[.,].*[.,]/.test(text)) return fail('a number and no date');
  return readParts(text, order);
}

function readParts(text: string, order: DateOrder | null): ReadDate {
  const { rest, minutes, offset, fault } = takeTime(text);
  if (fault) return fail(fault);
  const day = dayOf(rest, order);
  if ('reason' in day) return { ok: false, ...day };
  const { year, month, day: date } = day;
  const calendar = otherCalendars.find(({ from, to }) => year >= from && year <= to);
  if (calendar)
    return fail(`of the year ${year}, as the ${calendar.name} calendar counts; write the date as 2026-11-23`);
  const midnight = midnightOf(year, month, date);
  if (!midnight) return fail(`no day of the calendar from 1900 to 2199; ${remedy}`);
  return found(new Date(midnight.getTime() + (minutes - offset) * 60_000), day.order);
}

/** Profiles hold days of birth; null for what is no day (Date turns 30 February into 2 March). */
function midnightOf(year: number, month: number, day: number): Date | null {
  const midnight = new Date(Date.UTC(year, month - 1, day));
  const isDay = midnight.getUTCMonth() === month - 1 && midnight.getUTCDate() === day;
  return isDay && year >= 1900 && year < 2200 ? midnight : null;
}

/** Takes time and zone from a text; `minutes` from midnight, `offset` of the zone in minutes. */
function takeTime(text: string): { rest: string; minutes: number; offset: number; fault?: string } {
  const plain = text.replace(/\([^)]*\)|\[[^\]]*\]/g, ' ').replaceAll(/\b(?:at|um|à|kl\.?)\b|uhr/giu, ' ');
  const found =
    /(?:T|\s|,|^)\s*(\d{1,2})[:h時](\d{2})?分?(?::(\d{2})(?:[.,]\d+)?)?秒?\s*([ap])?\.?(?:m\.?)?\s*(?:(?:GMT|UTC)?([+-]\d{1,2}):?(\d{2})?|([A-Za-z]{1,5}))?\s*(?=$|\s\d{4}$)/iu.exec(
      plain,
    );
  if (!found) return { rest: plain, minutes: 0, offset: 0 };
  const [whole, hourText, minuteText = '0', secondText = '0', half, offsetHours, offsetMinutes = '0', zone] =
    found;
  const rest = `${plain.slice(0, found.index)} ${plain.slice(found.index + whole.length)}`;
  const isHalf = half?.toLowerCase();
  const hour = (Number(hourText) % (isHalf ? 12 : 24)) + (isHalf === 'p' ? 12 : 0);
  if (Number(hourText) > 24 || Number(minuteText) > 59)
    return { rest, minutes: 0, offset: 0, fault: `at no time of the day; ${remedy}` };
  const minutes = hour * 60 + Number(minuteText) + Number(secondText) / 60;
  if (offsetHours !== undefined) {
    const sign = offsetHours.startsWith('-') ? -1 : 1;
    return { rest, minutes, offset: Number(offsetHours) * 60 + sign * Number(offsetMinutes) };
  }
  const offset = zone === undefined ? 0 : zones[zone.toLowerCase()];
  if (offset === undefined)
    return { rest, minutes, offset: 0, fault: `in a zone that is not known (${zone}); ${remedy}` };
  return { rest, minutes, offset };
}

type FoundDay = Day & { order: DateOrder | null };
type NoDay = { reason: string; needsOrder?: true };

function dayOf(text: string, order: DateOrder | null): FoundDay | NoDay {
  const era = /^(令和|平成|[RH])\s*(\d{1,2}|元)[年.](\d{1,2})[月.](\d{1,2})日?\s*$/.exec(text.trim());
  if (era) {
    const year = eras[era[1]!]! + (era[2] === '元' ? 1 : Number(era[2])) - 1;
    return { year, month: Number(era[3]), day: Number(era[4]), order: null };
  }
  const named = namedMonth(text);
  if (named) return named;
  const numbers = /^\s*(\d{1,4})\s*[-/.\s年년](\s*\d{1,2})\s*[-/.\s月월]\s*(\d{1,4})\s*[日일.]?\s*$/u.exec(
    text,
  );
  if (!numbers) return { reason: `not a date; ${remedy}` };
  const [a = '', b = '', c = ''] = numbers.slice(1).map((part) => part.trim());
  const [first, second, third] = [Number(a), Number(b), Number(c)];
  if (a.length === 4 || (first > 31 && c.length <= 2))
    return { year: fullYear(first, a), month: second, day: third, order: null };
  const year = fullYear(third, c);
  // Points part day, month and year in that order wherever they are used.
  if (/^\s*\d{1,2}\s*\./.test(text)) return { year, month: second, day: first, order: null };
  if (first > 12 && second <= 12) return { year, month: second, day: first, order: 'DMY' };
  if (second > 12 && first <= 12) return { year, month: first, day: second, order: 'MDY' };
  if (first === second) return { year, month: first, day: second, order: null };
  if (order === 'DMY') return { year, month: second, day: first, order: null };
  if (order === 'MDY') return { year, month: first, day: second, order: null };
  return {
    reason: `${text.trim()} may have the day or the month first, and nobody said which`,
    needsOrder: true,
  };
}

/** `3 April 2025`, `Apr 3, 2025`, `Thu Apr 03 2025`, `3 de abril de 2025`, `03-Apr-25`. */
function namedMonth(text: string): FoundDay | null {
  const words = text.split(/[\s,./-]+/u).filter((word) => word !== '');
  const month = words.map((word) => months.get(foldWord(word))).find((found) => found !== undefined);
  if (month === undefined) return null;
  const numbers = words.flatMap(
    (word) => /^(\d{1,4})(?:st|nd|rd|th|er|o|º|ª|г|年)?$/iu.exec(word)?.[1] ?? [],
  );
  const [a, b] = numbers;
  if (a === undefined || b === undefined || numbers.length > 2) return null;
  return a.length > 2
    ? { year: fullYear(Number(a), a), month, day: Number(b), order: null }
    : { year: fullYear(Number(b), b), month, day: Number(a), order: null };
}

/** Two digits are a year of this century, up to ten years from now, else of the last one. */
function fullYear(year: number, text: string): number {
  if (text.length > 2) return year;
  return year <= 40 ? 2000 + year : 1900 + year;
}

function monthNames(): Map<string, number> {
  const names = new Map<string, number | null>();
  for (const language of languages)
    for (const length of ['long', 'short'] as const)
      for (const withDay of [true, false]) {
        const format = new Intl.DateTimeFormat(language, {
          month: length,
          ...(withDay ? { day: 'numeric' } : {}),
          timeZone: 'UTC',
        });
        for (let month = 1; month <= 12; month++) {
          const parts = format.formatToParts(new Date(Date.UTC(2025, month - 1, 2)));
          const name = foldWord(parts.find(({ type }) => type === 'month')?.value ?? '');
          if (/^\d*$/.test(name)) continue;
          const known = names.get(name);
          names.set(name, known === undefined || known === month ? month : null);
        }
      }
  return new Map([...names].flatMap(([name, month]) => (month === null ? [] : [[name, month] as const])));
}

const remedy = 'write 2026-11-23 or 2026-11-23T17:00:00Z';
const fail = (reason: string): ReadDate => ({ ok: false, reason });
const found = (at: Date, order: DateOrder | null): ReadDate => ({ ok: true, at, order });
