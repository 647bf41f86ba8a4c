import { sql } from 'kysely';
import { type Static, Type } from 'typebox';
import { type Part, refuse } from '../leaf-kind.ts';

/** Where a value stands in a profile, or in the fields of an event. */
export const pathSchema = Type.Union(
  [
    Type.String({ minLength: 1, maxLength: 500 }),
    Type.Array(Type.String({ minLength: 1, maxLength: 255 }), { minItems: 1, maxItems: 20 }),
  ],
  { description: 'address.city, or ["address", "city"] where a name has dots in it' },
);

/** The names of a path, from the outermost in. */
export type Path = readonly [string, ...string[]];

/** Reads a path. @throws ApiError for one with an empty name in it. */
export function readPath(path: Static<typeof pathSchema>, place: string): Path {
  const [first = '', ...rest] = typeof path === 'string' ? path.split('.') : path;
  if (first === '' || rest.includes('')) throw refuse(place, 'has a name with nothing in it');
  return [first, ...rest];
}

/** A path in words; a name with dots stands in quotes, so that it is told from several. */
export const pathWords = (path: readonly string[]): string =>
  path.map((name) => (name.includes('.') ? `“${name}”` : name)).join('.');

/** SQL: whether something holds of a value, jsonb, which is never null; or what is told of it. */
export type ValueTest = (value: Part, depth: number) => Part;

/**
 * SQL: whether a test holds of any value at a path of a JSON object; of an array, on the way or at its end, each element is looked at,
 * not the elements of its elements. True or false, never null. `depth` tells nested ones apart. A test that holds conditions of its own (`isNested`) is
 * written once: written twice at each of its levels it would be without end.
 */
export function anyAt(base: Part, path: Path, test: ValueTest, depth: number, isNested = false): Part {
  const each = sql.ref(`e${depth}.v`);
  const rows = sql.ref(`e${depth}`);
  if (path.length > 1 || isNested)
    return sql`(jsonb_typeof(${base}) = 'object' AND EXISTS (
      SELECT 1 FROM jsonb_path_query(${base}, ${jsonPath(path)}::jsonpath) AS ${rows} (v)
      WHERE ${test(each, depth + 1)}))`;
  const value = sql`(${base} -> ${path[0]}::text)`;
  return sql`CASE jsonb_typeof(${value}) WHEN 'array' THEN EXISTS (
      SELECT 1 FROM jsonb_array_elements(${value}) AS ${rows} (v) WHERE ${test(each, depth + 1)})
    ELSE ${ofOne(value, test, depth + 1)} END`;
}

/** SQL: whether a test holds of a value that may be missing: of nothing none holds. */
export const ofOne = (value: Part, test: ValueTest, depth: number): Part =>
  sql`(${value} IS NOT NULL AND coalesce(${test(value, depth)}, false))`;

/** SQL: the least of what `of` tells of the values at a path; null where there is none. */
export function leastAt(base: Part, path: Path, of: ValueTest, depth: number, isNested = false): Part {
  const each = sql.ref(`e${depth}.v`);
  const rows = sql.ref(`e${depth}`);
  if (path.length > 1 || isNested)
    return sql`(CASE WHEN jsonb_typeof(${base}) = 'object' THEN (
      SELECT min(${of(each, depth + 1)}) FROM jsonb_path_query(${base}, ${jsonPath(path)}::jsonpath) AS ${rows} (v)) END)`;
  const value = sql`(${base} -> ${path[0]}::text)`;
  return sql`(CASE jsonb_typeof(${value}) WHEN 'array' THEN (
      SELECT min(${of(each, depth + 1)}) FROM jsonb_array_elements(${value}) AS ${rows} (v))
    ELSE ${of(value, depth + 1)} END)`;
}

/** SQL: the values at a path, as a jsonb array; null where there is none. */
export const valuesAt = (base: Part, path: Path): Part =>
  path.length > 1
    ? sql`nullif(jsonb_path_query_array(${base}, ${jsonPath(path)}::jsonpath), '[]')`
    : sql`(${base} -> ${path[0]}::text)`;

/** SQL: the numbers at a path, as rows `n (v)`. */
export const numbersAt = (base: Part, path: Path): Part => sql`(
  SELECT (each.v #>> '{}')::numeric AS v FROM jsonb_path_query(${base}, ${jsonPath(path)}::jsonpath) AS each (v)
  WHERE jsonb_typeof(each.v) = 'number') n`;

const jsonPath = (path: Path) => `lax $${path.map((name) => `.${JSON.stringify(name)}`).join('')}[*]`;
