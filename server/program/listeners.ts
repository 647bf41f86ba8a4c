import type { Clock } from '../clock/clock.ts';
import { confirmationListener } from '../conversations/double-opt-in.ts';
import type { Listener } from '../http/listener.ts';
import { inboxListener } from '../inbox/inbox-listener.ts';
import { type JourneyGround, journeyListener } from '../journeys/journey-listener.ts';
import { type LiveGround, segmentListener } from '../segments/live/segment-listener.ts';
import { surveyListener } from '../surveys/survey-listener.ts';
import { codeFallback } from '../verifications/fall-back.ts';
import { webhookListener } from '../webhooks/webhook-listener.ts';

/**
 * All who listen to what happens to people: requests to confirm an opt-in, codes that fail, the inbox, surveys, outgoing webhooks, live segments, journeys. `queued` is called when
 * there may be something to post to webhooks.
 */
export function listenersOf(
  publicUrl: string,
  clock: Clock,
  live: LiveGround & JourneyGround,
  queued: () => void = () => undefined,
): Listener[] {
  // Segments and journeys last: they have a lane to themselves until all is committed.
  return [
    ...[
      confirmationListener(publicUrl),
      codeFallback(clock),
      inboxListener,
      surveyListener,
      webhookListener(queued),
    ],
    ...[segmentListener(live), journeyListener(live)],
  ];
}
