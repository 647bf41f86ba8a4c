import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { encodeMessageId } from '../../database/message-id.ts';
import { lanes } from '../../lanes/lanes.ts';
import type { CouponPool } from './coupon-pools.sql.ts';

/** A code that was given, and to whom; a person who was deleted is not named. */
export interface GivenCodeRow {
  code: string;
  email: string | null;
  userId: string | null;
  phoneNumber: string | null;
  campaignId: number | null;
  messageId: string | null;
  givenAt: Date;
}

const pageSize = 2_000;

/** All codes of a pool that were given, a page at a time, lane by lane. */
export async function* givenCodes(
  db: Database,
  { id, project_id }: CouponPool,
): AsyncGenerator<GivenCodeRow[]> {
  for (const lane of lanes) {
    let after: [string, string] | null = ['', ''];
    while (after !== null) {
      const [folded, code]: [string, string] = after;
      const { rows } = await sql<
        Omit<GivenCodeRow, 'messageId'> & { folded: string; message: number | null }
      >`
        SELECT c.code, c.folded, u.email, u.external_id AS "userId", u.phone_number AS "phoneNumber",
          c.campaign_id AS "campaignId", c.message_id AS message, c.given_at AS "givenAt"
        FROM (
          SELECT * FROM coupon WHERE lane = ${lane} AND pool_id = ${id} AND state = 'given'
            AND (folded, code) > (${folded}, ${code}) ORDER BY folded, code LIMIT ${pageSize}
        ) c LEFT JOIN users u ON u.lane = ${lane} AND u.id = c.user_id AND u.project_id = ${project_id}
        ORDER BY c.folded, c.code`.execute(db);
      const last = rows.at(-1);
      after = last && rows.length === pageSize ? [last.folded, last.code] : null;
      if (rows.length > 0)
        yield rows.map(({ folded: _, message, ...row }) => ({
          ...row,
          messageId: message === null ? null : encodeMessageId(lane, message),
        }));
    }
  }
}
