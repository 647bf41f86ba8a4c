import type { FieldType } from '../../users/field-types.ts';
import { type DateOrder, readDate } from './dates.ts';
import { foldWord, wordsOf } from './header-words.ts';
import { remembered } from './remembered.ts';

/** What the cells of a profile's column are, as its whole file shows. */
export type FieldKind = 'text' | 'number' | 'yesNo' | 'date';

/** How the cells of a column are to be read. */
export interface FieldReading {
  kind: FieldKind;
  /** 1.234,50 and not 1,234.50; null where a column has both: what may be either is asked about then, and not guessed. */
  decimalComma: boolean | null;
  dateOrder: DateOrder | null;
}

/** Numbers only by their look: keys, codes and numbers of telephones lose their zeros when they are counted with. */
const keyWords = new Set(
  'id ids key zip zipcode plz postcode postal code codes number nr no num sku ean upc isbn barcode phone tel fax mobile account acct ref reference ssn tax vat iban card pin serial imei'.split(
    ' ',
  ),
);
const keyEnding = /(?:id|key|code|zip|plz|nummer|numero|number|phone|telefon|sku|ean|iban)$/;
const dateWords =
  /date|datum|fecha|birth|geburt|naissance|nacimiento|nascimento|nascita|time|_at$|\bat$|tarih|дата|日|날짜/i;
const asText = new Set(['firstName', 'lastName', 'city', 'state', 'postalCode', 'country', 'timeZone']);

const currency = String.raw`(?:US|CA|AU|NZ|HK|R|MX|C|A)?[$€£¥₹₩₺₽₫₪]|[A-Z]{3}|kr\.?|zł|Kč|Ft|lei|CHF`;
const numberShape = new RegExp(
  String.raw`^(\()?\s*(?:${currency})?\s*([-−+]?)\s*(?:${currency})?\s*(\d[\d.,'’\u00a0\u202f ]*)\s*(?:${currency})?\s*(\))?$`,
);
const yesWords = new Set(
  ['yes', 'true', 'y', 'ja', 'oui', 'si', 'sim', 'tak', 'evet', 'да', 'はい', '是', '예'].map(foldWord),
);
const noWords = new Set(
  [
    'no',
    'false',
    'n',
    'nein',
    'non',
    'nao',
    'nee',
    'nie',
    'nej',
    'hayir',
    'нет',
    'いいえ',
    '否',
    '아니요',
  ].map(foldWord),
);

/** No number, answer or date takes more characters; what is longer is text and not looked at. */
const longestValue = 100;

/** Gathers what the cells of a column look like. */
export class KindTally {
  readonly #mayBeNumber: boolean;
  readonly #mayBeDate: boolean;
  readonly #isText: boolean;
  readonly #counts = { text: 0, number: 0, yesNo: 0, date: 0 };
  #filled = 0;
  #hasComma = false;
  #hasPoint = false;

  constructor(header: string, meaning: string) {
    const words = wordsOf(header);
    this.#isText = asText.has(meaning);
    this.#mayBeNumber = !words.some((word) => keyWords.has(word)) && !keyEnding.test(words.join(''));
    this.#mayBeDate = dateWords.test(header);
  }

  /** Looks at a cell that holds something. Once it is plainly text, no more is needed. */
  see(cell: string): void {
    if (this.#isText || (this.#filled >= 50 && this.#counts.text > this.#filled / 2)) return;
    this.#filled++;
    if (cell.length <= longestValue && /\d,\d{1,2}\D*$/.test(cell)) this.#hasComma = true;
    if (cell.length <= longestValue && /\d\.\d{1,2}\D*$/.test(cell)) this.#hasPoint = true;
    this.#counts[this.#kindOf(cell)]++;
  }

  /** What nine in ten of the cells are; else text. */
  reading(dateOrder: DateOrder | null): FieldReading {
    const kinds = ['number', 'yesNo', 'date'] as const;
    const kind = kinds.find((each) => this.#counts[each] > 0 && this.#counts[each] >= this.#filled * 0.9);
    const decimalComma = this.#hasComma && this.#hasPoint ? null : this.#hasComma;
    return { kind: kind ?? 'text', decimalComma, dateOrder };
  }

  readonly #kindOf = remembered((cell: string) => this.#judge(cell));

  #judge(cell: string): FieldKind {
    if (cell.length > longestValue) return 'text';
    if (yesNoOf(cell) !== null) return 'yesNo';
    if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(cell)) return 'text';
    const digits = cell.replaceAll(/\D/g, '');
    if (
      this.#mayBeNumber &&
      !this.#mayBeDate &&
      digits.length < 10 &&
      !/^0\d/.test(cell) &&
      numberShape.test(cell)
    )
      return 'number';
    const isDate =
      digits.length >= 3 &&
      (this.#mayBeDate || /[-/.:年]|\p{L}{3}/u.test(cell)) &&
      !/^\d+[.,]?\d*$/.test(cell);
    if (isDate || (this.#mayBeDate && digits.length >= 5)) {
      const date = readDate(cell, 'DMY');
      const other = date.ok ? date : readDate(cell, 'MDY');
      if (other.ok) return 'date';
    }
    return 'text';
  }
}

/** How a field is read that the project has already with this type. */
export function readingOfType(type: FieldType, seen: FieldReading): FieldReading {
  if (type === 'long' || type === 'double') return { ...seen, kind: 'number' };
  if (type === 'boolean') return { ...seen, kind: 'yesNo' };
  return { ...seen, kind: type === 'date' ? 'date' : 'text' };
}

/** A cell as the value of a field, or why it does not fit among the others of its column. */
export function readField(cell: string, reading: FieldReading): { value: unknown } | { fault: string } {
  switch (reading.kind) {
    case 'text':
      return { value: cell };
    case 'number': {
      const value = numberOf(cell, reading.decimalComma);
      if (value === 'either')
        return {
          fault:
            'a number that may be read in two ways, since others of its column are; write it without a mark before thousands',
        };
      return value === null ? { fault: 'no number, as the others of its column are' } : { value };
    }
    case 'yesNo': {
      const value = yesNoOf(cell) ?? { 1: true, 0: false }[cell] ?? null;
      return value === null ? { fault: 'neither yes nor no, as the others of its column are' } : { value };
    }
    case 'date': {
      const date = readDate(cell, reading.dateOrder);
      if (!date.ok) return { fault: date.reason };
      return { value: `${date.at.toISOString().slice(0, 19).replace('T', ' ')} +00:00` };
    }
  }
}

function yesNoOf(cell: string): boolean | null {
  const folded = foldWord(cell);
  return yesWords.has(folded) ? true : noWords.has(folded) ? false : null;
}

/** A cell as a number; null where it is none, and where it may be one or another. */
function numberOf(cell: string, decimalComma: boolean | null): number | 'either' | null {
  const shape = numberShape.exec(cell);
  if (!shape) return null;
  const digits = shape[3]!.replaceAll(/['’\u00a0\u202f ]/g, '');
  const negative = shape[1] !== undefined || /[-−]/.test(shape[2] ?? '');
  const decimal = decimalMark(digits, decimalComma);
  if (decimal === 'either') return 'either';
  const plain =
    decimal === ','
      ? digits.replaceAll('.', '').replace(',', '.')
      : digits.replaceAll(decimal === '.' ? ',' : /[.,]/g, '');
  const value = Number(plain);
  return plain === '' || Number.isNaN(value) ? null : negative ? -value : value;
}

/**
 * What parts the whole of these digits from the rest: the last mark where there are both, and none where one stands several times. One mark before three
 * digits may be either (1.234), and is as the other cells of the column are.
 */
function decimalMark(digits: string, decimalComma: boolean | null): ',' | '.' | 'none' | 'either' {
  const marks = digits.replaceAll(/\d/g, '');
  if (marks === '') return 'none';
  if (marks.includes(',') && marks.includes('.')) return marks.at(-1) === ',' ? ',' : '.';
  if (marks.length > 1) return /^\d{1,3}(?:[.,]\d{3})+$/.test(digits) ? 'none' : marks[0] === ',' ? ',' : '.';
  const mark = marks === ',' ? ',' : '.';
  if (!/^\d{1,3}[.,]\d{3}$/.test(digits)) return mark;
  if (decimalComma === null) return 'either';
  return decimalComma === (mark === ',') ? mark : 'none';
}
