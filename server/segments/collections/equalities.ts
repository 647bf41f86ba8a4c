import { isObject } from '../values/group.ts';

/**
 * What must be equal in each item that conditions hold of: fields of the item itself, compared by `is`, on which all else
 * depends. For an index of values. Pure.
 */
export function equalities(conditions: unknown): { name: string; value: string | number | boolean }[] {
  if (!isObject(conditions)) return [];
  if (Array.isArray(conditions.all)) return conditions.all.flatMap(equalities);
  const { path, is, ignoringCase } = conditions;
  const names = typeof path === 'string' ? path.split('.') : Array.isArray(path) ? path : [];
  const [name] = names;
  if (names.length !== 1 || typeof name !== 'string' || ignoringCase === true) return [];
  return typeof is === 'string' || typeof is === 'number' || typeof is === 'boolean'
    ? [{ name, value: is }]
    : [];
}
