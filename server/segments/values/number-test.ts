import { sql } from 'kysely';
import { type Static, Type } from 'typebox';
import { type Part, refuse } from '../leaf-kind.ts';

/** Comparators of numbers, as properties of a schema. */
export const numberComparators = {
  moreThan: Type.Optional(Type.Number()),
  atLeast: Type.Optional(Type.Number()),
  lessThan: Type.Optional(Type.Number()),
  atMost: Type.Optional(Type.Number()),
  between: Type.Optional(Type.Tuple([Type.Number(), Type.Number()], { description: 'Both numbers are in' })),
};

/** The same with equality, where a number alone is compared. */
export const numberTest = { is: Type.Optional(Type.Number()), ...numberComparators };

const schema = Type.Object(numberTest);
type Asked = Static<typeof schema>;

/** A test of a number that was read. */
export interface NumberTest {
  stored: Asked;
  holds(number: number): boolean;
  /** SQL: of an expression and the way to write a number to compare it with. */
  sql(value: Part, number: (of: number) => Part): Part;
  /** `at least 2`. */
  words: string;
}

/** A number in words: `1,000.5`, all its decimals; one that JSON writes with an exponent so. */
export const numberWords = (number: number): string =>
  String(number).includes('e') ? String(number) : number.toLocaleString('en', { maximumFractionDigits: 20 });

const names = Object.keys(numberTest) as (keyof Asked)[];

/** Reads the one comparator of numbers that is there; null for none. @throws ApiError for several. */
export function readNumberTest(asked: Asked, place: string): NumberTest | null {
  const given = names.filter((name) => asked[name] !== undefined);
  if (given.length === 0) return null;
  if (given.length > 1) throw refuse(place, `has ${given.join(' and ')}; leave all but one out`);
  const { is, moreThan, atLeast, lessThan, atMost, between } = asked;
  if (between && between[0] > between[1])
    throw refuse(`${place}.between`, 'has the greater number first; turn them round');
  const test = (words: string, holds: NumberTest['holds'], made: NumberTest['sql']): NumberTest => ({
    stored: asked,
    words,
    holds,
    sql: made,
  });
  if (is !== undefined)
    return test(
      `exactly ${numberWords(is)}`,
      (n) => n === is,
      (v, number) => sql`${v} = ${number(is)}`,
    );
  if (moreThan !== undefined)
    return test(
      `more than ${numberWords(moreThan)}`,
      (n) => n > moreThan,
      (v, number) => sql`${v} > ${number(moreThan)}`,
    );
  if (atLeast !== undefined)
    return test(
      `at least ${numberWords(atLeast)}`,
      (n) => n >= atLeast,
      (v, number) => sql`${v} >= ${number(atLeast)}`,
    );
  if (lessThan !== undefined)
    return test(
      `less than ${numberWords(lessThan)}`,
      (n) => n < lessThan,
      (v, number) => sql`${v} < ${number(lessThan)}`,
    );
  if (atMost !== undefined)
    return test(
      `at most ${numberWords(atMost)}`,
      (n) => n <= atMost,
      (v, number) => sql`${v} <= ${number(atMost)}`,
    );
  const [least, most] = between ?? [0, 0];
  return test(
    `from ${numberWords(least)} to ${numberWords(most)}`,
    (n) => n >= least && n <= most,
    (v, number) => sql`(${v} >= ${number(least)} AND ${v} <= ${number(most)})`,
  );
}
