import { type RawBuilder, sql } from 'kysely';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { Database } from '../database/connect.ts';
import type { PersonalData, UserMove } from '../users/people.ts';
import { identitiesOf, type User } from '../users/user-row.ts';
import { keepingSizes } from './list-size.sql.ts';
import { listHappening, type Membership } from './tell-lists.ts';

/** Memberships of lists, and what reports of imports say of people. */
export const audienceData: PersonalData = {
  tables: ['list_member', 'import_user'],
  moveUser: moveMembership,
  forgetUsers: async (transaction, gone) => {
    await forgetReports(transaction, gone.projectId, gone.users);
    await sql`
      WITH gone AS (
        DELETE FROM list_member WHERE lane = ${gone.lane} AND user_id = ANY(${gone.users.map(({ id }) => id)}::bigint[])
        RETURNING list_id
      ), ${keepingSizes(gone.lane, 'gone', -1)}
      SELECT`.execute(transaction);
  },
};

async function moveMembership(
  transaction: Database,
  { announce, projectId, from, to, at }: UserMove,
): Promise<void> {
  const { rows } = await sql<{ listId: number; addedAt: Date }>`
    WITH gone AS (
      DELETE FROM list_member WHERE lane = ${from.lane} AND user_id = ${from.id} RETURNING list_id, added_at
    ), ${keepingSizes(from.lane, 'gone', -1)}
    SELECT list_id AS "listId", added_at AS "addedAt" FROM gone`.execute(transaction);
  if (rows.length === 0) return;
  const { rows: entered } = await sql<Membership>`
    WITH added AS (
      INSERT INTO list_member (lane, list_id, user_id, added_at)
      SELECT ${to.lane}, m.list_id, ${to.id}, m.added_at
      FROM unnest(${rows.map((row) => row.listId)}::int[], ${rows.map((row) => row.addedAt)}::timestamptz[])
        AS m (list_id, added_at)
      ON CONFLICT DO NOTHING RETURNING lane, list_id, user_id
    ), ${keepingSizes(to.lane, 'added', 1)}
    SELECT lane, list_id AS "listId", user_id AS "userId" FROM added`.execute(transaction);
  if (entered.length > 0)
    await announce(
      transaction,
      entered.map((each) => listHappening('entered', projectId, each, at)),
    );
}

/** What reports of imports say of these users: rows that name them, a number however it was written. */
async function forgetReports(
  transaction: Database,
  projectId: number,
  users: readonly User[],
): Promise<void> {
  const texts = users.flatMap((user) => identitiesOf(user).map(({ value }) => value.toLowerCase()));
  const digits = users.flatMap(({ phoneNumber }) => {
    const national = phoneNumber && parsePhoneNumberFromString(phoneNumber)?.nationalNumber;
    return phoneNumber ? [phoneNumber.slice(1), ...(national ? [String(national)] : [])] : [];
  });
  const names = (text: RawBuilder<unknown>) => sql`(lower(${text}) = ANY(${texts}::text[])
      OR ltrim(regexp_replace(${text}, '[^0-9]', '', 'g'), '0') = ANY(${digits}::text[]))`;
  await sql`
    WITH gone AS (
      DELETE FROM import_row_cells r USING import i
      WHERE i.id = r.import_id AND i.project_id = ${projectId}
        AND EXISTS (SELECT 1 FROM jsonb_array_elements_text(r.cells) AS cell WHERE ${names(sql`cell`)})
      RETURNING r.import_id, r.row_number
    )
    DELETE FROM import_row_report r USING import i
    WHERE i.id = r.import_id AND i.project_id = ${projectId}
      AND (${names(sql`r.value`)} OR (r.import_id, r.row_number) IN (SELECT import_id, row_number FROM gone))
  `.execute(transaction);
}
