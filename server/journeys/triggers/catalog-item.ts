import { Type } from 'typebox';
import type { CatalogItemHappening } from '../../http/happenings.ts';
import { strict } from '../../segments/leaf-kind.ts';
import { type Caused, triggerKind } from './trigger-kind.ts';

const schema = strict(
  {
    catalog: Type.String({ minLength: 1, maxLength: 255 }),
    alert: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 255,
        description: 'The name of one of its alerts; any of them, where none is named',
      }),
    ),
  },
  'An item of a catalog changed as one of its alerts says: back in stock, price down. Those enter whom the alert is for',
);

/** An item changed for those who asked for it, looked at it or have it in the cart. */
export const catalogItemTrigger = triggerKind('catalogItem', schema, ({ catalog, alert }) => {
  const isMeant = (happening: CatalogItemHappening): boolean =>
    happening.catalog.toLowerCase() === catalog.toLowerCase() &&
    (alert === undefined || happening.alertName === alert);
  return {
    stored: { catalogItem: { catalog, ...(alert !== undefined && { alert }) } },
    words: `an item of the catalog “${catalog}” that changes for them${alert === undefined ? '' : `, by the alert “${alert}”`}`,
    kinds: ['catalogItem'],
    wants: (happening) => happening.kind === 'catalogItem' && isMeant(happening),
    caused: async (_db, _where, happenings) =>
      happenings.flatMap((happening): Caused[] => {
        if (happening.kind !== 'catalogItem' || !isMeant(happening)) return [];
        const { userId, at, itemId, alertName, before, after, item, did } = happening;
        // Named as webhooks name them, so that templates say {{itemId}} and {{item.price}}.
        const data = { catalog: happening.catalog, itemId, alertName, before, after, item, did };
        return [{ userId, at, eventId: null, data, cause: { catalogItem: itemId, alert: alertName, at } }];
      }),
  };
});
