import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { brakesLookBack, type Heard } from './auto-reply.ts';

/** What the rule of auto-replies asks about somebody who wrote. */
export type AutoReplyFacts = Omit<Heard, 'begins' | 'isWorkingTime' | 'from'>;

/** Facts of people of a lane who wrote last at these instants and began at others, by their ids; they are held by their threads. */
export async function readAutoReplyFacts(
  transaction: Database,
  projectId: number,
  lane: number,
  people: readonly { userId: number; body: string; firstAt: Date; at: Date }[],
): Promise<Map<number, AutoReplyFacts>> {
  const column = <T>(of: (person: (typeof people)[number]) => T) => people.map(of);
  const { rows } = await sql<AutoReplyFacts & { userId: number }>`
    SELECT p.user_id AS "userId",
      NOT EXISTS (SELECT 1 FROM inbound_message i WHERE i.lane = ${lane} AND i.user_id = p.user_id
        AND i.project_id = ${projectId} AND i.received_at < p.first_at AND i.meaning <> 'reaction') AS "isFirst",
      (SELECT count(*)::int FROM inbound_message i WHERE i.lane = ${lane} AND i.user_id = p.user_id
        AND i.project_id = ${projectId} AND i.received_at > p.at - interval '1 minute') AS "inAMinute",
      (SELECT count(*)::int FROM inbound_message i WHERE i.lane = ${lane} AND i.user_id = p.user_id
        AND i.project_id = ${projectId} AND i.received_at > p.at - interval '1 day' AND i.body = p.body) AS "theSameInADay",
      EXISTS (SELECT 1 FROM unclear_reply u WHERE u.project_id = ${projectId} AND u.lane = ${lane} AND u.user_id = p.user_id
        AND u.decision IS NULL) AS "isUndecided",
      EXISTS (SELECT 1 FROM message m WHERE m.lane = ${lane} AND m.user_id = p.user_id AND m.project_id = ${projectId}
        AND m.created_at > p.at - interval '1 day' AND m.content->>'body' = p.body AND p.body <> '') AS "isEcho",
      coalesce((SELECT jsonb_agg(jsonb_build_object('kind', l.detail->>'kind',
          'secondsAgo', extract(epoch FROM p.at - l.at)::float8))
        FROM thread_log l WHERE l.lane = ${lane} AND l.user_id = p.user_id AND l.project_id = ${projectId}
          AND l.what = 'autoReplied' AND l.at > p.at - make_interval(secs => ${brakesLookBack})), '[]') AS said
    FROM unnest(${column(({ userId }) => userId)}::bigint[], ${column(({ body }) => body)}::text[],
      ${column(({ firstAt }) => firstAt)}::timestamptz[], ${column(({ at }) => at)}::timestamptz[])
      AS p (user_id, body, first_at, at)`.execute(transaction);
  return new Map(rows.map(({ userId, ...facts }) => [userId, facts]));
}
