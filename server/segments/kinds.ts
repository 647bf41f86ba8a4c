import type { LeafKind } from './leaf-kind.ts';
import { eventLeaf } from './leaves/event.ts';
import { fieldLeaf } from './leaves/field.ts';
import { listLeaf } from './leaves/list.ts';
import { placeLeaf } from './leaves/place.ts';
import { purchaseLeaf } from './leaves/purchase.ts';
import { reachLeaf } from './leaves/reach.ts';
import { segmentLeaf } from './leaves/segment.ts';
import { shareLeaf } from './leaves/share.ts';
import { subscriptionLeaf } from './leaves/subscription.ts';

/** The kinds of condition on tables of this room and those below it; capabilities above bring their own. */
export const ownKinds: readonly LeafKind[] = [
  ...[
    fieldLeaf,
    listLeaf,
    subscriptionLeaf,
    reachLeaf,
    placeLeaf,
    eventLeaf,
    purchaseLeaf,
    segmentLeaf,
    shareLeaf,
  ],
];
