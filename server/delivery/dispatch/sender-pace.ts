import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';

/** How far ahead of its turn a message may be claimed: short, so that an opt-out or a pause waits no longer. */
const horizonMs = 250;
/**
 * The part of a sender's stated pace that is used. A second by the provider's clock and one by ours are cut
 * at different instants, and the network and a busy machine shift each post by some milliseconds: a tenth
 * leaves 100 ms for that.
 */
const usedShare = 0.9;

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

/**
 * Milliseconds of a sender's time that a message takes. Its segments leave together, so what counts is how many
 * whole messages of this length fit into one second: at 5 segments a second two of two segments, not two and a half.
 */
export function timeOf(mps: number, segments: number): number {
  const seconds = segments <= mps ? 1 / Math.floor(mps / segments) : segments / mps;
  return (1_000 * seconds) / usedShare;
}

/**
 * Segments that each sender may still be given now, by sender: none while its time is given away beyond the
 * horizon or its day is used up. Only an estimate, since other workers ask too; `reserveSlots` decides.
 */
export async function segmentsFree(
  db: Database,
  paces: readonly SenderPace[],
  now: Date,
): Promise<Map<number, number>> {
  const { rows } = await sql<GivenTime>`
    SELECT p.sender_id AS "senderId", s.next_slot_at AS "nextSlotAt", s.slow_until AS "slowUntil",
      CASE WHEN s.day = p.day THEN s.day_used ELSE 0 END AS "usedToday"
    FROM unnest(${paces.map((pace) => pace.senderId)}::int[], ${paces.map((pace) => pace.day)}::date[]) AS p (sender_id, day)
    LEFT JOIN sender_pace s ON s.sender_id = p.sender_id
  `.execute(db);
  const given = new Map(rows.map((row) => [row.senderId, row]));
  const fresh = paces.filter((pace) => !given.get(pace.senderId)?.nextSlotAt);
  if (fresh.length > 0) await openPaces(db, fresh, now);
  return new Map(paces.map((pace) => [pace.senderId, freeOf(pace, given.get(pace.senderId), now)]));
}

interface GivenTime {
  senderId: number;
  /** Null for a sender that has never sent. */
  nextSlotAt: Date | null;
  slowUntil: Date | null;
  usedToday: number;
}

function freeOf(pace: SenderPace, given: GivenTime | undefined, now: Date): number {
  if (given?.slowUntil && given.slowUntil > now) return 0;
  const ahead = given?.nextSlotAt ? given.nextSlotAt.getTime() - now.getTime() : 0;
  if (ahead >= horizonMs) return 0;
  const inTime = 1 + Math.floor((horizonMs - Math.max(0, ahead)) / timeOf(pace.mps, 1));
  if (pace.dailyCap === null) return inTime;
  return Math.max(0, Math.min(inTime, pace.dailyCap - (given?.usedToday ?? 0)));
}

/** Gives senders that have never sent the row that their time is kept in. */
async function openPaces(db: Database, paces: readonly SenderPace[], now: Date): Promise<void> {
  await db
    .insertInto('sender_pace')
    .values(paces.map((pace) => ({ sender_id: pace.senderId, next_slot_at: now, day: pace.day })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * Gives a sender's time for messages of these `lengths` in segments away and returns the instant of the first.
 * Null, with nothing given, when the day has not so many segments left. Messages that came too late for their slots ask `again`: they get new
 * ones and are not counted towards the day a second time. In a transaction the row stays locked to its end,
 * which should follow at once.
 */
export async function reserveSlots(
  db: Database,
  pace: SenderPace,
  lengths: readonly number[],
  now: Date,
  turn: 'first' | 'again',
): Promise<Date | null> {
  const time = lengths.reduce((sum, segments) => sum + timeOf(pace.mps, segments), 0);
  const length = sql`${time}::float8 * interval '1 millisecond'`;
  const counted = turn === 'first' ? lengths.reduce((sum, segments) => sum + segments, 0) : 0;
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
