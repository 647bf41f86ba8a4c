import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { Medium } from '../medium/media.ts';
import type { UserRef } from '../users/identity.ts';
import type { Standing, TargetKind } from './standing.ts';

/** One line of the ledger, as it is shown as proof. */
export interface LedgerEntry {
  id: number;
  action: string;
  kind: TargetKind;
  targetId: number;
  name: string | null;
  channelName: string | null;
  medium: Medium | null;
  address: string | null;
  method: string;
  source: string;
  wording: string | null;
  ip: string | null;
  happenedAt: Date;
  /** False: nobody told when, and `happenedAt` is when it was recorded. */
  dated: boolean;
  recordedAt: Date;
}

/** A person's standing with one channel or message type and the ledger entry behind it. */
export interface ExplainedStanding {
  kind: TargetKind;
  targetId: number;
  name: string;
  channelName: string;
  medium: Medium;
  status: Standing['status'];
  paused: boolean;
  since: Date;
  /** The proof; null when the ledger does not hold it. */
  entry: LedgerEntry | null;
}

/** Where a person stands with each channel and message type, with its proof. */
export async function explainStanding(
  db: Database,
  user: UserRef & { projectId: number },
): Promise<ExplainedStanding[]> {
  const entries = new Map((await readLedger(db, user)).map((entry) => [entry.id, entry]));
  const { rows } = await sql<Omit<ExplainedStanding, 'entry'> & { entryId: number }>`
    SELECT s.kind, s.target_id AS "targetId", coalesce(t.name, c.name) AS name, c.name AS "channelName", c.medium,
      s.status, s.paused_at IS NOT NULL AS paused, s.since, s.entry_id AS "entryId"
    FROM subscription s
    LEFT JOIN message_type t ON s.kind = 'messageType' AND t.id = s.target_id
    JOIN channel c ON c.id = CASE WHEN s.kind = 'channel' THEN s.target_id ELSE t.channel_id END
    WHERE s.lane = ${user.lane} AND s.user_id = ${user.id} AND s.project_id = ${user.projectId}
    ORDER BY c.id, s.kind, s.target_id`.execute(db);
  return rows.map(({ entryId, ...row }) => ({ ...row, entry: entries.get(entryId) ?? null }));
}

/** The whole ledger of a person, oldest first. */
export async function readLedger(
  db: Database,
  user: UserRef & { projectId: number },
): Promise<LedgerEntry[]> {
  const { rows } = await sql<LedgerEntry>`
    SELECT e.id, e.action, e.kind, e.target_id AS "targetId", coalesce(t.name, c.name) AS name,
      c.name AS "channelName", c.medium, e.address, e.method, e.source, e.wording, e.ip,
      e.happened_at AS "happenedAt", e.dated, e.recorded_at AS "recordedAt"
    FROM consent_entry e
    LEFT JOIN message_type t ON e.kind = 'messageType' AND t.id = e.target_id
    LEFT JOIN channel c ON c.id = CASE WHEN e.kind = 'channel' THEN e.target_id ELSE t.channel_id END
    WHERE e.lane = ${user.lane} AND e.user_id = ${user.id} AND e.project_id = ${user.projectId}
    ORDER BY e.id`.execute(db);
  return rows;
}
