import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { Span } from '../triggers/trigger-kind.ts';
import type { OnRecord } from './imagined-person.ts';

const ofEvent = 'event:';

/** What of this, as `heardAs` calls it, is on record of people of a lane, each person's in the order in which it happened; of nobody more than `most`. */
export async function recordOf(
  db: Database,
  { projectId, lane }: { projectId: number; lane: number },
  heard: ReadonlySet<string>,
  userIds: readonly number[],
  { from, until }: Span,
  most: number,
): Promise<Map<number, OnRecord[]>> {
  const names = [...heard].flatMap((name) => (name.startsWith(ofEvent) ? [name.slice(ofEvent.length)] : []));
  const found: (OnRecord & { userId: number })[] = [];
  if (names.length > 0 || heard.has('purchase')) {
    const { rows } = await sql<{ userId: number; id: number; at: Date; name: string; kind: string }>`
      SELECT "userId", id, at, name, kind FROM (
        SELECT user_id AS "userId", id, happened_at AS at, name, kind,
          row_number() OVER (PARTITION BY user_id ORDER BY happened_at, id) AS place FROM event
        WHERE lane = ${lane} AND project_id = ${projectId} AND user_id = ANY (${userIds}::bigint[])
        AND happened_at >= ${from}::timestamptz AND happened_at < ${until}::timestamptz
        AND ((kind = 'custom' AND name = ANY (${names}::text[])) OR (kind = 'purchase' AND ${heard.has('purchase')}))) e
      WHERE place <= ${most}`.execute(db);
    for (const { userId, id, at, name, kind } of rows)
      found.push({
        ...{ userId, eventId: id, at: at.getTime() },
        name: kind === 'purchase' ? 'purchase' : `${ofEvent}${name}`,
      });
  }
  found.sort((a, b) => a.at - b.at || (a.eventId ?? 0) - (b.eventId ?? 0));
  return Map.groupBy(found, ({ userId }) => userId);
}
