import type { Selectable } from 'kysely';
import type { Database } from '../database/connect.ts';
import { encodeMessageId } from '../database/message-id.ts';
import type { EventTable } from '../database/tables/events.ts';
import { loadUsers } from '../users/find-users.ts';
import type { UserRef } from '../users/identity.ts';

/** Iterable's names for kinds of events. */
const typeOfKind: Record<string, string> = { custom: 'customEvent', purchase: 'purchase' };

/** A user's newest events as they are stored, newest first. */
export function newestEvents(
  db: Database,
  projectId: number,
  user: UserRef,
  limit: number,
): Promise<Selectable<EventTable>[]> {
  return db
    .selectFrom('event')
    .selectAll()
    .where('lane', '=', user.lane)
    .where('user_id', '=', user.id)
    .where('project_id', '=', projectId)
    .orderBy('happened_at', 'desc')
    .limit(limit)
    .execute();
}

/** The same in Iterable's shape. */
export async function readEvents(
  db: Database,
  projectId: number,
  user: UserRef,
  limit: number,
): Promise<Record<string, unknown>[]> {
  const { email, userId } = (await loadUsers(db, projectId, [user])).get(user.id) ?? {};
  const rows = await newestEvents(db, projectId, user, limit);
  return rows.map((row) => {
    const event: Record<string, unknown> = {
      _id: row.event_key ?? `${row.lane}.${row.id}`,
      eventName: row.name,
      eventType: typeOfKind[row.kind] ?? row.kind,
      createdAt: row.happened_at.toISOString(),
      dataFields: row.data,
    };
    if (email) event.email = email;
    if (userId) event.userId = userId;
    if (row.campaign_id !== null) event.campaignId = row.campaign_id;
    if (row.template_id !== null) event.templateId = row.template_id;
    if (row.message_id !== null) event.messageId = encodeMessageId(row.lane, row.message_id);
    return event;
  });
}
