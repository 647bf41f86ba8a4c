import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { Purpose, StandingStatus } from '../database/tables/consent.ts';
import type { Medium, SenderKind } from '../medium/media.ts';
import { sessionEnd } from '../senders/sessions/sessions.sql.ts';
import { addressesOf, isAmong } from '../users/addresses.ts';
import { loadUsers } from '../users/find-users.ts';
import type { WrittenTo } from './can-reply.ts';
import type { Thread } from './threads.sql.ts';

interface Row {
  senderId: number;
  senderName: string;
  state: string;
  medium: Medium;
  kind: SenderKind;
  country: string | null;
  purpose: Purpose;
  channelId: number | null;
  status: StandingStatus | null;
  lastAt: Date;
  sessionEnds: Date | null;
  address: string;
}

/** The senders that a thread's person has written to, the latest first; of several addresses that they wrote from, one that is still theirs. */
export async function readWrittenTo(
  db: Database,
  { lane, user_id: userId, project_id: projectId }: Pick<Thread, 'lane' | 'user_id' | 'project_id'>,
): Promise<WrittenTo[]> {
  const { rows } = await sql<Row>`
    SELECT s.id AS "senderId", s.name AS "senderName", s.state, w.medium, s.kind, s.country, s.purpose, c.id AS "channelId",
      standing.status, w.at AS "lastAt", w.address,
      ${sessionEnd(lane, sql`${userId}`, sql`s.id`, sql`w.address`)} AS "sessionEnds"
    FROM (
      SELECT DISTINCT ON (sender_id, from_address) sender_id, medium, received_at AS at, from_address AS address
      FROM inbound_message
      WHERE lane = ${lane} AND user_id = ${userId} AND project_id = ${projectId} AND meaning <> 'reaction'
      ORDER BY sender_id, from_address, received_at DESC) w
    JOIN sender s ON s.id = w.sender_id AND s.project_id = ${projectId}
    LEFT JOIN LATERAL (SELECT id FROM channel WHERE project_id = ${projectId} AND medium = w.medium AND purpose = s.purpose
      ORDER BY id LIMIT 1) c ON true
    LEFT JOIN subscription standing ON standing.lane = ${lane} AND standing.user_id = ${userId}
      AND standing.kind = 'channel' AND standing.target_id = c.id
    ORDER BY w.at DESC, s.id`.execute(db);
  const user = (await loadUsers(db, projectId, [{ lane, id: userId }])).get(userId);
  const own = user ? addressesOf(user) : [];
  const written = rows.map(({ state, ...row }) => ({
    ...row,
    isStopped: state === 'stopped',
    isTheirs: isAmong(row.address, own),
  }));
  const bySender = [...Map.groupBy(written, ({ senderId }) => senderId).values()];
  return bySender
    .flatMap((each) => each.find(({ isTheirs }) => isTheirs) ?? each[0] ?? [])
    .toSorted((a, b) => b.lastAt.getTime() - a.lastAt.getTime() || a.senderId - b.senderId);
}
