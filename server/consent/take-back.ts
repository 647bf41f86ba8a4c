import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { byLane } from '../users/by-lane.ts';
import { endingConsent } from '../users/gates.ts';
import type { UserRef } from '../users/identity.ts';

/**
 * Takes back opt-ins that were recorded by mistake, told by how their source ends: where one of them is what proves
 * a standing, the newest other entry on record for that target counts again, and without one there is no standing. The
 * ledger's lines stay. Opt-outs are never taken back. Answers how many standings changed.
 */
export async function takeBackOptIns(
  db: Database,
  projectId: number,
  users: readonly UserRef[],
  sources: readonly string[],
): Promise<number> {
  let changed = 0;
  for (const [lane, group] of byLane(users, (user) => user.lane))
    changed += await endingConsent(db, [lane], (transaction) =>
      takeBackInLane(
        transaction,
        projectId,
        lane,
        group.map(({ id }) => id),
        sources,
      ),
    );
  return changed;
}

/** How many standings of these users such opt-ins prove. */
export async function countOptIns(
  db: Database,
  projectId: number,
  lane: number,
  ids: readonly number[],
  sources: readonly string[],
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM subscription s JOIN consent_entry e ON e.lane = ${lane} AND e.id = s.entry_id
    WHERE s.lane = ${lane} AND s.project_id = ${projectId} AND s.user_id = ANY(${ids}::bigint[])
      AND s.kind = 'messageType' AND s.status <> 'unsubscribed'
      AND e.source LIKE ANY(${sources}::text[])`.execute(db);
  return rows[0]?.count ?? 0;
}

async function takeBackInLane(
  transaction: Database,
  projectId: number,
  lane: number,
  ids: readonly number[],
  sources: readonly string[],
): Promise<number> {
  const { rows } = await sql<{ userId: number }>`
    WITH taken AS (
      SELECT s.user_id, s.kind, s.target_id FROM subscription s
      JOIN consent_entry e ON e.lane = ${lane} AND e.id = s.entry_id
      WHERE s.lane = ${lane} AND s.project_id = ${projectId} AND s.user_id = ANY(${ids}::bigint[])
        AND s.status <> 'unsubscribed' AND e.action IN ('optIn', 'optInPending') AND e.source LIKE ANY(${sources}::text[])
      FOR UPDATE OF s
    ), other AS (
      SELECT DISTINCT ON (t.user_id, t.kind, t.target_id) t.user_id, t.kind, t.target_id, e.id, e.action, e.happened_at
      FROM taken t JOIN consent_entry e ON e.lane = ${lane} AND e.user_id = t.user_id
      WHERE e.action IN ('optIn', 'optInPending', 'optOut') AND NOT e.source LIKE ANY(${sources}::text[])
        AND (e.kind = t.kind AND e.target_id = t.target_id
          OR t.kind = 'channel' AND e.kind = 'messageType' AND e.action = 'optIn'
            AND e.target_id IN (SELECT id FROM message_type WHERE channel_id = t.target_id)
          OR t.kind = 'messageType' AND e.kind = 'channel' AND e.action = 'optOut'
            AND e.target_id = (SELECT channel_id FROM message_type WHERE id = t.target_id))
      ORDER BY t.user_id, t.kind, t.target_id, e.id DESC
    ), kept AS (
      UPDATE subscription s SET entry_id = o.id, since = o.happened_at,
        status = CASE o.action WHEN 'optIn' THEN 'subscribed' WHEN 'optOut' THEN 'unsubscribed' ELSE 'pending' END
      FROM other o WHERE s.lane = ${lane} AND s.user_id = o.user_id AND s.kind = o.kind AND s.target_id = o.target_id
      RETURNING s.user_id, s.kind, s.target_id
    ), gone AS (
      DELETE FROM subscription s USING taken t
      WHERE s.lane = ${lane} AND s.user_id = t.user_id AND s.kind = t.kind AND s.target_id = t.target_id
        AND NOT EXISTS (SELECT FROM other o WHERE o.user_id = t.user_id AND o.kind = t.kind AND o.target_id = t.target_id)
      RETURNING s.user_id, s.kind, s.target_id
    )
    SELECT user_id AS "userId" FROM kept WHERE kind = 'messageType'
    UNION ALL SELECT user_id FROM gone WHERE kind = 'messageType'`.execute(transaction);
  return rows.length;
}
