import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { Medium } from '../medium/media.ts';

/** A person at an address on a medium. */
export interface Reached {
  userId: number;
  medium: Medium;
  address: string;
}

/** SQL: the address `r.address` is still the user `u`'s own. */
const isStillTheirs = sql`r.address IN (u.phone_number, u.whatsapp_user_id, u.email)`;

/** Notes on users of one lane that an address of theirs cannot be reached, with the carrier's code. */
export async function markUnreachable(
  db: Database,
  lane: number,
  failures: readonly (Reached & { code: string })[],
): Promise<void> {
  if (failures.length === 0) return;
  await sql`
    UPDATE users u SET unreachable = u.unreachable || jsonb_build_object(r.medium, r.code)
    FROM unnest(
      ${failures.map((each) => each.userId)}::bigint[], ${failures.map((each) => each.medium)}::text[],
      ${failures.map((each) => each.address)}::text[], ${failures.map((each) => each.code)}::text[]
    ) AS r (user_id, medium, address, code)
    WHERE u.lane = ${lane} AND u.id = r.user_id AND ${isStillTheirs}
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
