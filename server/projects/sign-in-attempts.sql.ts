import { createHash } from 'node:crypto';
import { generateId } from 'better-auth';
import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { ApiError } from '../http/errors.ts';

/**
 * Tries of one account's password in a row, from whatever addresses. Few enough that a password of twelve characters
 * is not found, and enough that somebody who mistypes is not kept out by it.
 */
const mostAttempts = 30;
const inMs = 3_600_000;
/** Whoever tries ever new names must not fill the table. */
const keptForMs = 24 * inMs;

/**
 * Counts a try before it is made, so that many at once do not pass together; shared by all processes, and alike for
 * emails that have no account. Throws `RateLimitExceeded` for one too many.
 */
export async function countAttempt(db: Database, email: string, at: Date): Promise<void> {
  const now = at.getTime();
  const isOver = sql`console_rate_limit.last_request <= ${now - inMs}::bigint`;
  const { rows } = await sql<{ count: number; last_request: string }>`
    INSERT INTO console_rate_limit (id, key, count, last_request)
    VALUES (${generateId()}, ${keyOf(email)}, 1, ${now}::bigint)
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN ${isOver} THEN 1 ELSE console_rate_limit.count + 1 END,
      last_request = CASE WHEN ${isOver} THEN ${now}::bigint ELSE console_rate_limit.last_request END
    RETURNING count, last_request`.execute(db);
  const { count, last_request } = rows[0]!;
  if (count === 1)
    await sql`DELETE FROM console_rate_limit WHERE last_request < ${now - keptForMs}::bigint`.execute(db);
  if (count <= mostAttempts) return;
  const minutes = Math.ceil((Number(last_request) + inMs - now) / 60_000);
  throw new ApiError(
    'RateLimitExceeded',
    `Too many attempts for this account; try again in ${minutes} minutes, or set the password anew with a key of the project`,
  );
}

/** Begins to count anew: the password was given, or set by somebody who may. */
export async function forgetAttempts(db: Database, email: string): Promise<void> {
  await sql`DELETE FROM console_rate_limit WHERE key = ${keyOf(email)}`.execute(db);
}

/** Emails count in lower case, as better-auth looks them up; what is no account's may be anything. */
function keyOf(email: string): string {
  return `account:${createHash('sha256').update(email.toLowerCase()).digest('hex')}`;
}
