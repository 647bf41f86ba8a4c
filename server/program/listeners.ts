import { confirmationListener } from '../conversations/double-opt-in.ts';
import type { Listener } from '../happenings/listener.ts';
import { webhookListener } from '../webhooks/webhook-listener.ts';

/**
 * All who listen to what happens to people: requests to confirm an opt-in, outgoing webhooks. `queued` is called when
 * there may be something to post to webhooks.
 */
export function listenersOf(publicUrl: string, queued: () => void = () => undefined): Listener[] {
  return [confirmationListener(publicUrl), webhookListener(queued)];
}
