import { type RawBuilder, sql } from 'kysely';
import { notingOptOuts } from '../events/note-responses.sql.ts';
import type { RuledEntry } from './standing.ts';
import type { Wish } from './wish.ts';

/**
 * How a person's own opt-out comes in: written, answered, clicked, or given at the provider. What an import, a call, a
 * colleague or an earlier record brings says nothing of a campaign.
 */
const ownOptOuts: readonly string[] = ['keyword', 'reply', 'link', 'provider'];

/** Notes people's own opt-outs for the sums of campaigns, each once however often it is told; before they are in the ledger. */
export function notingOwnOptOuts(
  lane: number,
  entries: readonly { wish: Wish; entry: RuledEntry }[],
): RawBuilder<unknown>[] {
  const own = entries.filter(
    ({ wish, entry }) => entry.action === 'optOut' && ownOptOuts.includes(wish.method),
  );
  if (own.length === 0) return [];
  const targets = (kind: Wish['kind']) => sql`array_agg(given.target_id) FILTER (WHERE given.kind = ${kind})`;
  const noting = notingOptOuts(
    lane,
    sql`
      SELECT given.project_id, given.user_id, given.at, ${targets('channel')} AS channel_ids,
        ${targets('messageType')} AS message_type_ids
      FROM unnest(
        ${own.map(({ wish }) => wish.projectId)}::int[], ${own.map(({ wish }) => wish.userId)}::bigint[],
        ${own.map(({ entry }) => entry.kind)}::text[], ${own.map(({ entry }) => entry.targetId)}::int[],
        ${own.map(({ wish }) => wish.happenedAt)}::timestamptz[]) AS given (project_id, user_id, kind, target_id, at)
      WHERE NOT EXISTS (SELECT 1 FROM consent_entry e
        WHERE e.lane = ${lane} AND e.user_id = given.user_id AND e.action = 'optOut' AND e.kind = given.kind
          AND e.target_id = given.target_id AND e.happened_at = given.at AND e.method = ANY (${ownOptOuts}::text[]))
      GROUP BY 1, 2, 3`,
  );
  return [noting];
}
