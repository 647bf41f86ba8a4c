import { shownItem } from '../../content/catalogs/shown-item.ts';
import type { LookupSource, Wanted } from '../../content/lookups/lookup.ts';
import { ApiError } from '../../http/errors.ts';
import { type Collection, findCollections, type ItemSearch, searchItems } from './collections.sql.ts';
import { fieldsOfPerson, withValues } from './person-fields.ts';
import { readItemConditions } from './read-collection.ts';

type OfCollection = Extract<Wanted, { of: 'catalogCollection' }>;
const isOfCollection = (wanted: Wanted) => wanted.of === 'catalogCollection';

/** Characters of a person's values that a search is told apart by; longer ones are compared with nothing. */
const longestValues = 2_000;
const longestName = 100;

/**
 * Collections of catalogs: first the fields of the person that one names, then what it finds with their values. People
 * of the same values are answered by one search, and all searches of a stretch in one statement.
 */
export const collectionSource: LookupSource = {
  of: 'catalogCollection',
  nameOf: (wanted) => {
    if (!isOfCollection(wanted) || wanted.collection === '' || wanted.collection.length > longestName)
      return null;
    if (wanted.collection.includes('\0') || !wanted.collection.isWellFormed()) return null;
    const name = JSON.stringify([wanted.collection, wanted.values]);
    return name.length > longestValues || name.includes('\\u0000') ? null : name;
  },
  readAll: async (db, { projectId, now }, wanted) => {
    const asked = [...wanted].flatMap(([name, each]) => (isOfCollection(each) ? [{ name, each }] : []));
    const names = [...new Set(asked.map(({ each }) => each.collection))];
    const known = new Map((await findCollections(db, projectId, names)).map((each) => [each.name, each]));
    const found = new Map<string, unknown>();
    const searches: { name: string; search: ItemSearch }[] = [];
    for (const { name, each } of asked) {
      const collection = known.get(each.collection);
      if (!collection) continue;
      if (each.values === null) found.set(name, fieldsOfPerson(collection.conditions));
      else {
        const search = searchFor(collection, each.values);
        if (search) searches.push({ name, search });
      }
    }
    const results = await searchItems(
      db,
      projectId,
      now,
      searches.map(({ search }) => search),
    );
    for (const [index, { name }] of searches.entries())
      found.set(
        name,
        results[index]?.map(({ itemId, value }) => shownItem(itemId, value)),
      );
    return found;
  },
};

/** The search of a collection for a person's values; null where these can be compared with nothing. */
export function searchFor(
  collection: Omit<Collection, 'id'>,
  values: NonNullable<OfCollection['values']>,
): ItemSearch | null {
  const { conditions, order_by: path, orderType: type, time_zone: timeZone } = collection;
  const orderBy = path === null || type === null ? null : { path, type };
  if (conditions === null) return { collection, where: null, orderBy };
  const filled = withValues(conditions, values);
  if (filled === null) return null;
  try {
    return { collection, where: readItemConditions(filled, timeZone), orderBy };
  } catch (error) {
    // A person's field may hold what no comparator takes, as a word where a date is compared.
    if (error instanceof ApiError) return null;
    throw error;
  }
}
