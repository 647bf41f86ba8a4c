import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';

/** How far ahead of its turn a message may be claimed: short, so that an opt-out or a pause waits no longer. */
const horizonMs = 250;
/**
 * The part of a sender's stated pace that is used. A second by the provider's clock and one by ours are cut
 * at different instants and the network shifts each post by some milliseconds: 5 % leaves 50 ms for that.
 */
const usedShare = 0.95;

/** What a sender may do, with how far its time is already given away. */
export interface SenderPace {
  senderId: number;
  /** Segments a second. */
  mps: number;
  /** Segments a day, null for no limit. */
  dailyCap: number | null;
  /** The day, in the sender's own zone, that `now` falls in, as YYYY-MM-DD. */
  day: string;
  /** When the sender's next day begins. */
  nextDayAt: Date;
}

/** The day `now` falls in at `zone`, and when the next one begins there. */
export function senderDay(zone: string, now: Date): { day: string; nextDayAt: Date } {
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
  const next = here.toPlainDate().add({ days: 1 }).toZonedDateTime(zone);
  return { day: here.toPlainDate().toString(), nextDayAt: new Date(next.epochMilliseconds) };
}

/** Milliseconds between two segments of a sender. */
export function spacingMs(mps: number): number {
  return 1_000 / (mps * usedShare);
}

/**
 * Segments that a sender may still be given now: none while its time is given away beyond the horizon or its
 * day is used up. Only an estimate, since other workers ask too; `reserveSlots` decides.
 */
export async function segmentsFree(db: Database, pace: SenderPace, now: Date): Promise<number> {
  const row = await db
    .selectFrom('sender_pace')
    .select(['next_slot_at', 'slow_until', 'day_used', sql<boolean>`day = ${pace.day}::date`.as('today')])
    .where('sender_id', '=', pace.senderId)
    .executeTakeFirst();
  if (!row) {
    await db
      .insertInto('sender_pace')
      .values({ sender_id: pace.senderId, next_slot_at: now, day: pace.day })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return segmentsFree(db, pace, now);
  }
  if (row.slow_until && row.slow_until > now) return 0;
  const ahead = row.next_slot_at.getTime() - now.getTime();
  if (ahead >= horizonMs) return 0;
  const inTime = 1 + Math.floor((horizonMs - Math.max(0, ahead)) / spacingMs(pace.mps));
  if (pace.dailyCap === null) return inTime;
  return Math.max(0, Math.min(inTime, pace.dailyCap - (row.today ? row.day_used : 0)));
}

/**
 * Gives `segments` of a sender's time away and returns the instant of the first. Null, with nothing given,
 * when the day has not so many left. Messages that came too late for their slots ask `again`: they get new
 * ones and are not counted towards the day a second time. In a transaction the row stays locked to its end,
 * which should follow at once.
 */
export async function reserveSlots(
  db: Database,
  pace: SenderPace,
  segments: number,
  now: Date,
  turn: 'first' | 'again',
): Promise<Date | null> {
  const length = sql`${segments * spacingMs(pace.mps)}::float8 * interval '1 millisecond'`;
  const counted = turn === 'first' ? segments : 0;
  const used = sql`(CASE WHEN day = ${pace.day}::date THEN day_used ELSE 0 END + ${counted}::int)`;
  const { rows } = await sql<{ start_at: Date }>`
    UPDATE sender_pace SET
      next_slot_at = greatest(next_slot_at, ${now}::timestamptz) + ${length}, day_used = ${used}, day = ${pace.day}::date
    WHERE sender_id = ${pace.senderId}
      AND (${counted}::int = 0 OR ${pace.dailyCap}::int IS NULL OR ${used} <= ${pace.dailyCap}::int)
    RETURNING next_slot_at - ${length} AS start_at
  `.execute(db);
  return rows[0]?.start_at ?? null;
}

/** Gives nothing more of a sender's time away before `until`: its day is used up, or the provider said so. */
export async function holdSender(db: Database, senderId: number, until: Date): Promise<void> {
  await sql`
    UPDATE sender_pace SET slow_until = greatest(slow_until, ${until}::timestamptz) WHERE sender_id = ${senderId}
  `.execute(db);
}
