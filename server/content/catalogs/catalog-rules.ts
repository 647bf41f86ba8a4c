import { ApiError } from '../../http/errors.ts';
import { quoted } from '../rendering/render-limits.ts';

/** How a catalog may be called; the case does not count. An item's id is made of the same signs, and there it does. Iterable's rule. */
export const catalogName = '^[A-Za-z0-9-]{1,255}$';
const named = new RegExp(catalogName);

/** Items that one call may bring or delete, and bytes of one as JSON: Iterable's limits. */
const mostItemsInCall = 1_000;
const largestItem = 30 * 1024;
/** Fields that the items of one catalog may have in all; the limit of Elasticsearch, which Iterable keeps catalogs in. */
export const mostFields = 1_000;
const longestFieldName = 255;

/** The same text for all spellings of a catalog's name. */
export const nameKey = (name: string): string => name.toLowerCase();

/** Whether a text can be the name of a catalog or the id of an item. */
export const canBeNamed = (text: string): boolean => named.test(text);

/** An item's fields as they came. */
export type ItemValue = Record<string, unknown>;

/** @throws ApiError BadParams for an id that no item can have. */
export function requireItemId(itemId: string, field: string): void {
  if (!canBeNamed(itemId))
    throw new ApiError(
      'BadParams',
      `${field}: ${quoted(itemId)} cannot be an item's id; take up to 255 letters, digits and dashes`,
      { field, value: itemId },
    );
}

/** @throws ApiError BadParams for more items than a call takes, or none. */
export function requireItemCount(count: number, field: string): void {
  if (count === 0)
    throw new ApiError('BadParams', `${field} is empty; it takes 1 to ${mostItemsInCall} items`, { field });
  if (count > mostItemsInCall)
    throw new ApiError(
      'BadParams',
      `${field} has ${count} items; a call takes ${mostItemsInCall}: send the others in another`,
      { field, count },
    );
}

/** @throws ApiError BadParams for names of fields that cannot be: Iterable reads a dot as a step into an object. */
export function requireFieldNames(value: ItemValue, field: string): void {
  for (const name of Object.keys(value)) {
    const fault =
      name === ''
        ? 'is empty'
        : name.includes('.')
          ? 'has a dot; put what belongs together into an object'
          : name.length > longestFieldName
            ? `has more than ${longestFieldName} characters`
            : null;
    if (fault !== null)
      throw new ApiError('BadParams', `${field}: the field name ${quoted(name)} ${fault}`, {
        field,
        value: name,
      });
  }
}

/**
 * Bytes of an item as JSON, with the JSON.
 * @throws ApiError BadParams for more than an item may have.
 */
export function measured(value: ItemValue, field: string): { text: string; bytes: number } {
  const text = JSON.stringify(value);
  const bytes = Buffer.byteLength(text);
  if (bytes > largestItem)
    throw new ApiError(
      'BadParams',
      `${field} has ${bytes} bytes as JSON; an item has at most ${largestItem}: leave out what nobody reads`,
      { field, bytes },
    );
  return { text, bytes };
}
