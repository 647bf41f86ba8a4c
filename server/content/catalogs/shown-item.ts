import type { ItemValue } from './catalog-rules.ts';

/** An item as templates see it: its fields, and its id as `itemId` where it has no field of this name. */
export const shownItem = (itemId: string, value: ItemValue): ItemValue => ({ itemId, ...value });
