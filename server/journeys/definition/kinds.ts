import { listTile } from '../tiles/change-list.ts';
import { channelSplitTile } from '../tiles/channel-split.ts';
import { couponTile } from '../tiles/coupon.ts';
import { exitTile } from '../tiles/exit.ts';
import { experimentTile } from '../tiles/experiment.ts';
import { handOffTile } from '../tiles/hand-off.ts';
import { holdTile } from '../tiles/hold.ts';
import { randomSplitTile } from '../tiles/random-split.ts';
import { sendTile } from '../tiles/send.ts';
import { splitTile } from '../tiles/split.ts';
import { startJourneyTile } from '../tiles/start-journey.ts';
import { subscribeTile } from '../tiles/subscribe.ts';
import { trackEventTile } from '../tiles/track-event.ts';
import { updateProfileTile } from '../tiles/update-profile.ts';
import { waitTile } from '../tiles/wait.ts';
import { waitForTile } from '../tiles/wait-for.ts';
import { webhookTile } from '../tiles/webhook.ts';
import { apiTrigger } from '../triggers/called.ts';
import { catalogItemTrigger } from '../triggers/catalog-item.ts';
import { dateTrigger } from '../triggers/date.ts';
import { eventTrigger, purchaseTrigger } from '../triggers/event.ts';
import { listTrigger, segmentTrigger } from '../triggers/membership.ts';
import { messageTrigger } from '../triggers/message.ts';
import { profileTrigger } from '../triggers/profile.ts';
import { receivedTrigger } from '../triggers/received.ts';
import { scheduleTrigger } from '../triggers/schedule.ts';
import { subscriptionTrigger } from '../triggers/subscription.ts';
import type { TriggerKind } from '../triggers/trigger-kind.ts';
import type { TileKind } from './tile-kind.ts';

/** All kinds of tile. */
export const tileKinds = [
  sendTile,
  waitTile,
  waitForTile,
  splitTile,
  channelSplitTile,
  randomSplitTile,
  experimentTile,
  updateProfileTile,
  listTile,
  trackEventTile,
  webhookTile,
  couponTile,
  holdTile,
  handOffTile,
  subscribeTile,
  startJourneyTile,
  exitTile,
] as const satisfies readonly TileKind[];

/** All that may let people in. */
export const triggerKinds = [
  eventTrigger,
  purchaseTrigger,
  profileTrigger,
  listTrigger,
  segmentTrigger,
  receivedTrigger,
  messageTrigger,
  subscriptionTrigger,
  catalogItemTrigger,
  dateTrigger,
  apiTrigger,
  scheduleTrigger,
] as const satisfies readonly TriggerKind[];
