import { sql } from 'kysely';
import { type GroupKind, type Part, refuse } from '../leaf-kind.ts';

const kinds: readonly GroupKind[] = ['all', 'any', 'none'];

/** Whether a value is a JSON object. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A part of a definition as it was given. @throws ApiError for what is no object. */
export function readPart(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (!isObject(value))
    throw refuse(
      place,
      'must be an object: a condition, or a group { "all": [] }, { "any": [] } or { "none": [] }',
    );
  return value;
}

/** A group, its parts not read yet; null for what is none. @throws ApiError for one that is empty or says more. */
export function readGroup(
  given: Readonly<Record<string, unknown>>,
  place: string,
): { kind: GroupKind; of: readonly unknown[] } | null {
  const kind = kinds.find((each) => Object.hasOwn(given, each));
  if (!kind) return null;
  const others = Object.keys(given).filter((name) => name !== kind);
  if (others.length > 0)
    throw refuse(place, `has ${kind} and ${others.join(', ')}; put one of them within the other`);
  const of = given[kind];
  if (!Array.isArray(of) || of.length === 0)
    throw refuse(`${place}.${kind}`, 'must be an array with at least one condition in it');
  return { kind, of };
}

/** SQL: parts, each true or false, bound together. */
export function groupSql(kind: GroupKind, parts: readonly Part[]): Part {
  if (kind === 'all') return sql`(${sql.join(parts, sql` AND `)})`;
  const any = sql`(${sql.join(parts, sql` OR `)})`;
  return kind === 'any' ? any : sql`NOT ${any}`;
}

/** Parts in words, bound together; in brackets where that is needed to tell what belongs to what. */
export function groupWords(kind: GroupKind, parts: readonly string[]): string {
  const [only, ...more] = parts;
  if (only !== undefined && more.length === 0) return kind === 'none' ? `not (${only})` : only;
  if (kind === 'all') return `(${parts.join(' and ')})`;
  return kind === 'any' ? `(${parts.join(' or ')})` : `none of (${parts.join('; ')})`;
}
