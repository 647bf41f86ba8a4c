import { isObject } from '../values/group.ts';

/** A value of the conditions that stands for a field of the person. */
const fieldNamed = (value: unknown): string | null =>
  isObject(value) && Object.keys(value).length === 1 && typeof value.field === 'string' ? value.field : null;

/** What a person's field may stand for while conditions are only read, by the comparator it stands in. */
function example(comparator: string): unknown {
  if (['moreThan', 'atLeast', 'lessThan', 'atMost', 'between'].includes(comparator)) return 1;
  if (['isAnyOf', 'isNoneOf'].includes(comparator)) return ['text'];
  return ['before', 'after', 'on', 'from', 'to'].includes(comparator) ? '2026-01-01' : 'text';
}

/** The fields of the person that conditions name, each once. */
export function fieldsOfPerson(conditions: unknown): string[] {
  const found = new Set<string>();
  replace(conditions, '', (field) => found.add(field));
  return [...found].sort();
}

/** Conditions with something that fits in the place of each field, to be read and checked. */
export const withExamples = (conditions: unknown): unknown =>
  replace(conditions, '', (_field, comparator) => example(comparator));

/** Conditions with the values of a person's fields; null where one has no value that can be compared so. */
export function withValues(conditions: unknown, values: Readonly<Record<string, unknown>>): unknown {
  let isWhole = true;
  const filled = replace(conditions, '', (field, comparator) => {
    const value = fitting(values[field], example(comparator));
    if (value === undefined) isWhole = false;
    return value;
  });
  return isWhole ? filled : null;
}

/** A value as the comparator takes it: a number for one, a list for one; undefined for what is none. */
function fitting(value: unknown, like: unknown): unknown {
  if (Array.isArray(like)) {
    const several = [value].flat().filter(isScalar);
    return several.length > 0 ? several : undefined;
  }
  if (!isScalar(value)) return undefined;
  if (typeof like !== 'number') return value;
  const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
  return typeof value !== 'boolean' && Number.isFinite(number) ? number : undefined;
}

const isScalar = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value) && value !== '';

/** A copy in which what stands for fields is replaced. `under` is the name that a value stands under. */
function replace(value: unknown, under: string, by: (field: string, comparator: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => replace(each, under, by));
  if (!isObject(value)) return value;
  const field = fieldNamed(value);
  if (field !== null) return by(field, under);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, replace(each, name, by)]));
}
