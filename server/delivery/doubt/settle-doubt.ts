import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { livingWorkers } from '../../lanes/life.ts';
import type { ActiveSender } from '../dispatch/active-senders.ts';
import { takeDepartures } from '../dispatch/departures.sql.ts';
import { type Dispatcher, wireOf } from '../dispatch/dispatch-lane.ts';
import { changeMessages } from '../rollups/count-changes.sql.ts';
import { askProviders, type DoubtfulMessage, isSilent, nothingSaid } from './ask-providers.ts';

/**
 * Longer than a post can be under way (15 s for the answer, and connecting before it): when a provider has no
 * such message after this time, it never will.
 */
const lookUpAfterMs = 25_000;
/** Messages settled in one pass; the next look comes a second later. */
const mostAtOnce = 200;

/**
 * Marks as in doubt what a worker that no longer lives had on the wire in this lane. Its lock is gone as soon
 * as the database notices, so nobody waits for a time-out to see the truth. In the caller's transaction.
 */
export async function markInDoubt(transaction: Database, lane: number): Promise<void> {
  const dead = sql`dispatcher NOT IN (${sql.raw(livingWorkers)})`;
  const ids = await takeDepartures(transaction, lane, dead);
  if (ids.length === 0) return;
  await changeMessages({
    lane,
    // Another worker may have claimed it since.
    which: sql`id = ANY (${ids}::bigint[]) AND status = 'dispatching' AND ${dead}`,
    set: sql`status = 'inDoubt'`,
    told: sql`id`,
  }).execute(transaction);
}

/**
 * Settles what can be settled of a lane's messages in doubt: the provider is asked where it can be; else, after
 * the grace time, the project's policy holds. A callback may settle them at any time besides. What cannot be settled
 * yet is not even read: what policy leaves, what waits to be asked again, what a callback has just come for.
 */
export async function settleDoubt(
  dispatcher: Dispatcher,
  connection: Database,
  lane: number,
  senders: ReadonlyMap<number, ActiveSender>,
): Promise<void> {
  const now = dispatcher.clock.now();
  const heard = [...senders.values()].filter((sender) => !isSilent(sender.account.id, now));
  const messages = await findDoubtful(dispatcher, connection, lane, heard, now);
  if (messages.length === 0) return;
  const unasked = messages.filter((message) => !message.canAsk);
  await Promise.all(
    unasked.map(({ id, wire, attempts }) =>
      dispatcher.intake.take({
        ...nothingSaid,
        lane,
        messageId: id,
        wire,
        status: 'absent',
        attempt: attempts,
        at: now,
      }),
    ),
  );
  const asked = messages.filter((message) => message.canAsk);
  if (asked.length > 0) await askProviders(dispatcher, connection, lane, senders, asked);
}

/** The messages in doubt of these senders that can be settled now, the oldest first. */
async function findDoubtful(
  dispatcher: Dispatcher,
  connection: Database,
  lane: number,
  senders: readonly ActiveSender[],
  now: Date,
): Promise<DoubtfulMessage[]> {
  const askable = senders.map((sender) => wireOf(dispatcher, sender).lookUp !== undefined);
  const { rows } = await sql<DoubtfulMessage>`
    SELECT m.id, m.user_id AS "userId", m.sender_id AS "senderId", m.to_address AS "toAddress", m.content, m.attempts,
      m.dispatched_at AS "dispatchedAt", s.can_ask AS "canAsk", coalesce(m.wire, s.wire) AS wire
    FROM message m
    JOIN unnest(${senders.map((sender) => sender.id)}::int[], ${askable}::bool[],
      ${senders.map((sender) => sender.account.wire)}::text[]) AS s (id, can_ask, wire) ON s.id = m.sender_id
    JOIN project p ON p.id = m.project_id
    WHERE m.lane = ${lane} AND m.doubt_at <= ${now}::timestamptz
      AND m.dispatched_at <= ${new Date(now.getTime() - lookUpAfterMs)}::timestamptz
      AND (s.can_ask OR (p.doubt_policy ->> m.purpose = 'resend' AND m.dispatched_at <=
        ${now}::timestamptz - make_interval(secs => (p.doubt_policy ->> 'graceSeconds')::float8)))
      AND NOT EXISTS (SELECT 1 FROM receipt r WHERE r.lane = ${lane} AND r.message_id = m.id)
    ORDER BY m.dispatched_at, m.id LIMIT ${mostAtOnce}
  `.execute(connection);
  return rows;
}
