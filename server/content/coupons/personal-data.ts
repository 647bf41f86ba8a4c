import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { here } from '../../lanes/here.sql.ts';
import { byLane } from '../../users/by-lane.ts';
import type { PersonalData, UserMove } from '../../users/people.ts';
import { takeOut } from './deal-codes.sql.ts';

/**
 * A person's codes go with them when they are merged; of a deleted person it is only known that the codes were given. Acts
 * after messages have, so that codes of those that leave no more are free by then.
 */
export const couponData: PersonalData = {
  tables: ['coupon'],
  moveUser: moveCodes,
  forgetUsers: async (transaction, { lane, users, merged }) => {
    const owners = [...users.map(({ id }) => ({ lane, id })), ...merged];
    for (const [own, group] of byLane(owners, (owner) => owner.lane))
      await sql`
        UPDATE coupon SET user_id = NULL, given_for = NULL, message_id = NULL
        WHERE lane = ${own} AND user_id = ANY (${group.map(({ id }) => id)}::bigint[])`.execute(transaction);
  },
  inUse: async (db, lane, userIds) => {
    const { rows } = await sql<{ id: number }>`
      SELECT DISTINCT user_id AS id FROM coupon
      WHERE lane = ${lane} AND user_id = ANY (${userIds}::bigint[])`.execute(db);
    return rows.map(({ id }) => id);
  },
};

interface MovedCode {
  projectId: number;
  folded: string;
  code: string;
  poolId: number;
  givenFor: number | null;
  campaignId: number | null;
  givenAt: Date;
}

/** Where both have a code for the same, the destination's remains what they are shown; the other stays given all the same. */
async function moveCodes(transaction: Database, { from, to }: UserMove): Promise<void> {
  const { rows } = await sql<MovedCode>`
    SELECT project_id AS "projectId", folded, code, pool_id AS "poolId", given_for AS "givenFor",
      campaign_id AS "campaignId", given_at AS "givenAt"
    FROM coupon WHERE lane = ${from.lane} AND user_id = ${from.id} ORDER BY pool_id, folded, code FOR UPDATE`.execute(
    transaction,
  );
  if (rows.length === 0) return;
  const { rows: theirs } = await sql<{ key: string }>`
    SELECT pool_id || ' ' || given_for AS key FROM coupon
    WHERE lane = ${to.lane} AND user_id = ${to.id} AND given_for IS NOT NULL`.execute(transaction);
  const have = new Set(theirs.map(({ key }) => key));
  const moved = rows.map((row) => ({
    ...row,
    givenFor: row.givenFor !== null && have.has(`${row.poolId} ${row.givenFor}`) ? null : row.givenFor,
  }));
  await takeOut(transaction, from.lane, moved);
  await sql`
    INSERT INTO coupon (lane, project_id, folded, code, pool_id, state, user_id, given_for, campaign_id, given_at)
    SELECT here.lane, g.project_id, g.folded, g.code, g.pool_id, 'given', ${to.id}::bigint, g.given_for, g.campaign_id, g.given_at
    FROM ${here(to.lane)} CROSS JOIN unnest(
      ${moved.map(({ projectId }) => projectId)}::int[], ${moved.map(({ folded }) => folded)}::text[],
      ${moved.map(({ code }) => code)}::text[], ${moved.map(({ poolId }) => poolId)}::int[],
      ${moved.map(({ givenFor }) => givenFor)}::bigint[], ${moved.map(({ campaignId }) => campaignId)}::int[],
      ${moved.map(({ givenAt }) => givenAt)}::timestamptz[]
    ) AS g (project_id, folded, code, pool_id, given_for, campaign_id, given_at)
    ON CONFLICT (lane, project_id, folded, code) DO UPDATE SET state = 'given', user_id = excluded.user_id,
      given_for = excluded.given_for, message_id = NULL, campaign_id = excluded.campaign_id, given_at = excluded.given_at`.execute(
    transaction,
  );
}
