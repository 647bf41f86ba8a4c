import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { Reached } from '../../users/unreachable.ts';

/** An address that a carrier says nobody is reached at, with its code, since when, and after how many failures it is believed. */
export interface NotReached extends Reached {
  code: string;
  since: Date;
  suppressAfter: number;
}

/**
 * Those of one lane's failures that are believed: at once, or when `suppressAfter` messages in a row failed there so,
 * with none delivered between them. The failures themselves are written already.
 */
export async function believedFailures(
  db: Database,
  lane: number,
  failures: readonly NotReached[],
): Promise<NotReached[]> {
  const doubted = failures.filter((failure) => failure.suppressAfter > 1);
  if (doubted.length === 0) return [...failures];
  const { rows } = await sql<{ index: number }>`
    SELECT (r.ordinality - 1)::int AS index
    FROM unnest(
      ${doubted.map((each) => each.userId)}::bigint[], ${doubted.map((each) => each.medium)}::text[],
      ${doubted.map((each) => each.address)}::text[], ${doubted.map((each) => each.code)}::text[],
      ${doubted.map((each) => each.suppressAfter)}::int[]
    ) WITH ORDINALITY AS r (user_id, medium, address, code, suppress_after)
    WHERE r.suppress_after <= (
      SELECT count(*) FROM message m
      WHERE m.lane = ${lane} AND m.user_id = r.user_id AND m.medium = r.medium AND m.to_address = r.address
        AND m.status = 'bounced' AND m.error_code = r.code
        AND m.failed_at > coalesce((
          SELECT max(d.delivered_at) FROM message d
          WHERE d.lane = ${lane} AND d.user_id = r.user_id AND d.medium = r.medium AND d.to_address = r.address
        ), '-infinity'))`.execute(db);
  const believed = new Set(rows.map((row) => doubted[row.index]));
  return failures.filter((failure) => failure.suppressAfter === 1 || believed.has(failure));
}
