import { sql } from 'kysely';
import { leafKind, type Part } from '../leaf-kind.ts';
import { readComparison } from '../values/comparison.ts';
import { pathCondition, readConditions } from '../values/conditions.ts';
import {
  anyAt,
  leastAt,
  ofOne,
  type Path,
  pathWords,
  readPath,
  type ValueTest,
  valuesAt,
} from '../values/path.ts';
import { fieldRemarks } from './field-remarks.ts';

const instant = (column: string) =>
  sql`to_jsonb(to_char(${sql.ref(`u.${column}`)} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))`;
const text = (column: string) => sql`to_jsonb(${sql.ref(`u.${column}`)})`;

/** Fields of a profile that stand in columns of their own, by the names that the API has for them. */
const columns: Readonly<Record<string, Part>> = {
  email: text('email'),
  userId: text('external_id'),
  phoneNumber: text('phone_number'),
  whatsAppUserId: text('whatsapp_user_id'),
  signupDate: instant('signed_up_at'),
  profileUpdatedAt: instant('updated_at'),
};

/** By which happening each may become another: when somebody signed up never does. */
const heardOfColumn: Readonly<Record<string, readonly string[]>> = {
  signupDate: [],
  profileUpdatedAt: ['profile'],
};

const profile = sql`u.data_fields`;
const columnOf = (path: Path): Part | undefined =>
  path.length === 1 && Object.hasOwn(columns, path[0]) ? columns[path[0]] : undefined;

function holdsInProfile(path: Path, test: ValueTest, isNested: boolean | undefined): Part {
  const column = columnOf(path);
  return column ? ofOne(column, test, 0) : anyAt(profile, path, test, 0, isNested);
}

/** A field of the profile, at any depth. */
export const fieldLeaf = leafKind('field', pathCondition, ({ path: given, ...rest }, place, ground) => {
  const path = readPath(given, `${place}.path`);
  const comparison = readComparison(rest, place, ground, readConditions);
  return {
    stored: { path: given, ...comparison.stored },
    refersTo: [],
    sentence: () => `their ${pathWords(path)} ${comparison.words}`,
    holds: (asked) => {
      const found = holdsInProfile(
        path,
        (value, depth) => comparison.test(value, asked, 'u', depth),
        comparison.isNested,
      );
      return comparison.isNegative ? sql`NOT ${found}` : found;
    },
    flipsAt: (asked) => {
      const { flips } = comparison;
      if (!flips) return null;
      const column = columnOf(path);
      if (column) return flips(column, asked, 'u', 0);
      return leastAt(
        profile,
        path,
        (value, depth) => flips(value, asked, 'u', depth),
        0,
        comparison.isNested,
      );
    },
    hears: [
      ...((columnOf(path) && heardOfColumn[path[0]]) ?? [`field:${path[0]}`]),
      ...(comparison.asksPerson ? ['place'] : []),
    ],
    shows: () => columnOf(path) ?? valuesAt(profile, path),
    remarks: (known) =>
      columnOf(path) ? [] : fieldRemarks('the profile', path, comparison.types, known.profile),
  };
});
