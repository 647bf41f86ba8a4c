import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { eachLane } from '../users/by-lane.ts';
import type { UserRef } from '../users/identity.ts';

/** Something a user did, as it is written. */
export interface NewEvent {
  user: UserRef;
  name: string;
  /** custom, purchase, click, reply, … */
  kind: string;
  data: Record<string, unknown>;
  campaignId?: number | null;
  templateId?: number | null;
  /** A message of the same lane as the user. */
  messageId?: number | null;
  /** The caller's own id of the event: the same again is not written again. */
  eventKey?: string | null;
  happenedAt: Date;
}

/**
 * Writes events, a statement a lane, up to about a thousand at a time. Returns how many were written: those whose
 * key is known already are not.
 */
export async function insertEvents(
  db: Database,
  projectId: number,
  events: NewEvent[],
  at: Date,
): Promise<number> {
  const written = await eachLane(
    events,
    (event) => event.user.lane,
    async (lane, rows) => {
      const result = await sql`
        INSERT INTO event (lane, id, project_id, user_id, name, kind, data, campaign_id, template_id, message_id,
          event_key, happened_at, recorded_at)
        SELECT ${lane}, nextval('event_id_seq'), ${projectId}, e.*, ${at}::timestamptz FROM unnest(
          ${rows.map((row) => row.user.id)}::bigint[], ${rows.map((row) => row.name)}::text[],
          ${rows.map((row) => row.kind)}::text[], ${rows.map((row) => JSON.stringify(row.data))}::jsonb[],
          ${rows.map((row) => row.campaignId ?? null)}::int[], ${rows.map((row) => row.templateId ?? null)}::int[],
          ${rows.map((row) => row.messageId ?? null)}::bigint[], ${rows.map((row) => row.eventKey ?? null)}::text[],
          ${rows.map((row) => row.happenedAt)}::timestamptz[]) AS e
        ON CONFLICT (lane, project_id, event_key) WHERE event_key IS NOT NULL DO NOTHING`.execute(db);
      return Number(result.numAffectedRows ?? 0);
    },
  );
  return written.reduce((sum, count) => sum + count, 0);
}
