import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { encodeMessageId } from '../database/message-id.ts';
import type { Announce } from '../http/happenings.ts';
import { lawfulMedia } from '../medium/media.ts';
import { wordsOf } from '../providers/content-words.ts';
import type { MessageContent } from '../providers/sending.ts';
import { byLane, sendByLane } from '../users/by-lane.ts';
import type { UserRef } from '../users/identity.ts';
import { moveRows } from '../users/move-rows.ts';
import type { HistoryEntry, LeftAddresses, PersonalData, UserMove } from '../users/people.ts';
import { emptyMessages } from './empty-messages.sql.ts';
import { changeMessages } from './rollups/count-changes.sql.ts';
import { announceSkips, asSkipped, isWaiting, type Skipped, skipFor } from './skip-queued.ts';
import type { SkipReason } from './skip-reason.ts';
import { waitingFor } from './waiting-for.ts';

/**
 * Messages stay where they were sent from, for callbacks and links name their lane; what has not left when its person is no
 * more, or has the address no more, does not leave. What was put down to a campaign stays with whom the message was to.
 */
export const messageData: PersonalData = {
  tables: ['message', 'response_put_down'],
  leaveAddresses: skipToLostAddresses,
  changePlaces,
  moveUser: async (transaction, move) => {
    await moveUnsent(transaction, move);
    const { announce, from, at } = move;
    await skipWaiting(transaction, announce, from.lane, [from.id], 'userDeleted', at);
  },
  forgetUsers: async (transaction, { announce, lane, users, merged, at }) => {
    const owners = [...users.map(({ id }) => ({ lane, id })), ...merged];
    for (const [messageLane, group] of byLane(owners, (owner) => owner.lane)) {
      const ids = group.map(({ id }) => id);
      await skipWaiting(transaction, announce, messageLane, ids, 'userDeleted', at);
      await emptyMessages(transaction, messageLane, ids, at);
    }
  },
  inUse: async (db, lane, userIds) => {
    const { rows } = await sql<{ id: number }>`
      SELECT DISTINCT user_id AS id FROM message
      WHERE lane = ${lane} AND user_id = ANY (${userIds}::bigint[])`.execute(db);
    return rows.map(({ id }) => id);
  },
  historyOf: async (db, projectId, { all }, { limit, now }) => {
    const entries: HistoryEntry[] = [];
    for (const holder of all) {
      entries.push(...(await readMessages(db, projectId, holder, limit, now)));
      entries.push(...(await readClicks(db, projectId, holder, limit)));
    }
    return entries;
  },
};

/** What waits for numbers that are their users' no longer is skipped. */
async function skipToLostAddresses(
  transaction: Database,
  { announce, projectId, media, at }: LeftAddresses,
): Promise<void> {
  const laneOf = ({ lane }: { lane: number }) => lane;
  const answers = await sendByLane(transaction, media, laneOf, (lane, rows) => {
    const users = rows.map((row) => row.userId);
    const kept = rows.flatMap((row) => row.kept.map((address) => `${row.userId} ${address}`));
    // Pairs as one text each: a cluster refuses an update that asks a set which it is given.
    const which = sql`user_id = ANY(${users}::bigint[]) AND project_id = ${projectId}
      AND basis IN ('optIn', 'pendingOptIn') AND ${isWaiting}
      AND (user_id::text || ' ' || medium) = ANY(${rows.map((row) => `${row.userId} ${row.medium}`)}::text[])
      AND coalesce((user_id::text || ' ' || to_address) <> ALL(${kept}::text[]), true)`;
    return changeMessages<Skipped>({ lane, which, set: skipFor('noOptIn'), told: asSkipped });
  });
  for (const [index, [lane]] of byLane(media, laneOf).entries())
    await announceSkips(transaction, announce, lane, answers[index]!.rows, at);
}

/** What waits for users of a lane leaves no more; what failed before and was to be tried again remains bounced. */
async function skipWaiting(
  transaction: Database,
  announce: Announce,
  lane: number,
  ids: readonly number[],
  reason: SkipReason,
  at: Date,
): Promise<void> {
  const which = sql`user_id = ANY(${ids}::bigint[]) AND ${isWaiting}`;
  const change = { lane, which, set: skipFor(reason), told: asSkipped };
  const { rows } = await changeMessages<Skipped>(change).execute(transaction);
  await announceSkips(transaction, announce, lane, rows, at);
}

/**
 * What never left and needs no opt-in follows to the lane of the user who remains: answers and codes that they asked for, confirmations that
 * are owed, and questions whether to confirm an opt-in, which go with the pending standing that they ask about. No network knows them yet.
 */
function moveUnsent(transaction: Database, move: UserMove): Promise<void> {
  const unasked = sql`status = 'queued' AND attempts = 0 AND campaign_id IS NULL
    AND basis IN ('pendingOptIn', 'ownMessage', 'ownRequest')`;
  return moveRows(transaction, sql.table('message'), move, unasked, ['waits_at', 'doubt_at', 'answered_as']);
}

/** The lawful window of what waits counts as closed, so that the next claim has it worked out for the new place. */
async function changePlaces(transaction: Database, users: readonly UserRef[], at: Date): Promise<void> {
  await sendByLane(
    transaction,
    users,
    ({ lane }) => lane,
    (lane, group) => sql`
      UPDATE message SET closes_at = ${at}::timestamptz
      WHERE lane = ${lane} AND user_id = ANY(${group.map(({ id }) => id)}::bigint[])
        AND status IN ('queued', 'dispatching', 'inDoubt') AND purpose = 'promotional' AND medium = ANY (${lawfulMedia}::text[])`,
  );
}

async function readMessages(
  db: Database,
  projectId: number,
  user: UserRef,
  limit: number,
  now: Date,
): Promise<HistoryEntry[]> {
  const rows = await db
    .selectFrom('message')
    .select(['id', 'medium', 'purpose', 'status', 'skip_reason', 'content', 'to_address'])
    .select(['error_code', 'error_detail', 'created_at', 'sent_at', 'delivered_at', 'read_at'])
    .select(['failed_at', 'retry_at', 'campaign_id', 'segments', 'not_before', 'attempts', 'on_cap'])
    .select(sql<Date | null>`nullif(due_at, 'infinity')`.as('due_at'))
    .where('lane', '=', user.lane)
    .where('user_id', '=', user.id)
    .where('project_id', '=', projectId)
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    at: row.sent_at ?? row.created_at,
    kind: 'message',
    what: row.status,
    medium: row.medium,
    text: row.content === null ? null : wordsOf(row.content as MessageContent),
    skipReason: row.skip_reason,
    details: {
      messageId: encodeMessageId(user.lane, row.id),
      purpose: row.purpose,
      campaignId: row.campaign_id,
      to: row.to_address,
      segments: row.segments,
      errorCode: row.error_code,
      errorDetail: row.error_detail,
      createdAt: row.created_at,
      dueAt: row.due_at,
      waitingFor: waitingFor(row, now),
      sentAt: row.sent_at,
      deliveredAt: row.delivered_at,
      readAt: row.read_at,
      failedAt: row.failed_at,
      retryAt: row.retry_at,
    },
  }));
}

/** Taps on links of the user's messages; what previews and bots fetched is no deed of theirs. */
async function readClicks(
  db: Database,
  projectId: number,
  user: UserRef,
  limit: number,
): Promise<HistoryEntry[]> {
  const { rows } = await sql<{
    at: Date;
    medium: string;
    url: string;
    id: number;
    campaignId: number | null;
  }>`
    SELECT c.clicked_at AS at, m.medium, l.url, m.id, m.campaign_id AS "campaignId"
    FROM message m
    JOIN link_click c ON c.lane = ${user.lane} AND c.message_id = m.id AND c.visitor = 'person'
    JOIN link l ON l.lane = ${user.lane} AND l.code = c.code
    WHERE m.lane = ${user.lane} AND m.user_id = ${user.id} AND m.project_id = ${projectId}
    ORDER BY c.clicked_at DESC LIMIT ${limit}`.execute(db);
  return rows.map((row) => ({
    at: row.at,
    kind: 'event',
    what: `${row.medium}Click`,
    medium: row.medium,
    text: row.url,
    skipReason: null,
    details: { messageId: encodeMessageId(user.lane, row.id), campaignId: row.campaignId },
  }));
}
