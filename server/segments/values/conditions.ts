import { sql } from 'kysely';
import type { Static } from 'typebox';
import { type Asked, type Part, type ReadingGround, requireFit, strict } from '../leaf-kind.ts';
import { earliest } from '../time/flips.sql.ts';
import { comparators, type FlipsOf, readComparison } from './comparison.ts';
import { groupSql, groupWords, readGroup, readPart } from './group.ts';
import { anyAt, leastAt, pathSchema, pathWords, readPath, type ValueTest } from './path.ts';

/** A comparison with the value that it is of. */
export const pathCondition = strict({ path: pathSchema, ...comparators });

/** What must hold of a JSON object: the fields of an event, an element of an array. */
export interface Conditions {
  stored: unknown;
  /** SQL: whether it holds of an object, jsonb; true or false. `users` is the row of the person, for their zone. */
  holds(base: Part, asked: Asked, users: 'u' | 'z', depth: number): Part;
  /** SQL: when it, or anything in it, may flip by time alone, the next time; null for never. */
  flips: FlipsOf | null;
  words: string;
  /** Which fields are compared, outermost names, and with values of which types. */
  fields: readonly { name: string; types: readonly string[] | null }[];
  /** Whether it depends on the zone of the person. */
  asksPerson: boolean;
}

/** Reads a tree of `all`, `any` and `none` over comparisons of values at paths. @throws ApiError naming the place. */
export function readConditions(value: unknown, place: string, ground: ReadingGround): Conditions {
  const group = readGroup(readPart(value, place), place);
  if (group) {
    const parts = group.of.map((part, index) =>
      readConditions(part, `${place}.${group.kind}.${index}`, ground),
    );
    return {
      stored: { [group.kind]: parts.map(({ stored }) => stored) },
      holds: (base, asked, users, depth) =>
        groupSql(
          group.kind,
          parts.map((part) => part.holds(base, asked, users, depth)),
        ),
      flips: parts.some(({ flips }) => flips)
        ? (base, asked, users, depth) =>
            earliest(parts.map(({ flips }) => flips?.(base, asked, users, depth))) ?? sql`NULL`
        : null,
      words: groupWords(
        group.kind,
        parts.map(({ words }) => words),
      ),
      fields: parts.flatMap(({ fields }) => fields),
      asksPerson: parts.some(({ asksPerson }) => asksPerson),
    };
  }
  requireFit(pathCondition, value, place);
  return readOne(value, place, ground);
}

function readOne(
  { path: given, ...rest }: Static<typeof pathCondition>,
  place: string,
  ground: ReadingGround,
): Conditions {
  ground.count(1, place);
  const path = readPath(given, `${place}.path`);
  const comparison = readComparison(rest, place, ground, readConditions);
  return {
    stored: { path: given, ...comparison.stored },
    holds: (base, asked, users, depth) => {
      const test: ValueTest = (value, inner) => comparison.test(value, asked, users, inner);
      const found = anyAt(base, path, test, depth, comparison.isNested);
      return comparison.isNegative ? sql`NOT ${found}` : found;
    },
    flips:
      comparison.flips &&
      ((base, asked, users, depth) =>
        leastAt(
          base,
          path,
          (value, inner) => comparison.flips?.(value, asked, users, inner) ?? sql`NULL`,
          depth,
          comparison.isNested,
        )),
    words: `${pathWords(path)} ${comparison.words}`,
    fields: [{ name: path[0], types: path.length > 1 ? ['object', 'array'] : comparison.types }],
    asksPerson: comparison.asksPerson,
  };
}
