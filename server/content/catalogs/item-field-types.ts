import type { CatalogFieldTable } from '../../database/tables/content.ts';
import { ApiError } from '../../http/errors.ts';
import { parseInstant } from '../../users/instant.ts';
import { quoted } from '../rendering/render-limits.ts';
import type { ItemValue } from './catalog-rules.ts';

/** A type that a field of a catalog may be given, by Iterable's name. */
export type ItemFieldType = NonNullable<CatalogFieldTable['type']>;

/** How a value of each type is written, for errors. */
const writtenAs: Readonly<Record<ItemFieldType, string>> = {
  boolean: 'true or false',
  date: 'an instant as 2026-11-23T17:00:00Z, or milliseconds since 1970',
  double: 'a number',
  geo_location: 'an object with lat and lon',
  long: 'a whole number from -9007199254740991 to 9007199254740991; longer ones are texts',
  object: 'an object',
  string: 'a text',
};

const isItemFieldType = (name: string): name is ItemFieldType => Object.hasOwn(writtenAs, name);

/** Types of fields by path; null where nobody has said one. */
export type ItemFields = ReadonlyMap<string, ItemFieldType | null>;

/** Objects in objects that may be given types. */
const deepest = 10;

/**
 * The types that a call of field mappings gives, by path. Each definition has fieldName and fieldType, that of an object the
 * same of its fields in children.
 * @throws ApiError BadParams for an unknown type, a name with a dot, or children of what is no object.
 */
export function definedTypes(
  definitions: readonly Readonly<Record<string, unknown>>[],
): Map<string, ItemFieldType> {
  const types = new Map<string, ItemFieldType>();
  const read = (each: unknown, above: string, depth: number) => {
    const { fieldName, fieldType, children = [] } = (each ?? {}) as Record<string, unknown>;
    const name = typeof fieldName === 'string' ? fieldName : '';
    const path = above === '' ? name : `${above}.${name}`;
    const refuse = (fault: string) =>
      new ApiError('BadParams', `mappingsUpdates: the field ${quoted(path)} ${fault}`, {
        field: 'mappingsUpdates',
        value: path,
      });
    if (name === '' || name.includes('.') || name.length > 255)
      throw refuse('is named by 1 to 255 characters without a dot; fields of an object are its children');
    const type = String(fieldType).toLowerCase();
    if (!isItemFieldType(type))
      throw refuse(
        `has the type ${quoted(String(fieldType))}, which is none of ${Object.keys(writtenAs).join(', ')}`,
      );
    if (!Array.isArray(children)) throw refuse('has children that are no array');
    if (children.length > 0 && type !== 'object') throw refuse(`is a ${type}, which has no children`);
    if (depth > deepest) throw refuse(`stands more than ${deepest} objects deep`);
    if ((types.get(path) ?? type) !== type) throw refuse('is given two types');
    types.set(path, type);
    for (const child of children) read(child, path, depth + 1);
  };
  for (const each of definitions) read(each, '', 1);
  return types;
}

/**
 * Whether a value may stand in a field of a type: as such, as the text of one (`"12.5"`), or as a list of them, since
 * Elasticsearch takes these too. Null fits all.
 */
function fitsType(type: ItemFieldType, value: unknown): boolean {
  if (value === null) return true;
  if (Array.isArray(value)) return value.every((each) => !Array.isArray(each) && fitsType(type, each));
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean' || value === 'true' || value === 'false';
    case 'double':
      return numberOf(value) !== null;
    case 'long':
      return Number.isSafeInteger(numberOf(value));
    case 'date':
      return (typeof value === 'string' || typeof value === 'number') && parseInstant(value) !== null;
    case 'geo_location':
      return isPlace(value);
    case 'object':
      return typeof value === 'object';
    case 'string':
      return typeof value !== 'object';
  }
}

/** The number that a value is or writes; null for what is none. */
export function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^-?\d{1,15}(\.\d{1,15})?$/.test(value)) return null;
  return Number(value);
}

function isPlace(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { lat, lon } = value as { lat?: unknown; lon?: unknown };
  const within = (one: unknown, most: number) => {
    const number = numberOf(one);
    return number !== null && Math.abs(number) <= most;
  };
  return within(lat, 90) && within(lon, 180);
}

/**
 * Holds an item to the types of its catalog's fields.
 * @throws ApiError RequestFieldsTypesMismatched naming the field, its type and how a value of it is written.
 */
export function requireTypes(value: ItemValue, fields: ItemFields, item: string): void {
  for (const [path, type] of fields) {
    if (type === null) continue;
    for (const found of valuesAt(value, path.split('.')))
      if (found !== undefined && !fitsType(type, found))
        throw new ApiError(
          'RequestFieldsTypesMismatched',
          `${item}.${path} is no ${type}, the type of this field in the catalog: write ${writtenAs[type]}`,
          { field: `${item}.${path}`, expected: type },
        );
  }
}

/** What stands at a path: of a list of objects, in each of them. */
function valuesAt(value: unknown, [first, ...rest]: readonly string[]): unknown[] {
  if (first === undefined) return [value];
  if (Array.isArray(value)) return value.flatMap((each) => valuesAt(each, [first, ...rest]));
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, first)) return [];
  return valuesAt((value as ItemValue)[first], rest);
}
