import type { Database } from '../../database/connect.ts';
import { ApiError } from '../../http/errors.ts';
import { alertsToHeed } from './alerts/alerts.sql.ts';
import { noteChanges } from './alerts/item-changes.sql.ts';
import { type ItemValue, measured, mostFields, requireFieldNames } from './catalog-rules.ts';
import { type CatalogWithFields, insertFields, lockCatalog, readFields } from './catalogs.sql.ts';
import { type ItemFieldType, requireTypes } from './item-field-types.ts';
import {
  countChange,
  deleteLockedItems,
  haveItemsAlone,
  insertNewItems,
  keepItems,
  lockItems,
  type NewItem,
  updateItems,
} from './items.sql.ts';
import { noteCatalogChange } from './watched.sql.ts';

/** An item as a call gives it; `field` is what errors call it. */
export interface GivenItem {
  itemId: string;
  value: ItemValue;
  field: string;
}

/** Whether what an item has beside what is given stays. */
type Keeping = 'replace' | 'merge';

/**
 * Makes these items, or changes those that are there, all in one transaction: what was accepted is there, and calls for one
 * item take effect in the order in which they were accepted, so that a caller reads what they wrote. Ids are different.
 * @throws ApiError for the first item that cannot be kept; then none is.
 */
export async function writeItems(
  db: Database,
  catalog: CatalogWithFields,
  given: readonly GivenItem[],
  keeping: Keeping,
  at: Date,
): Promise<void> {
  for (const { value, field } of given) {
    requireFieldNames(value, field);
    requireTypes(value, catalog.fields, field);
  }
  const items = given.map(({ itemId, value, field }) => ({ itemId, value, ...measured(value, field) }));
  await db.transaction().execute(async (transaction) => {
    await keepItems(transaction, catalog.id);
    const alerts = await alertsToHeed(transaction, catalog.id);
    if (alerts === null) throw catalogIsGone(catalog);
    const fresh = await insertNewItems(transaction, catalog.id, items, at);
    const known = items.filter(({ itemId }) => !fresh.has(itemId));
    const ids = known.map(({ itemId }) => itemId);
    const before =
      known.length > 0 ? await lockItems(transaction, catalog.id, ids) : new Map<string, ItemValue>();
    const after = keeping === 'replace' ? known : merged(given, known, before);
    if (known.length > 0) await updateItems(transaction, catalog.id, after, at);
    const changed = [...items.filter(({ itemId }) => fresh.has(itemId)), ...after].map(
      ({ itemId, value }) => ({
        ...{ itemId, before: before.get(itemId) ?? null, after: value },
      }),
    );
    await noteChanges(transaction, alerts, changed, at);
    await noteCatalogChange(transaction, catalog.id);
    // Last, and together: the catalog's row is one for all calls.
    await recordFields(transaction, catalog, given);
    if (fresh.size > 0) await countChange(transaction, catalog.id, fresh.size);
  });
}

const catalogIsGone = ({ name }: CatalogWithFields) =>
  new ApiError('NotFound', `The catalog ${name} was deleted meanwhile`, {
    field: 'catalogName',
    value: name,
  });

/** An item that is to be kept, with what it holds. */
type WrittenItem = NewItem & { value: ItemValue };

/** Items with what they had beside what is given. */
function merged(
  given: readonly GivenItem[],
  known: readonly WrittenItem[],
  before: ReadonlyMap<string, ItemValue>,
): WrittenItem[] {
  const byId = new Map(given.map((each) => [each.itemId, each]));
  return known.map(({ itemId }) => {
    const { value = {}, field = itemId } = byId.get(itemId) ?? {};
    const whole = { ...before.get(itemId), ...value };
    return { itemId, value: whole, ...measured(whole, field) };
  });
}

/** Records the fields that the catalog did not have. @throws ApiError where they are more than it may have. */
async function recordFields(
  transaction: Database,
  catalog: CatalogWithFields,
  given: readonly GivenItem[],
): Promise<void> {
  const names = new Set(given.flatMap(({ value }) => Object.keys(value)));
  const isNew = [...names].some((name) => !catalog.fields.has(name));
  if (isNew) await addFields(transaction, catalog, new Map([...names].map((name) => [name, null])));
}

/**
 * Records fields that are not there yet.
 * @throws ApiError BadParams where the catalog would have more than it may.
 */
export async function addFields(
  transaction: Database,
  catalog: CatalogWithFields,
  fields: ReadonlyMap<string, ItemFieldType | null>,
): Promise<void> {
  await lockCatalog(transaction, catalog.id);
  const known = await readFields(transaction, catalog.id);
  for (const [path, type] of fields) {
    const before = known.get(path) ?? null;
    if (type !== null && before !== null && before !== type)
      throw new ApiError(
        'BadParams',
        `mappingsUpdates: the field ${path} is a ${before}, and a field's type stays; put the values into another field`,
        { field: 'mappingsUpdates', value: path, expected: before },
      );
  }
  const fresh = [...fields.keys()].filter((path) => !known.has(path));
  if (known.size + fresh.length > mostFields)
    throw new ApiError(
      'BadParams',
      `The field ${fresh[mostFields - known.size]} is one too many: the items of a catalog have at most ${mostFields} fields; put what varies into an object`,
      { field: fresh[mostFields - known.size] ?? null },
    );
  await insertFields(transaction, catalog.id, fields);
}

/** Deletes items; that some are not there is no error. */
export async function deleteItems(
  db: Database,
  catalog: CatalogWithFields,
  itemIds: readonly string[],
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await haveItemsAlone(transaction, catalog.id);
    const found = [...(await lockItems(transaction, catalog.id, itemIds)).keys()];
    if (found.length === 0) return;
    await deleteLockedItems(transaction, catalog.id, found);
    await noteCatalogChange(transaction, catalog.id);
    await countChange(transaction, catalog.id, -found.length);
  });
}
