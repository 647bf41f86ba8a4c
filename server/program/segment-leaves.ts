import { campaignsAmong } from '../campaigns/names.sql.ts';
import { replied } from '../conversations/replied.ts';
import { messageLeafOf } from '../delivery/message-leaf.ts';
import { journeyLeaves } from '../journeys/journey-leaves.ts';
import { ownKinds } from '../segments/kinds.ts';
import type { LeafKind } from '../segments/leaf-kind.ts';

/** All kinds of condition that segments know: the room's own, and those that capabilities above it bring. */
export const segmentKinds: readonly LeafKind[] = [
  ...ownKinds,
  { ...messageLeafOf({ replied }), thingsOf: campaignsAmong },
  ...journeyLeaves,
];
