import { isObject } from './values/group.ts';

/** The names of all catalogs that a definition compares with, with where they stand in it. */
export function catalogsNamed(value: unknown, place = ''): { place: string; name: string }[] {
  if (Array.isArray(value)) return value.flatMap((part, index) => catalogsNamed(part, under(place, index)));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    const here = under(place, key);
    const own =
      key === 'inCatalog' && isObject(part) && typeof part.catalog === 'string'
        ? [{ place: `${here}.catalog`, name: part.catalog }]
        : [];
    return [...own, ...catalogsNamed(part, here)];
  });
}

const under = (place: string, key: string | number) => (place === '' ? String(key) : `${place}.${key}`);
