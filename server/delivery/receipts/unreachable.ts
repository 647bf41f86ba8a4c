import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { Medium } from '../../database/schema.ts';

/** A person at an address on a medium. */
export interface Reached {
  userId: number;
  medium: Medium;
  address: string;
}

/** An address that a carrier says nobody is reached at, with its code and after how many failures it is believed. */
export interface NotReached extends Reached {
  code: string;
  suppressAfter: number;
}

/** SQL: the address `r.address` is still the user `u`'s own. */
const isStillTheirs = sql`r.address IN (u.phone_number, u.whatsapp_user_id, u.email)`;

/**
 * Notes on users of one lane that an address of theirs cannot be reached, with the carrier's code: at once, or when
 * `suppressAfter` messages in a row failed there so, with none delivered between them.
 */
export async function markUnreachable(
  db: Database,
  lane: number,
  failures: readonly NotReached[],
): Promise<void> {
  if (failures.length === 0) return;
  const column = <T>(of: (failure: NotReached) => T) => failures.map(of);
  await sql`
    UPDATE users u SET unreachable = u.unreachable || jsonb_build_object(r.medium, r.code)
    FROM unnest(
      ${column((f) => f.userId)}::bigint[], ${column((f) => f.medium)}::text[], ${column((f) => f.address)}::text[],
      ${column((f) => f.code)}::text[], ${column((f) => f.suppressAfter)}::int[]
    ) AS r (user_id, medium, address, code, suppress_after)
    WHERE u.lane = ${lane} AND u.id = r.user_id AND ${isStillTheirs}
      AND (r.suppress_after = 1 OR r.suppress_after <= (
        SELECT count(*) FROM message m
        WHERE m.lane = ${lane} AND m.user_id = r.user_id AND m.medium = r.medium AND m.to_address = r.address
          AND m.status = 'bounced' AND m.error_code = r.code
          AND m.failed_at > coalesce((
            SELECT max(d.delivered_at) FROM message d
            WHERE d.lane = ${lane} AND d.user_id = r.user_id AND d.medium = r.medium AND d.to_address = r.address
          ), '-infinity')))
  `.execute(db);
}

/** Takes such notes off users of one lane who were reached after all: a message arrived, or they wrote themselves. */
export async function markReached(db: Database, lane: number, reached: readonly Reached[]): Promise<void> {
  if (reached.length === 0) return;
  await sql`
    UPDATE users u SET unreachable = u.unreachable - r.medium
    FROM unnest(
      ${reached.map((each) => each.userId)}::bigint[], ${reached.map((each) => each.medium)}::text[],
      ${reached.map((each) => each.address)}::text[]
    ) AS r (user_id, medium, address)
    WHERE u.lane = ${lane} AND u.id = r.user_id AND u.unreachable <> '{}' AND u.unreachable ? r.medium
      AND ${isStillTheirs}
  `.execute(db);
}
