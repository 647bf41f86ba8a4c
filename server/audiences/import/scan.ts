import { type Column, consentMeanings, mayBeConsent, namesOtherMedium } from './columns.ts';
import {
  type ConsentReading,
  isSubscriberWord,
  mayBeSubscriberWord,
  readConsentWord,
  readRefusalWord,
} from './consent-words.ts';
import { type DateOrder, readDate } from './dates.ts';
import { type FieldReading, KindTally } from './field-kinds.ts';
import type { TableRow } from './file/table.ts';
import { mediumOf } from './header-words.ts';

/** What the whole of a file shows of one column. */
export interface ColumnSight {
  filled: number;
  /** The first distinct cells that hold something. */
  samples: string[];
  /** Of a consent column: how many cells read as what, and the marks that may mean either. */
  readings: Partial<Record<ConsentReading, number>>;
  marks: string[];
  /** A date of which day and month may each be either, as the first such cell stands; null for none. */
  doubtfulDate: string | null;
  /** The order that some of its dates can have only; both when the column mixes them. */
  orders: DateOrder[];
  field: FieldReading;
}

/** What a look through a whole file shows before anything is taken. */
export interface Scan {
  /** As the file shows: a column whose cells are all a subscriber's states is one of consent, whatever its name. */
  columns: Column[];
  rows: number;
  sights: ColumnSight[];
  /** By row number: an earlier row that names the same person, and by which field. */
  repeated: ReadonlyMap<number, Repetition>;
  /** By row number: consent columns in which a later row of the same person says something. */
  superseded: ReadonlyMap<number, ReadonlySet<number>>;
}

/** A row that names somebody again. */
export interface Repetition {
  field: string;
  value: string;
  first: number;
}

const samplesKept = 3;
/** So many people are remembered by each of their names, which is some hundred megabytes. */
const namesKept = 1_000_000;

/** Looks through the rows of a file. */
export async function scanRows(rows: AsyncIterable<TableRow>, mapped: readonly Column[]): Promise<Scan> {
  const looks = mapped.map((column) => new Look(column));
  const names = new Names(mapped);
  let count = 0;
  for await (const { number, cells } of rows) {
    count++;
    for (let index = 0; index < looks.length; index++) {
      const cell = cells[index];
      if (cell) looks[index]!.see(cell);
    }
    names.see(number, cells);
  }
  const columns = mapped.map((column, index) => looks[index]!.settled(column));
  const shown = [...new Set(looks.flatMap((look) => [...look.orders]))];
  return {
    columns,
    rows: count,
    sights: looks.map((look) => look.sight(shown)),
    repeated: names.repeated,
    superseded: names.superseded,
  };
}

class Look {
  readonly orders = new Set<DateOrder>();
  readonly #column: Column;
  readonly #kinds: KindTally;
  readonly #readings: Partial<Record<ConsentReading, number>> = {};
  readonly #marks = new Set<string>();
  readonly #samples = new Set<string>();
  readonly #mayBeConsent: boolean;
  #filled = 0;
  #states = 0;
  #plainStates = 0;
  #marked = 0;
  #doubtful: string | null = null;

  constructor(column: Column) {
    this.#column = column;
    this.#kinds = new KindTally(column.header, column.meaning);
    this.#mayBeConsent = !column.chosen && !consentMeanings.has(column.meaning) && mayBeConsent(column);
  }

  see(cell: string): void {
    this.#filled++;
    if (this.#samples.size < samplesKept) this.#samples.add(cell);
    const { meaning } = this.#column;
    if (meaning === 'optIn' || meaning === 'optOut') {
      if (meaning === 'optIn') this.#seeMark(cell);
      else this.#count(readRefusalWord(cell));
    } else if (meaning === 'optInDate' || meaning === 'optOutDate') this.#seeDate(cell);
    else if (!consentMeanings.has(meaning) && meaning !== 'ignore') {
      if (this.#states === this.#filled - 1 && mayBeSubscriberWord(cell)) {
        this.#states++;
        if (isSubscriberWord(cell)) this.#plainStates++;
      }
      const isOpen = this.#filled < 200 || this.#marked > this.#filled / 2;
      if ((this.#mayBeConsent && isOpen) || this.#states === this.#filled) this.#seeMark(cell);
      this.#kinds.see(cell);
      if (/^\d{1,2}[-/]\d{1,2}[-/]\d{2,4}/.test(cell)) this.#seeDate(cell);
    }
  }

  #seeMark(cell: string): void {
    const reading = readConsentWord(cell);
    this.#count(reading);
    if (reading !== 'unknown') this.#marked++;
    if (reading === 'asked' && this.#marks.size < 10) this.#marks.add(cell);
  }

  #count(reading: ConsentReading): void {
    this.#readings[reading] = (this.#readings[reading] ?? 0) + 1;
  }

  #seeDate(cell: string): void {
    const read = readDate(cell, null);
    if (read.ok && read.order) this.orders.add(read.order);
    else if (!read.ok && read.needsOrder) this.#doubtful ??= cell;
  }

  /**
   * A profile's field without a chosen meaning that holds states of subscribers only is a consent column, and one to be
   * asked about where some of them may be states of something else. One that names a
   * medium or an agreement and says yes and no in most cells may be one, and no number of a telephone.
   */
  settled(column: Column): Column {
    if (column.chosen || this.#filled === 0 || namesOtherMedium(column.header)) return column;
    const medium = mediumOf(column.header);
    if (column.meaning === column.header && this.#states === this.#filled && this.#plainStates > 0)
      return { ...column, meaning: 'optIn', medium, guessed: this.#plainStates < this.#states };
    const { blank = 0, asked = 0 } = this.#readings;
    // One mark alone ticks; several letters are a code of something else.
    const said = this.#marked - blank - (this.#marks.size > 1 ? asked : 0);
    const says = this.#mayBeConsent && said > 0 && this.#marked >= 0.8 * this.#filled;
    return says ? { ...column, meaning: 'optIn', medium, guessed: true } : column;
  }

  sight(shownInFile: readonly DateOrder[]): ColumnSight {
    const own = [...this.orders];
    const orders = own.length > 0 ? own : [...shownInFile];
    return {
      filled: this.#filled,
      samples: [...this.#samples],
      readings: this.#readings,
      marks: [...this.#marks],
      doubtfulDate: this.#doubtful,
      orders,
      field: this.#kinds.reading(orders.length === 1 ? orders[0]! : null),
    };
  }
}

interface Named {
  row: number;
  userId: string;
  email: string;
  before: Named | null;
}

/** Who is named again: by userId, by email, or by a number alone, since a family may share one. */
class Names {
  readonly repeated = new Map<number, Repetition>();
  readonly superseded = new Map<number, Set<number>>();
  readonly #seen = {
    userId: new Map<string, Named>(),
    email: new Map<string, Named>(),
    phoneNumber: new Map<string, Named>(),
  };
  readonly #columns: readonly Column[];
  readonly #consent: number[];
  readonly #userId: number;
  readonly #email: number;
  readonly #phones: number[];

  constructor(columns: readonly Column[]) {
    this.#columns = columns;
    const of = (meaning: string) => columns.findIndex((column) => column.meaning === meaning);
    [this.#userId, this.#email] = [of('userId'), of('email')];
    this.#phones = columns.flatMap(({ meaning }, index) => (meaning === 'phoneNumber' ? index : []));
    this.#consent = columns.flatMap(({ meaning }, index) => (meaning === 'optIn' ? index : []));
  }

  see(row: number, cells: readonly string[]): void {
    const userId = cells[this.#userId] ?? '';
    const email = (cells[this.#email] ?? '').toLowerCase();
    const phone =
      this.#phones.map((index) => cells[index]?.replaceAll(/[^\d+]/g, '')).find((each) => each) ?? '';
    const named: Named = { row, userId, email, before: null };
    this.#note('userId', userId, named, cells);
    this.#note('email', email, named, cells);
    this.#note('phoneNumber', phone, named, cells);
  }

  #note(
    field: 'userId' | 'email' | 'phoneNumber',
    value: string,
    named: Named,
    cells: readonly string[],
  ): void {
    if (value === '') return;
    const seen = this.#seen[field];
    const earlier = seen.get(value);
    if (earlier && (field !== 'phoneNumber' || !areTwo(earlier, named))) {
      const { row } = named;
      if (!this.repeated.has(row)) this.repeated.set(row, { field, value, first: earlier.row });
      named.before ??= earlier.row === row ? null : earlier;
      this.#supersede(earlier, cells);
    }
    if (earlier || seen.size < namesKept) seen.set(value, named);
  }

  #supersede(earlier: Named, cells: readonly string[]): void {
    const said = this.#consent.filter((index) => {
      const cell = cells[index];
      return cell && this.#columns[index] && readConsentWord(cell) !== 'blank';
    });
    if (said.length === 0) return;
    for (let each: Named | null = earlier; each; each = each.before) {
      const known = this.superseded.get(each.row) ?? new Set<number>();
      if (said.every((index) => known.has(index))) return;
      for (const index of said) known.add(index);
      this.superseded.set(each.row, known);
    }
  }
}

const areTwo = (a: Named, b: Named): boolean =>
  (a.userId !== '' && b.userId !== '' && a.userId !== b.userId) ||
  (a.userId === '' && b.userId === '' && a.email !== '' && b.email !== '' && a.email !== b.email);
