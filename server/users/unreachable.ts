import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { factsOf, type Medium } from '../medium/media.ts';
import type { AddressRow } from './address-rows.sql.ts';
import type { Unreached } from './addresses.ts';

/** A person at an address on a medium. */
export interface Reached {
  userId: number;
  medium: Medium;
  address: string;
}

/** Notes on addresses of users of one lane that nobody is reached there on a medium; what is noted already stays. */
export async function markUnreachable(
  db: Database,
  lane: number,
  failures: readonly (Reached & { code: string; since: Date })[],
): Promise<void> {
  if (failures.length === 0) return;
  const rows = byAddress(failures);
  const notes = rows.map(({ on }) =>
    JSON.stringify(
      Object.fromEntries(
        on.map(({ medium, code, since }): [string, Unreached] => [
          medium,
          { code, since: since.toISOString() },
        ]),
      ),
    ),
  );
  await sql`
    UPDATE address a SET unreachable = r.note || a.unreachable
    FROM ${asRows(rows, sql`${notes}::jsonb[]`)} AS r (user_id, kind, value, note)
    WHERE a.lane = ${lane} AND a.user_id = r.user_id AND a.kind = r.kind AND a.value = r.value
  `.execute(db);
}

/** Takes such notes off users of one lane who were reached after all: a message arrived, or they wrote themselves. */
export async function markReached(db: Database, lane: number, reached: readonly Reached[]): Promise<void> {
  if (reached.length === 0) return;
  const rows = byAddress(reached);
  const media = rows.map(({ on }) => `{${on.map(({ medium }) => medium).join()}}`);
  await sql`
    UPDATE address a SET unreachable = a.unreachable - r.media::text[]
    FROM ${asRows(rows, sql`${media}::text[]`)} AS r (user_id, kind, value, media)
    WHERE a.lane = ${lane} AND a.user_id = r.user_id AND a.kind = r.kind AND a.value = r.value
      AND a.unreachable <> '{}' AND a.unreachable ?| r.media::text[]
  `.execute(db);
}

/** What is said of each address, of all media together: a statement changes a row once. */
function byAddress<Said extends Reached>(said: readonly Said[]): (AddressRow & { on: Said[] })[] {
  const rows = new Map<string, AddressRow & { on: Said[] }>();
  for (const each of said)
    for (const kind of factsOf(each.medium).addresses) {
      const { userId, address: value } = each;
      const known = rows.get(`${userId} ${kind} ${value}`);
      if (known) known.on.push(each);
      else rows.set(`${userId} ${kind} ${value}`, { userId, kind, value, on: [each] });
    }
  return [...rows.values()];
}

const asRows = (rows: readonly AddressRow[], said: ReturnType<typeof sql>) => sql`unnest(
  ${rows.map(({ userId }) => userId)}::bigint[], ${rows.map(({ kind }) => kind)}::text[],
  ${rows.map(({ value }) => value)}::text[], ${said})`;
