import type { TSchema } from 'typebox';
import { Check } from 'typebox/value';
import type { Fault } from './errors.ts';

/**
 * Fields of a value that its schema does not know and that look like one it does, which is not there: a
 * misspelling that is dropped without a word may have been what mattered (`spreadhours` for `spreadHours` sends a
 * blast at once, `phone` for `phoneNumber` reaches nobody). Other fields that nobody knows are passed over, as Iterable does, so that code written for its
 * API runs. Where a schema says `additionalProperties`, that holds.
 */
export function misspeltFields(schema: TSchema, value: unknown, path: string): Fault[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('anyOf' in schema) {
    const branches = schema.anyOf as TSchema[];
    const branch = branches.find((each) => Check(each, value));
    return branch ? misspeltFields(branch, value, path) : [];
  }
  if (Array.isArray(value)) {
    if (!('items' in schema)) return [];
    const items = schema.items as TSchema;
    return value.flatMap((item, index) => misspeltFields(items, item, `${path}.${index}`));
  }
  if (!('properties' in schema)) return [];
  const properties = schema.properties as Record<string, TSchema>;
  const isClosed = !('additionalProperties' in schema);
  const missing = Object.keys(properties).filter((name) => !Object.hasOwn(value, name));
  return Object.entries(value).flatMap(([name, member]) => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (property) return misspeltFields(property, member, `${path}.${name}`);
    const meant = isClosed ? (nearest(name, missing) ?? begun(name, missing)) : undefined;
    return meant ? [{ field: `${path}.${name}`, fault: `is unknown; did you mean ${meant}?` }] : [];
  });
}

/** The name that was meant, where one differs by case or by few letters. */
function nearest(name: string, known: readonly string[]): string | undefined {
  const farthest = name.length > 5 ? 2 : 1;
  return known
    .map((each) => ({ each, distance: distance(name.toLowerCase(), each.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)
    .find((each) => each.distance <= farthest)?.each;
}

/** The name of which only the beginning was written: `event` for `eventName`, `phone` for `phoneNumber`. */
function begun(name: string, known: readonly string[]): string | undefined {
  if (name.length < 4) return undefined;
  return known
    .filter((each) => each.startsWith(name) && /^\p{Lu}/u.test(each.slice(name.length)))
    .sort((a, b) => a.length - b.length)[0];
}

/** Levenshtein's distance: how many letters are to be put in, left out or changed. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [above, letter] of [...one.slice(0, 100)].entries()) {
    const next = [above + 1];
    for (let column = 1; column <= other.length; column++)
      next[column] = Math.min(
        next[column - 1]! + 1,
        row[column]! + 1,
        row[column - 1]! + (letter === other[column - 1] ? 0 : 1),
      );
    row = next;
  }
  return row[other.length]!;
}
