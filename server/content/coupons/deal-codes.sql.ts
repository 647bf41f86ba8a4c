import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { here } from '../../lanes/here.sql.ts';
import { laneCount } from '../../lanes/lanes.ts';
import { overLanes } from '../../lanes/over-lanes.sql.ts';
import { laneOfCode } from './add-codes.sql.ts';
import type { CouponPool } from './coupon-pools.sql.ts';

/** Somebody who is to have a code: `givenFor` tells codes of one person and pool apart (`oneFor`). */
export interface CodeWish {
  userId: number;
  givenFor: number;
}

/** A code that is held for a person until the transaction ends, and is theirs when it is given. */
export interface HeldCode extends CodeWish {
  poolId: number;
  projectId: number;
  code: string;
  folded: string;
  /** The lane it lies in. */
  lane: number;
  /** Whether it is that person's already. */
  isTheirs: boolean;
}

/**
 * Holds a code of a pool for each of these people of a lane, to the end of the transaction: the one that is theirs already,
 * else one of the lane's, else one that lies in another lane. Who is not in the answer gets none: none is left that is not
 * being given at this moment. Waits for nobody but who changes the codes of these very people.
 */
export async function holdCodes(
  transaction: Database,
  lane: number,
  pool: CouponPool,
  wishes: readonly CodeWish[],
): Promise<HeldCode[]> {
  const ofPool = { poolId: pool.id, projectId: pool.project_id };
  const { rows: theirs } = await sql<{ userId: number; givenFor: number; code: string; folded: string }>`
    SELECT user_id AS "userId", given_for AS "givenFor", code, folded FROM coupon
    WHERE lane = ${lane} AND pool_id = ${pool.id} AND user_id = ANY (${wishes.map(({ userId }) => userId)}::bigint[])
      AND (user_id::text || ' ' || given_for::text) = ANY (${wishes.map(({ userId, givenFor }) => `${userId} ${givenFor}`)}::text[])
    ORDER BY folded, code FOR UPDATE`.execute(transaction);
  const held: HeldCode[] = theirs.map((row) => ({ ...row, ...ofPool, lane, isTheirs: true }));
  const have = new Set(theirs.map(({ userId }) => userId));
  const waiting = wishes.filter(({ userId }) => !have.has(userId));
  const take = async (from: number) => {
    for (const found of await lockFree(transaction, from, pool.id, waiting.length)) {
      const wish = waiting.shift();
      if (wish) held.push({ ...wish, ...found, ...ofPool, lane: from, isTheirs: false });
    }
  };
  if (waiting.length > 0) await take(lane);
  if (waiting.length === 0) return held;
  // An empty pool is found to be so by one question, however many ask it.
  const others = new Set(await lanesWithFree(transaction, pool.id));
  for (let step = 1; step < laneCount && waiting.length > 0; step++) {
    const from = (lane + step) % laneCount;
    if (others.has(from)) await take(from);
  }
  return held;
}

/** The lanes in which codes of a pool are free, as far as it is seen now. */
async function lanesWithFree(db: Database, poolId: number): Promise<number[]> {
  const rows = await overLanes<{ lane: number }>(
    db,
    (isIn) => sql<{ lane: number }>`
      SELECT l.lane FROM lane l WHERE l.lane ${isIn}
        AND EXISTS (SELECT 1 FROM coupon c WHERE c.lane = l.lane AND c.pool_id = ${poolId} AND c.state = 'free')`,
  );
  return rows.map(({ lane }) => lane);
}

/** Locks free codes of a pool in a lane, at most so many; those that somebody else has locked are passed over. */
async function lockFree(
  transaction: Database,
  lane: number,
  poolId: number,
  most: number,
): Promise<{ code: string; folded: string }[]> {
  const { rows } = await sql<{ code: string; folded: string }>`
    SELECT code, folded FROM coupon WHERE lane = ${lane} AND pool_id = ${poolId} AND state = 'free'
    ORDER BY folded, code LIMIT ${most} FOR UPDATE SKIP LOCKED`.execute(transaction);
  return rows;
}

/** A code with the message that shows it; null for one that is given without a message, and stays given. */
export interface GivenCode extends HeldCode {
  messageId: number | null;
  campaignId: number | null;
}

/**
 * Gives codes that this transaction holds to their people, with the messages that show them. A code that a further message
 * shows stays with its person, whatever becomes of the first.
 */
export async function giveCodes(
  transaction: Database,
  lane: number,
  codes: readonly GivenCode[],
  at: Date,
): Promise<void> {
  const again = codes.filter(({ isTheirs }) => isTheirs);
  if (again.length > 0) await keepForGood(transaction, lane, again);
  const ofLane = codes.filter((code) => !code.isTheirs && code.lane === lane);
  if (ofLane.length > 0) await giveInLane(transaction, lane, ofLane, at);
  const foreign = codes.filter((code) => !code.isTheirs && code.lane !== lane);
  for (const [from, own] of Map.groupBy(foreign, (code) => code.lane)) await takeOut(transaction, from, own);
  if (foreign.length > 0) await putGiven(transaction, lane, foreign, at);
}

async function keepForGood(transaction: Database, lane: number, codes: readonly GivenCode[]): Promise<void> {
  await sql`
    UPDATE coupon SET message_id = NULL FROM ${keysOf(codes)}
    WHERE coupon.lane = ${lane} AND coupon.project_id = given.project_id AND coupon.folded = given.folded
      AND coupon.code = given.code AND coupon.message_id IS NOT NULL`.execute(transaction);
}

async function giveInLane(
  transaction: Database,
  lane: number,
  codes: readonly GivenCode[],
  at: Date,
): Promise<void> {
  await sql`
    UPDATE coupon SET state = 'given', user_id = given.user_id, given_for = given.given_for,
      message_id = given.message_id, campaign_id = given.campaign_id, given_at = ${at}::timestamptz
    FROM ${rowsOf(codes)}
    WHERE coupon.lane = ${lane} AND coupon.project_id = given.project_id AND coupon.folded = given.folded
      AND coupon.code = given.code AND coupon.state = 'free'`.execute(transaction);
}

/** Takes codes out of a lane; where a code's own lane is it, a row remains that says so. */
export async function takeOut(
  transaction: Database,
  lane: number,
  codes: readonly Pick<HeldCode, 'projectId' | 'folded' | 'code'>[],
): Promise<void> {
  const isHome = (code: { projectId: number; folded: string }) =>
    laneOfCode(code.projectId, code.folded) === lane;
  const home = codes.filter(isHome);
  const strange = codes.filter((code) => !isHome(code));
  const which = sql`coupon.lane = ${lane} AND coupon.project_id = given.project_id
    AND coupon.folded = given.folded AND coupon.code = given.code`;
  if (home.length > 0)
    await sql`
      UPDATE coupon SET state = 'elsewhere', user_id = NULL, given_for = NULL, message_id = NULL, campaign_id = NULL,
        given_at = NULL
      FROM ${keysOf(home)} WHERE ${which}`.execute(transaction);
  if (strange.length > 0)
    await sql`DELETE FROM coupon USING ${keysOf(strange)} WHERE ${which}`.execute(transaction);
}

/** Puts codes that were taken out of other lanes into this one, given. Where it is a code's own lane its row is there. */
async function putGiven(
  transaction: Database,
  lane: number,
  codes: readonly GivenCode[],
  at: Date,
): Promise<void> {
  await sql`
    INSERT INTO coupon (lane, project_id, folded, code, pool_id, state, user_id, given_for, message_id, campaign_id, given_at)
    SELECT here.lane, given.project_id, given.folded, given.code, given.pool_id, 'given', given.user_id, given.given_for,
      given.message_id, given.campaign_id, ${at}::timestamptz
    FROM ${here(lane)} CROSS JOIN ${rowsOf(codes)}
    ON CONFLICT (lane, project_id, folded, code) DO UPDATE SET state = 'given', user_id = excluded.user_id,
      given_for = excluded.given_for, message_id = excluded.message_id, campaign_id = excluded.campaign_id,
      given_at = excluded.given_at`.execute(transaction);
}

const keysOf = (codes: readonly Pick<HeldCode, 'projectId' | 'folded' | 'code'>[]) => sql`
  unnest(${codes.map(({ projectId }) => projectId)}::int[], ${codes.map(({ folded }) => folded)}::text[],
    ${codes.map(({ code }) => code)}::text[]) AS given (project_id, folded, code)`;

const rowsOf = (codes: readonly GivenCode[]) => sql`
  unnest(${codes.map(({ projectId }) => projectId)}::int[], ${codes.map(({ folded }) => folded)}::text[],
    ${codes.map(({ code }) => code)}::text[], ${codes.map(({ poolId }) => poolId)}::int[],
    ${codes.map(({ userId }) => userId)}::bigint[], ${codes.map(({ givenFor }) => givenFor)}::bigint[],
    ${codes.map(({ messageId }) => messageId)}::bigint[], ${codes.map(({ campaignId }) => campaignId)}::int[])
    AS given (project_id, folded, code, pool_id, user_id, given_for, message_id, campaign_id)`;

/**
 * Of these messages of a lane those that alone show a code, which could come back; their codes are held to the end of the
 * transaction.
 */
export async function messagesWithCodes(
  transaction: Database,
  lane: number,
  messageIds: readonly number[],
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    SELECT message_id AS id FROM coupon WHERE lane = ${lane} AND message_id = ANY (${messageIds}::bigint[])
    ORDER BY pool_id, folded, code FOR UPDATE`.execute(transaction);
  return [...new Set(rows.map(({ id }) => id))];
}

/** The codes of messages that never left, nor ever will, are free again, in the lane they lie in. */
export async function takeBackCodes(
  transaction: Database,
  lane: number,
  messageIds: readonly number[],
): Promise<void> {
  await sql`
    UPDATE coupon SET state = 'free', user_id = NULL, given_for = NULL, message_id = NULL, campaign_id = NULL,
      given_at = NULL, has_come_back = true
    WHERE lane = ${lane} AND message_id = ANY (${messageIds}::bigint[])`.execute(transaction);
}

/** The codes that people of a lane have of these pools, with what they were given for. */
export async function codesOfPeople(
  db: Database,
  lane: number,
  poolIds: readonly number[],
  userIds: readonly number[],
): Promise<{ poolId: number; userId: number; givenFor: number; code: string }[]> {
  const { rows } = await sql<{ poolId: number; userId: number; givenFor: number; code: string }>`
    SELECT pool_id AS "poolId", user_id AS "userId", given_for AS "givenFor", code FROM coupon
    WHERE lane = ${lane} AND user_id = ANY (${userIds}::bigint[]) AND pool_id = ANY (${poolIds}::int[])
      AND given_for IS NOT NULL`.execute(db);
  return rows;
}

/** Deletes the codes of a pool in a lane. */
export async function deleteCodes(db: Database, lane: number, poolId: number): Promise<void> {
  await sql`DELETE FROM coupon WHERE lane = ${lane} AND pool_id = ${poolId}`.execute(db);
}
