import type { Happening } from '../http/happenings.ts';
import type { Listener } from '../http/listener.ts';
import { eventsOf, namesOf } from './events-of-happenings.ts';
import { queueWebhookEvents } from './queue-events.ts';

const kinds: readonly Happening['kind'][] = [
  ...(['standing', 'received', 'click', 'message', 'segment', 'catalogItem', 'journey'] as const),
];

/**
 * Listens for what a project's enabled webhooks want, and queues it for them: what people wrote, which links they
 * tapped, each channel and message type they joined or left, what became of their messages, which live segments and journeys they entered or left, and
 * items that changed for them. `queued` is called when there may be something to post.
 */
export const webhookListener = (queued: () => void): Listener => ({
  kinds,
  wantsOf: async (db, projectId) => {
    const webhooks = await db
      .selectFrom('webhook')
      .select(['child_events as names', 'blast_enabled as blasts', 'triggered_enabled as triggered'])
      .where('project_id', '=', projectId)
      .where('enabled', '=', true)
      .execute();
    if (webhooks.length === 0) return null;
    const names = new Set(webhooks.flatMap((webhook) => webhook.names));
    const sends = webhooks.some(({ blasts, triggered }) => blasts || triggered);
    return {
      // Whom changed items concern is dear to find.
      kinds: kinds.filter((kind) => kind !== 'catalogItem' || names.has('catalogItemChanged')),
      wants: (happening) =>
        namesOf(happening).some((name) => names.has(name) || (sends && name.endsWith('Send'))),
    };
  },
  hear: async (transaction, happenings) => {
    for (const [projectId, own] of Map.groupBy(happenings, (each) => each.projectId))
      await queueWebhookEvents(transaction, projectId, await eventsOf(transaction, own));
  },
  afterwards: queued,
});
