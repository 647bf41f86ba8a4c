import type { Happening } from '../http/happenings.ts';
import type { Listener } from '../http/listener.ts';
import { eventsOf, namesOf } from './events-of-happenings.ts';
import { queueWebhookEvents } from './queue-events.ts';

/**
 * Listens for what a project's enabled webhooks want, and queues it for them: what people wrote, which links they
 * tapped, each channel and message type they joined or left, what became of their messages, and which live segments they entered or left. `queued` is called when
 * there may be something to post.
 */
export const webhookListener = (queued: () => void): Listener =>
  listenerOf(['standing', 'received', 'click', 'message', 'segment'], () => true, queued);

/** The same for changed items, whose people are looked for only where a webhook wants to hear of them. */
export const itemWebhookListener = (queued: () => void): Listener =>
  listenerOf(['catalogItem'], (names) => names.has('catalogItemChanged'), queued);

/** `isWanted` says by the events that webhooks name whether anything of these kinds is wanted at all. */
const listenerOf = (
  kinds: readonly Happening['kind'][],
  isWanted: (names: ReadonlySet<string>) => boolean,
  queued: () => void,
): Listener => ({
  kinds,
  wantsOf: async (db, projectId) => {
    const webhooks = await db
      .selectFrom('webhook')
      .select(['child_events as names', 'blast_enabled as blasts', 'triggered_enabled as triggered'])
      .where('project_id', '=', projectId)
      .where('enabled', '=', true)
      .execute();
    const names = new Set(webhooks.flatMap((webhook) => webhook.names));
    if (webhooks.length === 0 || !isWanted(names)) return null;
    const sends = webhooks.some(({ blasts, triggered }) => blasts || triggered);
    return (happening) =>
      namesOf(happening).some((name) => names.has(name) || (sends && name.endsWith('Send')));
  },
  hear: async (transaction, happenings) => {
    for (const [projectId, own] of Map.groupBy(happenings, (each) => each.projectId))
      await queueWebhookEvents(transaction, projectId, await eventsOf(transaction, own));
  },
  afterwards: queued,
});
