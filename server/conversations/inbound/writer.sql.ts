import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { CallingAccount } from '../../delivery/callbacks/account-cache.ts';
import { lanes } from '../../lanes/lanes.ts';
import { byLane } from '../../users/by-lane.ts';
import { findHolders } from '../../users/find-users.ts';
import type { UserRef } from '../../users/identity.ts';
import { mergedInto } from '../../users/merged-users.ts';
import { phoneKey } from '../../users/phone-key.ts';

/** What is known of the message that an answer names. */
export interface Answered {
  /** The message, in the lane that it was sent in. */
  message: { lane: number; id: number };
  /** Whose message was answered; absent when they are gone. */
  person: UserRef | undefined;
  /** All who have the number that it went to. */
  sharers: UserRef[];
}

/** The message of ours that an answer names: one of this project that left by this account. */
export async function findAnswered(
  db: Database,
  { projectId, account }: CallingAccount,
  providerMessageId: string,
): Promise<Answered | null> {
  const { rows } = await sql<{ lane: number; id: number; userId: number; toAddress: string | null }>`
    SELECT m.lane, m.id, m.user_id AS "userId", m.to_address AS "toAddress" FROM message m
    JOIN sender s ON s.id = m.sender_id AND s.provider_account_id = ${account.id}
    WHERE m.lane = ANY(${lanes}::smallint[]) AND m.project_id = ${projectId} AND m.answered_as = ${providerMessageId}
    LIMIT 1`.execute(db);
  const [message] = rows;
  if (!message) return null;
  const [sharers = []] = message.toAddress?.startsWith('+')
    ? await findHolders(db, projectId, [{ phone: message.toAddress }])
    : [];
  const { lane, id, userId } = message;
  return { message: { lane, id }, person: await remaining(db, projectId, { lane, id: userId }), sharers };
}

/** The user itself, or the one it was merged into. */
async function remaining(db: Database, projectId: number, user: UserRef): Promise<UserRef | undefined> {
  const present = await db
    .selectFrom('users')
    .select(['lane', 'id'])
    .where('lane', '=', user.lane)
    .where('id', '=', user.id)
    .where('project_id', '=', projectId)
    .executeTakeFirst();
  return present ?? (await mergedInto(db, [user])).get(user.id);
}

/** Of those who share a number, the one whom a sender wrote to last at it; the oldest where it wrote to none. */
export async function lastWrittenTo(
  db: Database,
  senderId: number | null,
  sharers: readonly UserRef[],
  phone: string,
): Promise<UserRef | undefined> {
  const written: { user: UserRef; at: number }[] = [];
  for (const [lane, group] of byLane(sharers, (user) => user.lane)) {
    const { rows } = await sql<{ id: number; toAddress: string | null; at: Date }>`
      SELECT m.user_id AS id, m.to_address AS "toAddress", max(m.dispatched_at) AS at FROM message m
      WHERE m.lane = ${lane} AND m.user_id = ANY(${group.map((user) => user.id)}::bigint[])
        AND m.sender_id = ${senderId}::int AND m.dispatched_at IS NOT NULL
      GROUP BY m.user_id, m.to_address`.execute(db);
    for (const { id, toAddress, at } of rows)
      if (toAddress !== null && phoneKey(toAddress) === phoneKey(phone))
        written.push({ user: { lane, id }, at: at.getTime() });
  }
  written.sort((a, b) => b.at - a.at || a.user.id - b.user.id);
  return written[0]?.user ?? sharers[0];
}
