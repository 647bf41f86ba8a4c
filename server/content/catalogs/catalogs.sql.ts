import { type Selectable, sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { CatalogTable } from '../../database/tables/content.ts';
import { nameKey } from './catalog-rules.ts';
import type { ItemFields, ItemFieldType } from './item-field-types.ts';

/** A catalog's row. */
export type Catalog = Selectable<CatalogTable>;

/** A catalog with the fields of its items. */
export interface CatalogWithFields extends Catalog {
  fields: ItemFields;
}

/** Makes a catalog; undefined where the name is taken. */
export const insertCatalog = (
  db: Database,
  projectId: number,
  name: string,
  at: Date,
): Promise<{ id: number } | undefined> =>
  db
    .insertInto('catalog')
    .values({ project_id: projectId, name, name_key: nameKey(name), created_at: at })
    .onConflict((conflict) => conflict.columns(['project_id', 'name_key']).doNothing())
    .returning('id')
    .executeTakeFirst();

/** A project's catalog by its name; undefined where there is none. */
export async function findCatalog(
  db: Database,
  projectId: number,
  name: string,
): Promise<CatalogWithFields | undefined> {
  const catalog = await db
    .selectFrom('catalog')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('name_key', '=', nameKey(name))
    .executeTakeFirst();
  return catalog && { ...catalog, fields: await readFields(db, catalog.id) };
}

/** A page of a project's catalogs by name, and how many there are. */
export async function listCatalogs(
  db: Database,
  projectId: number,
  page: { limit: number; offset: number },
): Promise<{ catalogs: Catalog[]; count: number }> {
  const own = db.selectFrom('catalog').where('project_id', '=', projectId);
  const catalogs = await own.selectAll().orderBy('name_key').limit(page.limit).offset(page.offset).execute();
  const { count } = await own
    .select((each) => each.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return { catalogs, count: Number(count) };
}

/** What a catalog is called; undefined where it is gone. */
export async function catalogNameOf(db: Database, catalogId: number): Promise<string | undefined> {
  const row = await db.selectFrom('catalog').select('name').where('id', '=', catalogId).executeTakeFirst();
  return row?.name;
}

/** Deletes a catalog with all its items; the caller has them alone. */
export async function deleteCatalog(transaction: Database, { id, project_id }: Catalog): Promise<void> {
  await transaction.deleteFrom('catalog').where('id', '=', id).where('project_id', '=', project_id).execute();
}

/** The fields of a catalog's items, in the order of their paths. */
export async function readFields(
  db: Database,
  catalogId: number,
): Promise<Map<string, ItemFieldType | null>> {
  const rows = await db
    .selectFrom('catalog_field')
    .select(['path', 'type'])
    .where('catalog_id', '=', catalogId)
    .orderBy('path')
    .execute();
  return new Map(rows.map(({ path, type }) => [path, type]));
}

/** Has nobody else record fields of the catalog, or change how many items it has, until the transaction ends. */
export async function lockCatalog(transaction: Database, catalogId: number): Promise<void> {
  await sql`SELECT 1 FROM catalog WHERE id = ${catalogId} FOR NO KEY UPDATE`.execute(transaction);
}

/** Records fields, those that have a type with it. One that is there keeps the type it has. */
export async function insertFields(
  transaction: Database,
  catalogId: number,
  fields: ItemFields,
): Promise<void> {
  const paths = [...fields.keys()];
  await sql`
    INSERT INTO catalog_field (catalog_id, path, type)
    SELECT ${catalogId}::int, f.path, f.type FROM unnest(${paths}::text[], ${[...fields.values()]}::text[]) AS f (path, type)
    ON CONFLICT (catalog_id, path) DO UPDATE SET type = coalesce(catalog_field.type, excluded.type)`.execute(
    transaction,
  );
}
