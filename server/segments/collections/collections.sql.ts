import { type Selectable, sql } from 'kysely';
import type { ItemValue } from '../../content/catalogs/catalog-rules.ts';
import type { ItemFieldType } from '../../content/catalogs/item-field-types.ts';
import { fieldText, sortable } from '../../content/catalogs/item-fields.sql.ts';
import type { Database } from '../../database/connect.ts';
import type { CatalogCollectionTable } from '../../database/tables/segments.ts';
import type { Conditions } from '../values/conditions.ts';
import { equalities } from './equalities.ts';

/** A collection's row, with its catalog's name and the type of the field that it is put in order by. */
export type Collection = Selectable<CatalogCollectionTable> & {
  catalog: string;
  orderType: ItemFieldType | null;
};

/** Collections of a project by name; all of them, or those of these names. */
export function findCollections(
  db: Database,
  projectId: number,
  names: readonly string[] | null = null,
): Promise<Collection[]> {
  const own = db
    .selectFrom('catalog_collection')
    .innerJoin('catalog', 'catalog.id', 'catalog_collection.catalog_id')
    .leftJoin('catalog_field', (join) =>
      join
        .onRef('catalog_field.catalog_id', '=', 'catalog_collection.catalog_id')
        .onRef('catalog_field.path', '=', 'catalog_collection.order_by'),
    )
    .selectAll('catalog_collection')
    .select(['catalog.name as catalog', 'catalog_field.type as orderType'])
    .where('catalog_collection.project_id', '=', projectId)
    .orderBy('catalog_collection.name');
  return (names === null ? own : own.where('catalog_collection.name', 'in', [...names, ''])).execute();
}

/** Makes a collection, or replaces the one of this name. */
export async function putCollection(
  db: Database,
  row: Omit<Collection, 'id' | 'catalog' | 'orderType'>,
): Promise<void> {
  const conditions = row.conditions === null ? null : JSON.stringify(row.conditions);
  await sql`
    INSERT INTO catalog_collection (project_id, name, catalog_id, conditions, order_by, ascending, most, time_zone, updated_at)
    VALUES (${row.project_id}, ${row.name}, ${row.catalog_id}, ${conditions}::jsonb, ${row.order_by}, ${row.ascending}, ${row.most},
      ${row.time_zone}, ${row.updated_at})
    ON CONFLICT (project_id, name) DO UPDATE
      SET catalog_id = excluded.catalog_id, conditions = excluded.conditions, order_by = excluded.order_by,
        ascending = excluded.ascending, most = excluded.most, time_zone = excluded.time_zone, updated_at = excluded.updated_at`.execute(
    db,
  );
}

/** Deletes a collection; false where there is none of this name. */
export async function deleteCollection(db: Database, projectId: number, name: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('catalog_collection')
    .where('project_id', '=', projectId)
    .where('name', '=', name)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** What is searched for in a catalog. */
export interface ItemSearch {
  collection: Pick<Collection, 'catalog_id' | 'ascending' | 'most'>;
  /** Null for any item. */
  where: Conditions | null;
  orderBy: { path: string; type: ItemFieldType } | null;
}

/** The items that each search finds, in their order, all in one statement. */
export async function searchItems(
  db: Database,
  projectId: number,
  now: Date,
  searches: readonly ItemSearch[],
): Promise<{ itemId: string; value: ItemValue }[][]> {
  const found = searches.map((): { itemId: string; value: ItemValue }[] => []);
  if (searches.length === 0) return found;
  const parts = searches.map(({ collection, where, orderBy }, index) => {
    const direction = collection.ascending ? sql`ASC` : sql`DESC`;
    const order = orderBy
      ? sql`${sortable(orderBy.type, fieldText(sql`i.value`, orderBy.path))} ${direction} NULLS LAST, i.item_id`
      : sql`i.item_id ${direction}`;
    const holds = where?.holds(sql`i.value`, { projectId, lane: 0, now, among: null }, 'u', 0) ?? sql`true`;
    // What is plainly equal is looked for in the index of values; the rest is asked of what it finds.
    const indexed = equalities(where?.stored).map(
      ({ name, value }) =>
        sql`AND (i.value @> ${JSON.stringify({ [name]: value })}::jsonb OR i.value @> ${JSON.stringify({ [name]: [value] })}::jsonb)`,
    );
    return sql`(SELECT ${index}::int AS search, row_number() OVER (ORDER BY ${order}) AS place, i.item_id AS "itemId", i.value
      FROM catalog_item i
      WHERE i.catalog_id = ${collection.catalog_id} ${sql.join(indexed, sql` `)} AND ${holds}
      ORDER BY ${order} LIMIT ${collection.most})`;
  });
  const { rows } = await sql<{ search: number; itemId: string; value: ItemValue }>`
    SELECT search, "itemId", value FROM (${sql.join(parts, sql` UNION ALL `)}) AS found
    ORDER BY search, place`.execute(db);
  for (const { search, itemId, value } of rows) found[search]?.push({ itemId, value });
  return found;
}

/** Templates and snippets that show a collection by its name. */
export async function templatesWithCollection(
  db: Database,
  projectId: number,
  name: string,
): Promise<string[]> {
  // Names hold letters, digits, spaces, - and _, which mean nothing here in a pattern. In JSON a quote has a backslash before it.
  const call = `#catalogCollection\\s+\\\\?["']${name}\\\\?["']`;
  const { rows } = await sql<{ words: string }>`
    SELECT format('template %s (%s)', id, name) AS words FROM template
    WHERE project_id = ${projectId} AND archived_at IS NULL AND content::text || locales::text ~ ${call}
    UNION ALL
    SELECT format('snippet %s', name) FROM snippet WHERE project_id = ${projectId} AND content ~ ${call}`.execute(
    db,
  );
  return rows.map(({ words }) => words);
}
