import { sql } from 'kysely';
import { isOnCluster } from '../../database/cluster.ts';
import type { Database } from '../../database/connect.ts';
import { lockClasses } from '../../database/lock-classes.ts';
import type { ItemValue } from './catalog-rules.ts';
import type { ItemFieldType } from './item-field-types.ts';
import { fieldText, sortable } from './item-fields.sql.ts';

/** An item as it is kept. */
export interface Item {
  itemId: string;
  value: ItemValue;
  /** Bytes of the value as JSON. */
  size: number;
  lastModified: Date;
}

/** An item that is to be kept: its value as JSON. */
export interface NewItem {
  itemId: string;
  text: string;
  bytes: number;
}

const columns = sql`item_id AS "itemId", value, bytes AS size, updated_at AS "lastModified"`;

/** An item; undefined where there is none. */
export async function findItem(db: Database, catalogId: number, itemId: string): Promise<Item | undefined> {
  const { rows } = await sql<Item>`
    SELECT ${columns} FROM catalog_item WHERE catalog_id = ${catalogId} AND item_id = ${itemId}`.execute(db);
  return rows[0];
}

/** How a page of items is chosen. */
export interface ItemPage {
  limit: number;
  offset: number;
  /** The field they are put in order by; null: their ids. */
  orderBy: { path: string; type: ItemFieldType } | null;
  ascending: boolean;
  /** Their ids begin with it. */
  idPrefix: string;
}

/** A page of items. Their ids are looked for first, in an index alone where they are the order. */
export async function listItems(db: Database, catalogId: number, page: ItemPage): Promise<Item[]> {
  const { orderBy, idPrefix } = page;
  const direction = page.ascending ? sql`ASC` : sql`DESC`;
  const order = orderBy
    ? sql`${sortable(orderBy.type, fieldText(sql`value`, orderBy.path))} ${direction} NULLS LAST, item_id ${direction}`
    : sql`item_id ${direction}`;
  const { rows } = await sql<Item>`
    SELECT ${columns} FROM catalog_item
    WHERE catalog_id = ${catalogId} AND item_id IN (
      SELECT item_id FROM catalog_item WHERE catalog_id = ${catalogId} AND ${beginsWith(idPrefix)}
      ORDER BY ${order} LIMIT ${page.limit} OFFSET ${page.offset}
    )
    ORDER BY ${order}`.execute(db);
  return rows;
}

/** How many items have ids that begin so; for a search, which few match. */
export async function countItems(db: Database, catalogId: number, idPrefix: string): Promise<number> {
  const { rows } = await sql<{ count: string }>`
    SELECT count(*) AS count FROM catalog_item
    WHERE catalog_id = ${catalogId} AND ${beginsWith(idPrefix)}`.execute(db);
  return Number(rows[0]?.count ?? 0);
}

/** Ids are letters, digits and dashes, below all of which stands nothing that a prefix could be followed by, and above them `~`. */
const beginsWith = (prefix: string) =>
  prefix === '' ? sql`true` : sql`item_id >= ${prefix} AND item_id < ${`${prefix}~`}`;

/**
 * Has nobody delete items of the catalog until the transaction ends; others may make and change some. On a cluster one after the other does: rows
 * that are whole on every node are locked on each, in no order that calls share.
 */
export async function keepItems(transaction: Database, catalogId: number): Promise<void> {
  if (await isOnCluster(transaction)) return haveItemsAlone(transaction, catalogId);
  await sql`SELECT pg_advisory_xact_lock_shared(${lockClasses.catalogItems}, ${catalogId})`.execute(
    transaction,
  );
}

/** Has nobody make, change or delete items of the catalog until the transaction ends. */
export async function haveItemsAlone(transaction: Database, catalogId: number): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${lockClasses.catalogItems}, ${catalogId})`.execute(transaction);
}

/** Inserts the items whose ids are free, and tells which these were. In the order of ids, so that no two calls wait for each other. */
export async function insertNewItems(
  transaction: Database,
  catalogId: number,
  items: readonly NewItem[],
  at: Date,
): Promise<Set<string>> {
  const { rows } = await sql<{ itemId: string }>`
    INSERT INTO catalog_item (catalog_id, item_id, value, bytes, updated_at)
    SELECT ${catalogId}::int, i.item_id, i.value::jsonb, i.bytes, ${at}::timestamptz FROM ${given(items)}
    ORDER BY i.item_id COLLATE "C"
    ON CONFLICT (catalog_id, item_id) DO NOTHING
    RETURNING item_id AS "itemId"`.execute(transaction);
  return new Set(rows.map(({ itemId }) => itemId));
}

/** Locks those of the items that are there, and gives what they hold. */
export async function lockItems(
  transaction: Database,
  catalogId: number,
  itemIds: readonly string[],
): Promise<Map<string, ItemValue>> {
  const { rows } = await sql<{ itemId: string; value: ItemValue }>`
    SELECT item_id AS "itemId", value FROM catalog_item
    WHERE catalog_id = ${catalogId} AND item_id = ANY(${itemIds}::text[])
    ORDER BY item_id FOR UPDATE`.execute(transaction);
  return new Map(rows.map(({ itemId, value }) => [itemId, value]));
}

/** Gives items that are there their new values. */
export async function updateItems(
  transaction: Database,
  catalogId: number,
  items: readonly NewItem[],
  at: Date,
): Promise<void> {
  await sql`
    UPDATE catalog_item SET value = i.value::jsonb, bytes = i.bytes, updated_at = ${at}
    FROM ${given(items)}
    WHERE catalog_item.catalog_id = ${catalogId} AND catalog_item.item_id = i.item_id`.execute(transaction);
}

/** Deletes items, which the caller has locked. */
export async function deleteLockedItems(
  transaction: Database,
  catalogId: number,
  itemIds: readonly string[],
): Promise<void> {
  await sql`
    DELETE FROM catalog_item WHERE catalog_id = ${catalogId} AND item_id = ANY(${itemIds}::text[])`.execute(
    transaction,
  );
}

/** Keeps how many items a catalog has. */
export async function countChange(transaction: Database, catalogId: number, change: number): Promise<void> {
  await sql`UPDATE catalog SET item_count = item_count + ${change} WHERE id = ${catalogId}`.execute(
    transaction,
  );
}

const given = (items: readonly NewItem[]) => sql`unnest(
    ${items.map(({ itemId }) => itemId)}::text[], ${items.map(({ text }) => text)}::text[],
    ${items.map(({ bytes }) => bytes)}::int[]
  ) AS i (item_id, value, bytes)`;
