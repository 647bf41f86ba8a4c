import type { ItemValue } from '../catalog-rules.ts';
import { numberOf } from '../item-field-types.ts';

/** What may be asked of what a field has become: equal to something, or a number within bounds. All that is said must hold. */
interface Becomes {
  is?: string | number | boolean;
  moreThan?: number;
  atLeast?: number;
  lessThan?: number;
  atMost?: number;
}

/** By how much a number has to move at once: by a share of what it was (0.1 is a tenth), by an amount, or by both. */
interface By {
  share?: number;
  amount?: number;
}

/** The change of a field that an alert tells of. */
export type AlertChange = { field: string } & (
  | { becomes: Becomes; newItems?: boolean }
  | { falls: By }
  | { rises: By }
);

/** What somebody has done with an item, by which it is told to them. */
export type Interest =
  /** An event of this name, in which the field holds the item's id. */
  | { event: string; field: string; days: number }
  /** It is in their cart, known there by this field. */
  | { cart: 'id' | 'sku'; days: number };

/** An alert of a catalog. */
export interface ItemAlert {
  id: number;
  projectId: number;
  catalogId: number;
  name: string;
  change: AlertChange;
  interests: readonly Interest[];
  /** Paths of fields of the item that are told along. */
  fields: readonly string[];
}

/** What stands at a path of an item; undefined for nothing, and for null. */
export function valueAt(item: ItemValue | null, path: string): unknown {
  const value = path
    .split('.')
    .reduce<unknown>(
      (inner, name) =>
        typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name)
          ? (inner as ItemValue)[name]
          : undefined,
      item,
    );
  return value ?? undefined;
}

/** Whether a value is as it is asked. Texts of numbers and truths count as these, as in a field that has a type. Pure. */
function isAsAsked(value: unknown, { is, moreThan, atLeast, lessThan, atMost }: Becomes): boolean {
  if (is !== undefined && !isEqual(value, is)) return false;
  if ([moreThan, atLeast, lessThan, atMost].every((bound) => bound === undefined)) return true;
  const number = numberOf(value);
  return (
    number !== null &&
    number > (moreThan ?? Number.NEGATIVE_INFINITY) &&
    number >= (atLeast ?? Number.NEGATIVE_INFINITY) &&
    number < (lessThan ?? Number.POSITIVE_INFINITY) &&
    number <= (atMost ?? Number.POSITIVE_INFINITY)
  );
}

function isEqual(value: unknown, asked: string | number | boolean): boolean {
  if (value === undefined || value === null || typeof value === 'object') return false;
  return typeof asked === 'number' ? numberOf(value) === asked : String(value) === String(asked);
}

/** Whether a number has moved down, or up with `sign` 1, by as much as is asked. */
function hasMoved(before: unknown, after: unknown, sign: 1 | -1, { share = 0, amount = 0 }: By): boolean {
  const [was, is] = [numberOf(before), numberOf(after)];
  if (was === null || is === null) return false;
  const by = sign * (is - was);
  // 100 to 90 is a tenth, whatever a computer makes of 0.1 times 100.
  const slack = 1e-9 * Math.max(1, Math.abs(was));
  return by > 0 && by + slack >= Math.abs(was) * share && by + slack >= amount;
}

/** Whether an item that was so and is so now has changed as an alert tells; `before` is null for a new one. Pure. */
export function hasChanged(change: AlertChange, before: ItemValue | null, after: ItemValue): boolean {
  const [was, is] = [valueAt(before, change.field), valueAt(after, change.field)];
  if ('falls' in change) return hasMoved(was, is, -1, change.falls);
  if ('rises' in change) return hasMoved(was, is, 1, change.rises);
  if (before === null && !change.newItems) return false;
  return !isAsAsked(was, change.becomes) && isAsAsked(is, change.becomes);
}

/**
 * Whether it still is so when people are about to be told: what was sold out again meanwhile, is dearer again or is gone is
 * told to nobody. `before` is what the field held, `now` the item as it is. Pure.
 */
export function isStillSo(change: AlertChange, before: unknown, now: ItemValue | null): boolean {
  if (now === null) return false;
  const is = valueAt(now, change.field);
  if ('falls' in change) return hasMoved(before, is, -1, change.falls);
  if ('rises' in change) return hasMoved(before, is, 1, change.rises);
  return isAsAsked(is, change.becomes);
}

/** A change in words: “price falls by at least 10 %”. Pure. */
export function changeWords(change: AlertChange): string {
  if ('falls' in change) return `${change.field} falls${byWords(change.falls)}`;
  if ('rises' in change) return `${change.field} rises${byWords(change.rises)}`;
  const { is, moreThan, atLeast, lessThan, atMost } = change.becomes;
  const said = [
    ...(is === undefined ? [] : [typeof is === 'string' ? `“${is}”` : String(is)]),
    ...(moreThan === undefined ? [] : [`more than ${moreThan}`]),
    ...(atLeast === undefined ? [] : [`at least ${atLeast}`]),
    ...(lessThan === undefined ? [] : [`less than ${lessThan}`]),
    ...(atMost === undefined ? [] : [`at most ${atMost}`]),
  ];
  return `${change.field} becomes ${said.join(' and ')}${change.newItems ? ', of a new item too' : ''}`;
}

function byWords({ share, amount }: By): string {
  const said = [
    ...(share === undefined ? [] : [`${Number((share * 100).toFixed(6))} %`]),
    ...(amount === undefined ? [] : [String(amount)]),
  ];
  return said.length === 0 ? '' : ` by at least ${said.join(' and ')}`;
}

/** What somebody has done, in words: “did notifyMe with its id in sku within 90 days”. Pure. */
export function interestWords(interest: Interest): string {
  const within = `within ${interest.days} ${interest.days === 1 ? 'day' : 'days'}`;
  return 'event' in interest
    ? `did ${interest.event} with its id in ${interest.field} ${within}`
    : `put it in the cart ${within}, where it still is`;
}
