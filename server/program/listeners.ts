import { confirmationListener } from '../conversations/double-opt-in.ts';
import type { Listener } from '../http/listener.ts';
import { type JourneyGround, journeyListener } from '../journeys/journey-listener.ts';
import { type LiveGround, segmentListener } from '../segments/live/segment-listener.ts';
import { webhookListener } from '../webhooks/webhook-listener.ts';

/**
 * All who listen to what happens to people: requests to confirm an opt-in, outgoing webhooks, live segments, journeys. `queued` is called when
 * there may be something to post to webhooks.
 */
export function listenersOf(
  publicUrl: string,
  live: LiveGround & JourneyGround,
  queued: () => void = () => undefined,
): Listener[] {
  // Segments and journeys last: they have a lane to themselves until all is committed.
  return [
    ...[confirmationListener(publicUrl), webhookListener(queued)],
    ...[segmentListener(live), journeyListener(live)],
  ];
}
