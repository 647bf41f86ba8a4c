import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/connect.ts';

/** How far ahead of its turn a message may be claimed: short, so that an opt-out or a pause waits no longer. */
const horizonMs = 250;
/**
 * The part of a sender's stated pace that is used. A second by the provider's clock and one by ours are cut
 * at different instants, and the network and a busy machine shift each post by some milliseconds: a tenth
 * leaves 100 ms for that.
 */
export const usedShare = 0.9;

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

/** A sender's time as its row says. */
export interface GivenTime {
  nextSlotAt: Date;
  slowUntil: Date | null;
  usedToday: number;
}

/** Statement that reads a sender's time: one row of `GivenTime`, none for a sender that is gone. */
export function readPace(pace: SenderPace): RawBuilder<GivenTime> {
  return sql`
    SELECT next_slot_at AS "nextSlotAt", slow_until AS "slowUntil",
      CASE WHEN day = ${pace.day}::date THEN day_used ELSE 0 END AS "usedToday"
    FROM sender_pace WHERE sender_id = ${pace.senderId}`;
}

/**
 * What a sender may be given now: segments within the horizon and the day, or, when there are none, the instant
 * from which it is worth asking again. An estimate where other workers ask too: `reserveSlots` decides. Pure.
 */
export function allowanceOf(
  pace: SenderPace,
  given: GivenTime,
  now: Date,
): { segments: number; today: number } | { restUntil: Date } {
  if (given.slowUntil && given.slowUntil > now) return { restUntil: given.slowUntil };
  const ahead = Math.max(0, given.nextSlotAt.getTime() - now.getTime());
  if (ahead >= horizonMs) return { restUntil: new Date(given.nextSlotAt.getTime() - horizonMs + 1) };
  const today = pace.dailyCap === null ? Number.MAX_SAFE_INTEGER : pace.dailyCap - given.usedToday;
  if (today <= 0) return { restUntil: pace.nextDayAt };
  return { segments: 1 + Math.floor((horizonMs - ahead) / timeOf(pace.mps, 1)), today };
}

/** Gives senders that have never sent the row that their time is kept in, unless one is deleted meanwhile; none of it is given away yet. */
export async function openPaces(db: Database, paces: readonly SenderPace[]): Promise<void> {
  if (paces.length === 0) return;
  await sql`
    INSERT INTO sender_pace (sender_id, next_slot_at, day)
    SELECT s.id, 'epoch', p.day
    FROM unnest(${paces.map((pace) => pace.senderId)}::int[], ${paces.map((pace) => pace.day)}::date[]) AS p (id, day)
    JOIN sender s ON s.id = p.id
    WHERE NOT EXISTS (SELECT 1 FROM sender_pace known WHERE known.sender_id = p.id)
    ON CONFLICT (sender_id) DO NOTHING`.execute(db);
}

/**
 * Statement that gives a sender's time for messages of these `lengths` in segments away; one row, `startAt`, the
 * instant of the first; none, and nothing given, when the day has not so many segments left. Messages that came
 * too late for their slots ask `again`: they get new ones and are not counted towards the day a second time. To
 * be a transaction of its own, since it locks a row that all lanes of the sender share.
 */
export function reserveSlots(
  pace: SenderPace,
  lengths: readonly number[],
  now: Date,
  turn: 'first' | 'again',
): RawBuilder<{ startAt: Date }> {
  const time = lengths.reduce((sum, segments) => sum + timeOf(pace.mps, segments), 0);
  const length = sql`${time}::float8 * interval '1 millisecond'`;
  const counted = turn === 'first' ? lengths.reduce((sum, segments) => sum + segments, 0) : 0;
  const used = sql`(CASE WHEN day = ${pace.day}::date THEN day_used ELSE 0 END + ${counted}::int)`;
  return sql`
    UPDATE sender_pace SET
      next_slot_at = greatest(next_slot_at, ${now}::timestamptz) + ${length}, day_used = ${used}, day = ${pace.day}::date
    WHERE sender_id = ${pace.senderId}
      AND (${counted}::int = 0 OR ${pace.dailyCap}::int IS NULL OR ${used} <= ${pace.dailyCap}::int)
    RETURNING next_slot_at - ${length} AS "startAt"`;
}

/** Gives nothing more of a sender's time away before `until`, since the provider said so. */
export async function holdSender(db: Database, senderId: number, until: Date): Promise<void> {
  await sql`
    UPDATE sender_pace SET slow_until = greatest(slow_until, ${until}::timestamptz) WHERE sender_id = ${senderId}
  `.execute(db);
}
