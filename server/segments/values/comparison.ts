import { sql } from 'kysely';
import { type Static, Type } from 'typebox';
import { type Asked, type Part, type ReadingGround, refuse, slot } from '../leaf-kind.ts';
import {
  anniversaryFlipsOf,
  anniversarySchema,
  anniversaryWords,
  isAnniversary,
  requireForward,
} from '../time/anniversary.ts';
import { readingDate } from '../time/dates.sql.ts';
import { dayFlips, instantFlips } from '../time/flips.sql.ts';
import { type IntervalAt, intervalSql } from '../time/interval.sql.ts';
import {
  afterMoment,
  beforeMoment,
  fromMoment,
  momentWords,
  readDay,
  readMoment,
  toMoment,
} from '../time/moment.ts';
import { readWindow, type Window, windowSchema } from '../time/window.ts';
import { readZone, storedZone, type Zone, zoneSchema, zoneWords } from '../time/zone.ts';
import { foldCase, foldedCase } from './fold-case.ts';
import { comparesWithItems, inCatalogSchema } from './in-catalog.ts';
import { numberComparators, readNumberTest } from './number-test.ts';
import { readPattern } from './pattern.ts';

const text = Type.String({ minLength: 1, maxLength: 1_000 });
const scalar = Type.Union([Type.String({ maxLength: 1_000 }), Type.Number(), Type.Boolean()]);
const scalars = Type.Array(scalar, { minItems: 1, maxItems: 1_000 });
const moment = Type.String({ maxLength: 40 });

/** How a value is compared, as properties of a schema: one of these, with what belongs to it. */
export const comparators = {
  exists: Type.Optional(
    Type.Boolean({
      description: 'There is a value: not null, and of an array an element. false: there is none',
    }),
  ),
  is: Type.Optional(scalar),
  isNot: Type.Optional(scalar),
  isAnyOf: Type.Optional(scalars),
  isNoneOf: Type.Optional(scalars),
  contains: Type.Optional(text),
  doesNotContain: Type.Optional(text),
  startsWith: Type.Optional(text),
  endsWith: Type.Optional(text),
  matches: Type.Optional(Type.String({ minLength: 1, description: 'A pattern, found anywhere in the text' })),
  doesNotMatch: Type.Optional(Type.String({ minLength: 1 })),
  ...numberComparators,
  before: Type.Optional(moment),
  after: Type.Optional(moment),
  on: Type.Optional(Type.String({ maxLength: 10, description: 'A day' })),
  during: Type.Optional(windowSchema),
  anniversary: Type.Optional(anniversarySchema),
  hasElement: Type.Optional(
    slot('conditions', 'One element of the array fulfils all that is said here; paths begin in the element'),
  ),
  inCatalog: Type.Optional(inCatalogSchema),
  ignoringCase: Type.Optional(Type.Boolean({ description: 'Of texts: upper and lower case are alike' })),
  zone: Type.Optional(zoneSchema),
};

const schema = Type.Object(comparators);
/** A comparison as a definition has it. */
export type AskedComparison = Static<typeof schema>;

const modifiers: ReadonlySet<string> = new Set(['ignoringCase', 'zone']);
const zoned: ReadonlySet<string> = new Set(['before', 'after', 'on', 'during', 'anniversary']);
const names = (Object.keys(comparators) as (keyof AskedComparison)[]).filter((name) => !modifiers.has(name));

/** SQL: when what is said of a value may flip by time alone, the next time; null for never. `value` may be null. */
export type FlipsOf = (value: Part, asked: Asked, users: 'u' | 'z', depth: number) => Part;

/** A comparison that was read. */
export interface Comparison {
  stored: AskedComparison;
  /** True of everybody of whom `test` is not, also where there is no value. */
  isNegative: boolean;
  /** SQL: whether one value fulfils it, whatever the sense of the comparison; null counts as false. */
  test(value: Part, asked: Asked, users: 'u' | 'z', depth: number): Part;
  /** SQL: when `test` may flip by time alone, the next time; null for never. */
  flips: FlipsOf | null;
  /** `is “Paris”`, as what follows the name of a field. */
  words: string;
  /** Of which types values can fulfil it; null for any. */
  types: readonly string[] | null;
  /** Whether it depends on the zone of the person, so that their row must be at hand. */
  asksPerson: boolean;
  /** Whether it holds conditions of its own. */
  isNested?: boolean;
}

/** Reads what is said of an element: handed in, since conditions hold comparisons. */
type ReadConditions = (
  value: unknown,
  place: string,
  ground: ReadingGround,
) => {
  stored: unknown;
  holds(base: Part, asked: Asked, users: 'u' | 'z', depth: number): Part;
  flips: FlipsOf | null;
  words: string;
  asksPerson: boolean;
};

/** Reads a comparison. @throws ApiError unless it has exactly one comparator, and for what that cannot take. */
export function readComparison(
  asked: AskedComparison,
  place: string,
  ground: ReadingGround,
  readConditions: ReadConditions,
): Comparison {
  const given = names.filter((name) => asked[name] !== undefined);
  const [name] = given;
  if (name === undefined) throw refuse(place, `must say how to compare, by one of ${names.join(', ')}`);
  if (given.length > 1)
    throw refuse(place, `has ${given.join(' and ')}; leave all but one out, or put both into { "all": [] }`);
  const made =
    ofElement(asked, place, ground, readConditions) ??
    ofItem(asked, place, ground, readConditions) ??
    ofPresence(asked) ??
    ofTexts(asked, place) ??
    ofNumbers(asked, place) ??
    ofDates(asked, place, ground);
  if (!made) throw refuse(place, `cannot be compared by ${name}`);
  if (asked.ignoringCase !== undefined && (zoned.has(name) || !made.types?.includes('string')))
    throw refuse(`${place}.ignoringCase`, `says nothing beside ${name}; leave it out`);
  if (asked.zone !== undefined && !zoned.has(name))
    throw refuse(`${place}.zone`, `says nothing beside ${name}; leave it out`);
  return made;
}

const isText = (value: Part) => sql`jsonb_typeof(${value}) = 'string'`;
const textOf = (value: Part) => sql`(${value} #>> '{}')`;
const quote = (value: string | number | boolean) =>
  typeof value === 'string' ? `“${value}”` : String(value);
const missing = ', or is missing';

function ofElement(
  { hasElement }: AskedComparison,
  place: string,
  ground: ReadingGround,
  read: ReadConditions,
): Comparison | null {
  if (hasElement === undefined) return null;
  const { stored, holds, flips, words, asksPerson } = read(hasElement, `${place}.hasElement`, ground);
  return {
    stored: { hasElement: stored },
    isNegative: false,
    test: (value, asked, users, depth) => holds(value, asked, users, depth),
    flips,
    words: `has one element of which holds: ${words}`,
    types: ['array', 'object'],
    asksPerson,
    isNested: true,
  };
}

function ofItem(
  { inCatalog }: AskedComparison,
  place: string,
  ground: ReadingGround,
  read: ReadConditions,
): Comparison | null {
  if (inCatalog === undefined) return null;
  const { where } = inCatalog;
  const of = where === undefined ? null : read(where, `${place}.inCatalog.where`, ground);
  return comparesWithItems(inCatalog, of);
}

function ofPresence({ exists }: AskedComparison): Comparison | null {
  if (exists === undefined) return null;
  return {
    stored: { exists },
    isNegative: !exists,
    test: (value) => sql`jsonb_typeof(${value}) <> 'null'`,
    words: exists ? 'is there' : 'is missing',
    types: null,
    asksPerson: false,
    flips: null,
  };
}

function ofTexts(asked: AskedComparison, place: string): Comparison | null {
  const {
    is,
    isNot,
    isAnyOf,
    isNoneOf,
    contains,
    doesNotContain,
    startsWith,
    endsWith,
    matches,
    doesNotMatch,
    ignoringCase = false,
  } = asked;
  const alike = ignoringCase ? ' (upper and lower case alike)' : '';
  const stored = { ...asked, ...(ignoringCase ? {} : { ignoringCase: undefined }) };
  const equal = is ?? isNot ?? isAnyOf ?? isNoneOf;
  if (equal !== undefined) {
    const values = [equal].flat();
    const isNegative = isNot !== undefined || isNoneOf !== undefined;
    const which = values.length === 1 ? quote(values[0] ?? '') : `one of ${values.map(quote).join(', ')}`;
    return {
      stored,
      isNegative,
      test: (value) => isOneOf(value, values, ignoringCase),
      words: `is ${isNegative ? 'not ' : ''}${which}${alike}${isNegative ? missing : ''}`,
      types: typesOf(values),
      asksPerson: false,
      flips: null,
    };
  }
  const part = contains ?? doesNotContain ?? startsWith ?? endsWith;
  if (part !== undefined) {
    const isNegative = doesNotContain !== undefined;
    const sought = ignoringCase ? foldCase(part) : part;
    const holds = (value: Part) =>
      startsWith !== undefined
        ? sql`starts_with(${value}, ${sought}::text)`
        : endsWith !== undefined
          ? sql`right(${value}, length(${sought}::text)) = ${sought}::text`
          : sql`strpos(${value}, ${sought}::text) > 0`;
    const verb =
      startsWith !== undefined
        ? 'starts with'
        : endsWith !== undefined
          ? 'ends with'
          : isNegative
            ? 'does not contain'
            : 'contains';
    return {
      stored,
      isNegative,
      test: (value) =>
        sql`(${isText(value)} AND ${holds(ignoringCase ? foldedCase(textOf(value)) : textOf(value))})`,
      words: `${verb} ${quote(part)}${alike}${isNegative ? missing : ''}`,
      types: ['string', 'date'],
      asksPerson: false,
      flips: null,
    };
  }
  const pattern = matches ?? doesNotMatch;
  if (pattern === undefined) return null;
  const isNegative = doesNotMatch !== undefined;
  const read = readPattern(pattern, ignoringCase, `${place}.${isNegative ? 'doesNotMatch' : 'matches'}`);
  return {
    stored,
    isNegative,
    test: (value) => sql`(${isText(value)} AND ${textOf(value)} COLLATE "C" ~ ${read}::text)`,
    words: `${isNegative ? 'does not match' : 'matches'} the pattern ${pattern}${alike}${isNegative ? missing : ''}`,
    types: ['string', 'date'],
    asksPerson: false,
    flips: null,
  };
}

/** SQL: whether a value is one of these: of its own type, a text exactly, or in whatever case. */
function isOneOf(value: Part, values: readonly (string | number | boolean)[], ignoringCase: boolean): Part {
  const texts = values.filter((each) => typeof each === 'string');
  const others = ignoringCase ? values.filter((each) => typeof each !== 'string') : values;
  const exactly = sql`${value} = ANY(${others.map((each) => JSON.stringify(each))}::jsonb[])`;
  if (!ignoringCase || texts.length === 0) return exactly;
  return sql`(${exactly} OR (${isText(value)} AND ${foldedCase(textOf(value))} = ANY(${texts.map(foldCase)}::text[])))`;
}

const typesOf = (values: readonly (string | number | boolean)[]): string[] => [
  ...(values.some((each) => typeof each === 'string') ? ['string', 'date'] : []),
  ...(values.some((each) => typeof each === 'number') ? ['long', 'double'] : []),
  ...(values.some((each) => typeof each === 'boolean') ? ['boolean'] : []),
];

function ofNumbers(
  { moreThan, atLeast, lessThan, atMost, between }: AskedComparison,
  place: string,
): Comparison | null {
  const test = readNumberTest({ moreThan, atLeast, lessThan, atMost, between }, place);
  if (!test) return null;
  return {
    stored: test.stored,
    isNegative: false,
    // Numbers alone are compared so: of other types jsonb has an order of its own.
    test: (value) =>
      sql`(jsonb_typeof(${value}) = 'number' AND ${test.sql(value, (of) => sql`${JSON.stringify(of)}::jsonb`)})`,
    words: `is ${test.words}`,
    types: ['long', 'double'],
    asksPerson: false,
    flips: null,
  };
}

function ofDates(asked: AskedComparison, place: string, ground: ReadingGround): Comparison | null {
  const { before, after, on, during, anniversary } = asked;
  const zone = readZone(asked.zone, `${place}.zone`, ground);
  const stored = { ...asked, zone: storedZone(zone) };
  const comparison = (
    words: string,
    test: Comparison['test'],
    flips: Comparison['flips'] = null,
  ): Comparison => ({
    ...{ stored, isNegative: false, test, types: ['date', 'string'], asksPerson: zone.kind === 'person' },
    flips: flips && ((value, ...rest) => sql`(CASE WHEN ${isText(value)} THEN ${flips(value, ...rest)} END)`),
    words: `${words} (${zoneWords(zone)})`,
  });
  if (anniversary) {
    requireForward(anniversary, `${place}.anniversary`);
    return comparison(
      `has its anniversary ${anniversaryWords(anniversary)}; 29 February counts as the 28th where the year has none`,
      (value, { now }, users) =>
        sql`(${isText(value)} AND ${isAnniversary(textOf(value), anniversary, zone, now, users)})`,
      (value, { now }, users) => anniversaryFlipsOf(textOf(value), anniversary, zone, now, users),
    );
  }
  if (before !== undefined) {
    const read = readMoment(before, `${place}.before`);
    return comparison(
      `lies before ${momentWords(read)}`,
      inInterval(() => ({ from: null, until: beforeMoment(read) }), zone),
    );
  }
  if (after !== undefined) {
    const read = readMoment(after, `${place}.after`);
    return comparison(
      `lies after ${momentWords(read)}`,
      inInterval(() => ({ from: afterMoment(read), until: null }), zone),
    );
  }
  if (on !== undefined) {
    const day = { kind: 'day', day: readDay(on, `${place}.on`) } as const;
    return comparison(
      `lies on ${momentWords(day)}`,
      inInterval(() => ({ from: fromMoment(day), until: toMoment(day) }), zone),
    );
  }
  if (!during) return null;
  const window = readWindow(during, `${place}.during`);
  return comparison(`lies ${window.words}`, inInterval(window.interval, zone), flipsIn(window, zone));
}

/** A date in an interval: a day alone stands for its beginning in the zone. */
function inInterval(intervalAt: IntervalAt, zone: Zone): Comparison['test'] {
  const interval = intervalSql(intervalAt, zone);
  return (value, { now }, users) => {
    const date = textOf(value);
    const holds = readingDate(date, interval.holdsOn(date, now, users), (instant) =>
      interval.holdsAt(instant, now, users),
    );
    return sql`(${isText(value)} AND ${holds})`;
  };
}

/** When a date comes into a window that moves, or goes out of it. */
function flipsIn({ moving }: Window, zone: Zone): Comparison['flips'] {
  if (!moving) return null;
  return (value, { now }, users) => {
    const date = textOf(value);
    const at = { zone, now, users };
    return readingDate(
      date,
      dayFlips(date, moving, at),
      (instant) => instantFlips(instant, moving, at),
      sql`NULL`,
    );
  };
}
