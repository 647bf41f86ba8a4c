import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';

/** An event that is this process's to post until its lease ends, with where it goes. */
export interface ClaimedEvent {
  id: number;
  webhookId: number;
  projectId: number;
  eventName: string;
  payload: unknown;
  attempts: number;
  createdAt: Date;
  endpoint: string;
  authType: string;
  authSecret: Buffer | null;
  signingSecret: Buffer;
  customHeaders: unknown;
}

/**
 * Claims due events, at most `each` of one webhook so that a slow one does not hold up the others, by moving
 * their due time to the lease's end and counting the attempt.
 */
export async function claimWebhookEvents(
  db: Database,
  now: Date,
  leaseUntil: Date,
  each: number,
): Promise<ClaimedEvent[]> {
  const { rows } = await sql<ClaimedEvent>`
    WITH due AS (
      SELECT e.id FROM webhook w CROSS JOIN LATERAL (
        SELECT id FROM webhook_event
        WHERE webhook_id = w.id AND due_at <= ${now}
        ORDER BY due_at, id LIMIT ${each} FOR UPDATE SKIP LOCKED
      ) e
      WHERE w.enabled
    ), claimed AS (
      UPDATE webhook_event e SET due_at = ${leaseUntil}, attempts = e.attempts + 1
      FROM due WHERE e.id = due.id
      RETURNING e.*
    )
    SELECT c.id, c.webhook_id AS "webhookId", c.project_id AS "projectId", c.event_name AS "eventName", c.payload,
      c.attempts, c.created_at AS "createdAt", w.endpoint, w.auth_type AS "authType",
      w.auth_secret AS "authSecret", w.signing_secret AS "signingSecret", w.custom_headers AS "customHeaders"
    FROM claimed c JOIN webhook w ON w.id = c.webhook_id
    ORDER BY c.id`.execute(db);
  return rows;
}

/** Takes events that were delivered, or are given up, out of the queue. */
export async function deleteWebhookEvents(db: Database, ids: readonly number[]): Promise<void> {
  if (ids.length) await sql`DELETE FROM webhook_event WHERE id = ANY(${ids}::bigint[])`.execute(db);
}

/** Sets when failed events are tried again. */
export async function postponeWebhookEvents(
  db: Database,
  events: readonly { id: number; dueAt: Date }[],
): Promise<void> {
  if (!events.length) return;
  await sql`
    UPDATE webhook_event e SET due_at = n.due_at
    FROM unnest(${events.map((event) => event.id)}::bigint[], ${events.map((event) => event.dueAt)}::timestamptz[]) n (id, due_at)
    WHERE e.id = n.id`.execute(db);
}
