import type { TSchema } from 'typebox';
import { Check } from 'typebox/value';
import type { Fault } from './errors.ts';

/**
 * Fields of a value that its schema does not know. A field that is dropped without a word may have been the one
 * that mattered: `spreadhours` for `spreadHours` sends a blast at once. What Iterable's client sends is in our
 * schemas, also where we have no use for it; where a schema says `additionalProperties` that holds.
 */
export function unknownFields(schema: TSchema, value: unknown, path: string): Fault[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('anyOf' in schema) {
    const branches = schema.anyOf as TSchema[];
    const branch = branches.find((each) => Check(each, value));
    return branch ? unknownFields(branch, value, path) : [];
  }
  if (Array.isArray(value)) {
    if (!('items' in schema)) return [];
    const items = schema.items as TSchema;
    return value.flatMap((item, index) => unknownFields(items, item, `${path}.${index}`));
  }
  if (!('properties' in schema)) return [];
  const properties = schema.properties as Record<string, TSchema>;
  const isClosed = !('additionalProperties' in schema);
  return Object.entries(value).flatMap(([name, member]) => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (property) return unknownFields(property, member, `${path}.${name}`);
    return isClosed ? [{ field: `${path}.${name}`, fault: unknownFault(name, Object.keys(properties)) }] : [];
  });
}

function unknownFault(name: string, known: string[]): string {
  const near = known
    .map((each) => ({ each, distance: distance(name.toLowerCase(), each.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  if (near && near.distance <= 2) return `is unknown; did you mean ${near.each}?`;
  return `is unknown; known are ${known.join(', ')}`;
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
