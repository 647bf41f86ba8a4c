import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { here } from '../lanes/here.sql.ts';
import { eachLane } from '../users/by-lane.ts';
import { requireGates } from '../users/gates.ts';
import type { UserRef } from '../users/identity.ts';
import { deleteRows, moveRows } from '../users/move-rows.ts';
import type { HistoryEntry, LeftAddresses, PersonalData, UserMove } from '../users/people.ts';
import { applySuppressions, endTypes, keepOptOuts } from './suppression.sql.ts';

const [entry, subscription] = [sql.table('consent_entry'), sql.table('subscription')];

/** The ledger and the standings, which follow people and, as far as they are refusals, addresses. */
export const consentData: PersonalData = {
  tables: ['consent_entry', 'subscription'],
  leaveAddresses: async (transaction, left) => {
    await keepOptOuts(transaction, left.projectId, left.parted);
    await endOptIns(transaction, left);
  },
  gainAddresses: applySuppressions,
  moveUser: async (transaction, move) => {
    await moveStandings(transaction, move);
    await moveRows(transaction, entry, move);
  },
  forgetUsers: async (transaction, gone) => {
    await keepOptOuts(transaction, gone.projectId, gone.users);
    await deleteRows(transaction, entry, gone);
    await deleteRows(transaction, subscription, gone);
  },
  historyOf: (db, projectId, { user }, { limit }) => readEntries(db, projectId, user, limit),
};

/** The opt-ins that were given for numbers which are their users' no longer. */
async function endOptIns(transaction: Database, { projectId, gates, media }: LeftAddresses): Promise<void> {
  const lanesEnded = await eachLane(
    media,
    (row) => row.lane,
    async (lane, rows) => {
      const users = rows.map((row) => row.userId);
      const ended = await sql`
        DELETE FROM subscription s
        USING unnest(${users}::bigint[], ${rows.map((row) => row.medium)}::text[]) AS l (user_id, medium)
        WHERE s.lane = ${lane} AND s.user_id = ANY(${users}::bigint[]) AND s.project_id = ${projectId}
          AND s.user_id = l.user_id
          AND s.status <> 'unsubscribed'
          AND EXISTS (SELECT 1 FROM channel c WHERE c.medium = l.medium AND c.project_id = ${projectId}
            AND c.id = CASE s.kind WHEN 'channel' THEN s.target_id
              ELSE (SELECT t.channel_id FROM message_type t WHERE t.id = s.target_id) END)`.execute(
        transaction,
      );
      return Number(ended.numAffectedRows ?? 0) > 0 ? [lane] : [];
    },
  );
  requireGates(gates, lanesEnded.flat());
}

/** An opt-out of either stands. */
async function moveStandings(transaction: Database, { from, to }: UserMove): Promise<void> {
  const rows = await transaction
    .deleteFrom('subscription')
    .where('lane', '=', from.lane)
    .where('user_id', '=', from.id)
    .returningAll()
    .execute();
  if (rows.length === 0) return;
  await sql`
    INSERT INTO subscription (lane, project_id, user_id, kind, target_id, status, paused_at, entry_id, since)
    SELECT here.lane, ${rows[0]!.project_id}::int, ${to.id}::bigint, s.*
    FROM ${here(to.lane)} CROSS JOIN unnest(${rows.map((row) => row.kind)}::text[], ${rows.map((row) => row.target_id)}::int[],
      ${rows.map((row) => row.status)}::text[], ${rows.map((row) => row.paused_at)}::timestamptz[],
      ${rows.map((row) => row.entry_id)}::bigint[], ${rows.map((row) => row.since)}::timestamptz[]) AS s
    ON CONFLICT (lane, user_id, kind, target_id) DO UPDATE SET
      paused_at = greatest(subscription.paused_at, excluded.paused_at),
      status = CASE WHEN excluded.status = 'unsubscribed' THEN 'unsubscribed' ELSE subscription.status END,
      entry_id = CASE WHEN excluded.status = 'unsubscribed' AND subscription.status <> 'unsubscribed'
        THEN excluded.entry_id ELSE subscription.entry_id END,
      since = CASE WHEN excluded.status = 'unsubscribed' THEN
          CASE WHEN subscription.status = 'unsubscribed' THEN greatest(subscription.since, excluded.since)
          ELSE excluded.since END
        ELSE subscription.since END`.execute(transaction);
  await endTypes(transaction, to.lane, [to.id]);
}

async function readEntries(
  db: Database,
  projectId: number,
  user: UserRef,
  limit: number,
): Promise<HistoryEntry[]> {
  const { rows } = await sql<{
    recordedAt: Date;
    action: string;
    medium: string | null;
    wording: string | null;
    details: Record<string, unknown>;
  }>`
    SELECT e.recorded_at AS "recordedAt", e.action, c.medium, e.wording, jsonb_build_object(
      'kind', e.kind, 'targetId', e.target_id, 'name', coalesce(t.name, c.name), 'channel', c.name,
      'address', e.address, 'method', e.method, 'source', e.source, 'ip', e.ip, 'happenedAt', e.happened_at) AS details
    FROM consent_entry e
    LEFT JOIN message_type t ON e.kind = 'messageType' AND t.id = e.target_id
    LEFT JOIN channel c ON c.id = CASE WHEN e.kind = 'channel' THEN e.target_id ELSE t.channel_id END
    WHERE e.lane = ${user.lane} AND e.user_id = ${user.id} AND e.project_id = ${projectId}
    ORDER BY e.id DESC LIMIT ${limit}`.execute(db);
  return rows.map((row) => ({
    at: row.recordedAt,
    kind: 'consent',
    what: row.action,
    medium: row.medium,
    text: row.wording,
    skipReason: null,
    details: row.details,
  }));
}
