import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { Announce } from '../../http/happenings.ts';
import { lawfulTiming } from '../admission/lawful-timing.ts';
import { announceSkips, returnSkipped, type Skipped } from '../skip-queued.ts';
import type { ActiveSender } from './active-senders.ts';
import type { ExpiredMessage } from './claim-due.ts';

/**
 * Gives messages whose lawful window closed before their turn came the next one, or skips them where the
 * campaign chose so; what left before and failed remains bounced then. The person may be elsewhere by now, so the
 * law's cap is worked out anew too. One lane, one statement each way; skips are told of with them.
 */
export async function moveExpired(
  { db, announce }: { db: Database; announce: Announce },
  lane: number,
  sender: ActiveSender,
  messages: readonly ExpiredMessage[],
  now: Date,
): Promise<void> {
  if (messages.length === 0) return;
  const { rows: users } = await sql<{ id: number; place_key: string; caution: boolean }>`
    SELECT u.id, u.place_key, p.caution FROM users u JOIN project p ON p.id = u.project_id
    WHERE u.lane = ${lane} AND u.id = ANY (${messages.map((message) => message.userId)}::bigint[])
  `.execute(db);
  const byId = new Map(users.map((user) => [user.id, user]));
  const moved = messages.map((message) => {
    const user = byId.get(message.userId);
    const timing = lawfulTiming({
      medium: sender.medium,
      purpose: sender.purpose,
      placeKey: user?.place_key ?? '',
      from: message.notBefore > now ? message.notBefore : now,
      caution: user?.caution ?? true,
      onQuiet: message.onQuiet,
    });
    return 'skip' in timing
      ? { id: message.id, dueAt: now, closesAt: null, cap: null, skip: timing.skip }
      : { id: message.id, ...timing, skip: null };
  });
  await db.transaction().execute(async (transaction) => {
    const { rows } = await sql<Skipped>`
    UPDATE message SET due_at = v.due_at, closes_at = v.closes_at,
      legal_cap = v.cap, legal_cap_hours = v.cap_hours,
      skip_reason = CASE WHEN message.failed_at IS NULL THEN v.skip END,
      status = CASE WHEN v.skip IS NULL THEN 'queued' WHEN message.failed_at IS NULL THEN 'skipped' ELSE 'bounced' END
    FROM unnest(
      ${moved.map((each) => each.id)}::bigint[], ${moved.map((each) => each.dueAt)}::timestamptz[],
      ${moved.map((each) => each.closesAt)}::timestamptz[], ${moved.map((each) => each.skip)}::text[],
      ${moved.map((each) => each.cap?.messages ?? null)}::smallint[],
      ${moved.map((each) => each.cap?.hours ?? null)}::smallint[]
    ) AS v (id, due_at, closes_at, skip, cap, cap_hours)
    WHERE message.lane = ${lane} AND message.id = v.id AND message.status = 'queued'
    ${returnSkipped}`.execute(transaction);
    await announceSkips(transaction, announce, lane, rows, now);
  });
}
