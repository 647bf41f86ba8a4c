import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { ChangeHappening } from '../http/happenings.ts';
import type { Medium } from '../medium/media.ts';
import type { Unreached } from './addresses.ts';

/** A person at an address on a medium. */
export interface Reached {
  userId: number;
  medium: Medium;
  address: string;
}

/** Somebody of whom it changed where they are reached. */
export interface OtherwiseReached {
  projectId: number;
  userId: number;
}

const asOtherwiseReached = sql`a.project_id AS "projectId", a.user_id AS "userId"`;

/** That people are reached elsewhere now, or no more. */
export const reachChanges = (
  lane: number,
  people: readonly OtherwiseReached[],
  at: Date,
): ChangeHappening[] => people.map((each) => ({ kind: 'change', of: 'address', lane, ...each, at }));

/**
 * Notes on addresses of users of one lane that nobody is reached there on a medium; what is noted already stays. Answers whose
 * addresses these are.
 */
export async function markUnreachable(
  db: Database,
  lane: number,
  failures: readonly (Reached & { code: string; since: Date })[],
): Promise<OtherwiseReached[]> {
  if (failures.length === 0) return [];
  const rows = byAddress(failures);
  const notes = rows.map((on) =>
    JSON.stringify(
      Object.fromEntries(
        on.map(({ medium, code, since }): [string, Unreached] => [
          medium,
          { code, since: since.toISOString() },
        ]),
      ),
    ),
  );
  const { rows: noted } = await sql<OtherwiseReached>`
    UPDATE address a SET unreachable = r.note || a.unreachable
    FROM unnest(${rows.map(([on]) => on?.userId)}::bigint[], ${rows.map(([on]) => on?.address)}::text[],
      ${notes}::jsonb[]) AS r (user_id, value, note)
    WHERE a.lane = ${lane} AND a.user_id = r.user_id AND a.value = r.value
    RETURNING ${asOtherwiseReached}`.execute(db);
  return noted;
}

/**
 * Takes such notes off users of one lane who were reached after all: a message arrived, or they wrote themselves. Answers who had
 * such a note.
 */
export async function markReached(
  db: Database,
  lane: number,
  reached: readonly Reached[],
): Promise<OtherwiseReached[]> {
  const cleared: OtherwiseReached[] = [];
  for (const [medium, own] of Map.groupBy(reached, (each) => each.medium)) {
    const { rows } = await sql<OtherwiseReached>`
      UPDATE address a SET unreachable = a.unreachable - ${medium}::text
      FROM unnest(${own.map(({ userId }) => userId)}::bigint[], ${own.map(({ address }) => address)}::text[])
        AS r (user_id, value)
      WHERE a.lane = ${lane} AND a.user_id = r.user_id AND a.value = r.value
        AND a.unreachable <> '{}' AND a.unreachable ? ${medium}::text
      RETURNING ${asOtherwiseReached}`.execute(db);
    cleared.push(...rows);
  }
  return cleared;
}

/** What is said of each address, of all media together: a statement changes a row once. */
function byAddress<Said extends Reached>(said: readonly Said[]): Said[][] {
  return [...Map.groupBy(said, ({ userId, address }) => `${userId} ${address}`).values()];
}
