import { sql } from 'kysely';
import type { LookupSource, Wanted } from '../lookups/lookup.ts';
import { canBeNamed, type ItemValue, nameKey } from './catalog-rules.ts';
import { shownItem } from './shown-item.ts';

const nameOf = (catalog: string, itemId: string) => JSON.stringify([nameKey(catalog), itemId]);

const isOfCatalog = (wanted: Wanted) => wanted.of === 'catalog';

/** The items of the project's catalogs. */
export const itemSource: LookupSource = {
  of: 'catalog',
  // A person's field may hold anything, and not all of it may be asked of a database.
  nameOf: (wanted) =>
    isOfCatalog(wanted) && canBeNamed(wanted.catalog) && canBeNamed(wanted.itemId)
      ? nameOf(wanted.catalog, wanted.itemId)
      : null,
  readAll: async (db, { projectId }, wanted) => {
    const asked = [...wanted.values()].filter(isOfCatalog);
    const { rows } = await sql<{ catalog: string; itemId: string; value: ItemValue }>`
      SELECT c.name_key AS catalog, i.item_id AS "itemId", i.value
      FROM unnest(
        ${asked.map(({ catalog }) => nameKey(catalog))}::text[], ${asked.map(({ itemId }) => itemId)}::text[]
      ) AS w (name_key, item_id)
      JOIN catalog c ON c.project_id = ${projectId} AND c.name_key = w.name_key
      JOIN catalog_item i ON i.catalog_id = c.id AND i.item_id = w.item_id`.execute(db);
    return new Map(
      rows.map(({ catalog, itemId, value }) => [nameOf(catalog, itemId), shownItem(itemId, value)]),
    );
  },
};
