import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';

const firstRestMs = 1_000;
const longestRestMs = 60_000;

/**
 * Lets senders rest whose provider could not be reached: a second first, twice as long each time it is out of reach
 * again soon after, a minute at most. One that rests already is left alone, so that many posts that fail at once
 * count as one failure.
 */
export async function restSenders(db: Database, senderIds: readonly number[], now: Date): Promise<void> {
  if (senderIds.length === 0) return;
  // Out of reach again within twice the last rest: the outage goes on.
  const rest = sql`CASE WHEN slow_until + make_interval(secs => greatest(rest_ms, ${firstRestMs}) / 500.0) >= ${now}::timestamptz
    THEN least(greatest(rest_ms * 2, ${firstRestMs}), ${longestRestMs}) ELSE ${firstRestMs} END`;
  await sql`
    UPDATE sender_pace SET rest_ms = ${rest}, slow_until = ${now}::timestamptz + make_interval(secs => (${rest}) / 1000.0)
    WHERE sender_id = ANY (${[...new Set(senderIds)]}::int[])
      AND (slow_until IS NULL OR slow_until <= ${now}::timestamptz)
  `.execute(db);
}
