import { Type } from 'typebox';
import { leafKind, refuse, slot, strict } from '../leaf-kind.ts';
import { readConditions } from '../values/conditions.ts';
import { numberTest } from '../values/number-test.ts';
import { historyRemarks } from './event.ts';
import { historyFlips, historyHolds, historyShown } from './history.sql.ts';
import { heardOfHistory, historySchema, historyWords, readHistory } from './history.ts';

const schema = strict(
  {
    item: Type.Optional(
      slot('conditions', 'One item of the purchase fulfils all of it: id, name, price, quantity, …'),
    ),
    revenue: Type.Optional(strict(numberTest, 'The sum of total')),
    ...historySchema,
  },
  'What somebody bought, or did not',
);

/** Purchases. */
export const purchaseLeaf = leafKind('purchase', schema, (leaf, place, ground) => {
  const { item: ofItem, revenue, where: ofAll, ...asked } = leaf;
  if (revenue && asked.sum) throw refuse(place, 'has revenue and sum; leave one of them out');
  const item = ofItem === undefined ? null : readConditions(ofItem, `${place}.item`, ground);
  const where = ofAll === undefined ? null : readConditions(ofAll, `${place}.where`, ground);
  const all = [
    ...(where ? [where.stored] : []),
    ...(item ? [{ path: 'items', hasElement: item.stored }] : []),
  ];
  const history = readHistory(
    null,
    { ...asked, ...(revenue && { sum: { of: 'total', ...revenue } }) },
    // Read once more together, and not counted again.
    all.length === 0 ? null : readConditions({ all }, place, { ...ground, count: () => undefined }),
    place,
    ground,
  );
  return {
    stored: {
      ...(item && { item: item.stored }),
      ...(where && { where: where.stored }),
      ...history.stored,
      ...(revenue && { revenue, sum: undefined }),
    },
    refersTo: [],
    sentence: () => historyWords(history),
    holds: (of) => historyHolds(history, of),
    flipsAt: (of) => historyFlips(history, of),
    hears: heardOfHistory(history),
    shows: (of) => historyShown(history, of),
    remarks: (known) => historyRemarks(history, 'purchase', known),
  };
});
