import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { ChangeHappening, StandingHappening } from '../http/happenings.ts';
import { byLane } from '../users/by-lane.ts';
import { endingConsent } from '../users/gates.ts';
import type { UserRef } from '../users/identity.ts';
import { loadConsentTree, type ProjectConsentTree } from './consent-tree.ts';
import type { Ledger } from './ledger.ts';
import { provingMethods, type TargetKind } from './standing.ts';

/** Which opt-ins are taken back, and what the ledger's line about it says. */
export interface TakingBack {
  /** Patterns of the sources of the opt-ins. */
  sources: readonly string[];
  /** Where the line says that it comes from. */
  source: string;
  at: Date;
}

/**
 * Takes back opt-ins that were recorded by mistake, told by how their source ends: where one of them is what proves
 * a standing, the newest other entry on record for that target counts again, and without one there is no standing. An
 * opt-in from before an opt-out counts no more, nor does one that undid it without proof, nor one that was given for
 * an address which was not the person's when the mistake was made. The ledger's lines stay, one of each taking back is
 * added, and changes of standing are announced. Opt-outs are never taken back. Answers how many standings changed.
 */
export async function takeBackOptIns(
  { db, announce }: Ledger,
  projectId: number,
  users: readonly UserRef[],
  taking: TakingBack,
): Promise<number> {
  const tree = await loadConsentTree(db, projectId);
  let changed = 0;
  for (const [lane, group] of byLane(users, (user) => user.lane))
    changed += await endingConsent(db, [lane], async (transaction) => {
      const ids = group.map(({ id }) => id);
      const taken = await takeBackInLane(transaction, projectId, lane, ids, taking);
      const changes = taken.flatMap((each) => happeningOf(each, projectId, lane, tree, taking));
      if (changes.length > 0) await announce(transaction, changes);
      return taken.filter(({ kind }) => kind === 'messageType').length;
    });
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

/** A standing that an opt-in taken back had proven; `now` is null where none is left. */
interface Taken {
  userId: number;
  kind: TargetKind;
  targetId: number;
  before: string;
  now: StandingHappening['status'] | null;
}

/** To others a standing that is gone is one that has ended. */
function happeningOf(
  { userId, kind, targetId, before, now }: Taken,
  projectId: number,
  lane: number,
  tree: ProjectConsentTree,
  { source, at }: TakingBack,
): (StandingHappening | ChangeHappening)[] {
  // By another entry, since another time.
  if (before === now) return [{ kind: 'change', of: 'consent', projectId, lane, userId, at }];
  const channelId = kind === 'channel' ? targetId : tree.channelOfType.get(targetId);
  const medium = channelId === undefined ? undefined : tree.mediumOfChannel.get(channelId);
  if (channelId === undefined || medium === undefined) return [];
  const messageTypeId = kind === 'messageType' ? targetId : null;
  const target = { medium, channelId, messageTypeId };
  return [
    { kind: 'standing', status: now ?? 'unsubscribed', projectId, lane, userId, at, source, ...target },
  ];
}

async function takeBackInLane(
  transaction: Database,
  projectId: number,
  lane: number,
  ids: readonly number[],
  { sources, source, at }: TakingBack,
): Promise<Taken[]> {
  const { rows } = await sql<Taken>`
    WITH taken AS (
      SELECT s.user_id, s.kind, s.target_id, s.status, e.address FROM subscription s
      JOIN consent_entry e ON e.lane = ${lane} AND e.id = s.entry_id
      WHERE s.lane = ${lane} AND s.project_id = ${projectId} AND s.user_id = ANY(${ids}::bigint[])
        AND s.status <> 'unsubscribed' AND e.action IN ('optIn', 'optInPending') AND e.source LIKE ANY(${sources}::text[])
      FOR UPDATE OF s
    ), others AS (
      SELECT t.user_id, t.kind, t.target_id, e.id, e.action, e.happened_at,
        e.method = ANY(${provingMethods}::text[]) AND e.dated AS proven,
        max(e.happened_at) FILTER (WHERE e.action = 'optOut')
          OVER (PARTITION BY t.user_id, t.kind, t.target_id) AS opted_out_at
      FROM taken t JOIN consent_entry e ON e.lane = ${lane} AND e.user_id = t.user_id
      WHERE (e.action = 'optOut' OR e.action IN ('optIn', 'optInPending')
          AND (e.address = t.address OR e.address IS NULL OR t.address IS NULL OR strpos(t.address, '@') > 0))
        AND NOT e.source LIKE ANY(${sources}::text[])
        AND (e.kind = t.kind AND e.target_id = t.target_id
          OR t.kind = 'channel' AND e.kind = 'messageType' AND e.action = 'optIn'
            AND e.target_id IN (SELECT id FROM message_type WHERE channel_id = t.target_id)
          OR t.kind = 'messageType' AND e.kind = 'channel' AND e.action = 'optOut'
            AND e.target_id = (SELECT channel_id FROM message_type WHERE id = t.target_id))
    ), other AS (
      SELECT DISTINCT ON (user_id, kind, target_id) * FROM others
      WHERE action = 'optOut' OR opted_out_at IS NULL OR proven AND happened_at > opted_out_at
      ORDER BY user_id, kind, target_id, id DESC
    ), kept AS (
      UPDATE subscription s SET entry_id = o.id, since = o.happened_at,
        status = CASE o.action WHEN 'optIn' THEN 'subscribed' WHEN 'optOut' THEN 'unsubscribed' ELSE 'pending' END
      FROM other o WHERE s.lane = ${lane} AND s.user_id = o.user_id AND s.kind = o.kind AND s.target_id = o.target_id
      RETURNING s.user_id, s.kind, s.target_id, s.status
    ), gone AS (
      DELETE FROM subscription s USING taken t
      WHERE s.lane = ${lane} AND s.user_id = t.user_id AND s.kind = t.kind AND s.target_id = t.target_id
        AND NOT EXISTS (SELECT 1 FROM other o WHERE o.user_id = t.user_id AND o.kind = t.kind AND o.target_id = t.target_id)
    ), line AS (
      INSERT INTO consent_entry (lane, id, project_id, user_id, action, kind, target_id, address, method, source,
        happened_at, recorded_at)
      SELECT ${lane}, nextval('consent_entry_id_seq'), ${projectId}, user_id, 'takenBack', kind, target_id, address,
        'import', ${source}, ${at}::timestamptz, ${at}::timestamptz FROM taken
    )
    SELECT t.user_id AS "userId", t.kind, t.target_id AS "targetId", t.status AS before, k.status AS now
    FROM taken t LEFT JOIN kept k USING (user_id, kind, target_id)`.execute(transaction);
  return rows;
}
