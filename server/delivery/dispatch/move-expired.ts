import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { Announce } from '../../http/happenings.ts';
import { lawfulTiming } from '../admission/lawful-timing.ts';
import { changeMessages } from '../rollups/count-changes.sql.ts';
import { announceSkips, asSkipped, type Skipped, skipGiven } from '../skip-queued.ts';
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
    const { rows } = await changeMessages<Skipped>({
      lane,
      which: sql`id = ANY (${moved.map((each) => each.id)}::bigint[]) AND status = 'queued'`,
      given: sql`unnest(
        ${moved.map((each) => each.id)}::bigint[], ${moved.map((each) => each.dueAt)}::timestamptz[],
        ${moved.map((each) => each.closesAt)}::timestamptz[], ${moved.map((each) => each.skip)}::text[],
        ${moved.map((each) => each.cap?.messages ?? null)}::smallint[],
        ${moved.map((each) => each.cap?.hours ?? null)}::smallint[]
      ) AS given (id, due_at, closes_at, skip, cap, cap_hours)`,
      set: sql`due_at = given.due_at, closes_at = given.closes_at, legal_cap = given.cap, legal_cap_hours = given.cap_hours,
        ${skipGiven}`,
      told: asSkipped,
    }).execute(transaction);
    await announceSkips(transaction, announce, lane, rows, now);
  });
}
