import { type Selectable, sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { CouponPoolTable } from '../../database/tables/content.ts';
import { askTogether, overLanes } from '../../lanes/over-lanes.sql.ts';

/** For what a person gets a code of their own: once and for all, for each campaign, or for each message. */
export const oneFor = ['person', 'campaign', 'message'] as const;
export type OneFor = (typeof oneFor)[number];

/** A pool of codes, as its row has it. */
export type CouponPool = Selectable<CouponPoolTable>;

/** How many codes of a pool there are. */
export interface CodeCounts {
  poolId: number;
  /** To be given; of an expired pool they are not. */
  left: number;
  given: number;
  /** Of those given or left, how many had been given to a message that never left. */
  comeBack: number;
}

/** The project's pools of these names. */
export async function poolsByName(
  db: Database,
  projectId: number,
  names: Iterable<string>,
): Promise<Map<string, CouponPool>> {
  const wanted = [...names];
  if (wanted.length === 0) return new Map();
  const rows = await db
    .selectFrom('coupon_pool')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('name', 'in', wanted)
    .execute();
  return new Map(rows.map((row) => [row.name, row]));
}

/** The project's pools, by name. */
export const listPools = (db: Database, projectId: number): Promise<CouponPool[]> =>
  db.selectFrom('coupon_pool').selectAll().where('project_id', '=', projectId).orderBy('name').execute();

/** A pool of the project; undefined where there is none. */
export const findPool = (db: Database, projectId: number, id: number): Promise<CouponPool | undefined> =>
  db
    .selectFrom('coupon_pool')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst();

/** What may be said of a pool. */
export interface PoolFields {
  name: string;
  description: string | null;
  one_for: OneFor;
  expires_at: Date | null;
  alarm_below: number | null;
}

/** Makes a pool; null where the project has one of this name. */
export async function insertPool(
  db: Database,
  projectId: number,
  fields: PoolFields,
  at: Date,
): Promise<CouponPool | null> {
  const row = await db
    .insertInto('coupon_pool')
    .values({ ...fields, project_id: projectId, created_at: at, updated_at: at })
    .onConflict((conflict) => conflict.columns(['project_id', 'name']).doNothing())
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** Changes a pool, whose alarm may sound again. */
export const updatePool = (
  db: Database,
  { project_id, id }: CouponPool,
  fields: Omit<PoolFields, 'name'>,
  at: Date,
): Promise<CouponPool> =>
  db
    .updateTable('coupon_pool')
    .set({ ...fields, alarmed_at: null, updated_at: at })
    .where('project_id', '=', project_id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

/**
 * Says what codes a pool is about to get, before it has them; its alarm may sound again. The pool is not deleted until the
 * transaction ends; false where it is gone already.
 */
export async function expectCodes(
  db: Database,
  { project_id, id }: CouponPool,
  { longest, alphanumeric }: { longest: number; alphanumeric: boolean },
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE coupon_pool SET longest_code = greatest(longest_code, ${longest}::smallint),
      is_alphanumeric = is_alphanumeric AND ${alphanumeric}::boolean, alarmed_at = NULL
    WHERE project_id = ${project_id} AND id = ${id} RETURNING id`.execute(db);
  return rows.length > 0;
}

/** Deletes a pool whose codes are deleted. */
export async function deletePoolRow(db: Database, { project_id, id }: CouponPool): Promise<void> {
  await db.deleteFrom('coupon_pool').where('project_id', '=', project_id).where('id', '=', id).execute();
}

/** Counts the codes of pools. */
export async function countCodes(db: Database, poolIds: readonly number[]): Promise<Map<number, CodeCounts>> {
  const counts = new Map<number, CodeCounts>(
    poolIds.map((poolId) => [poolId, { poolId, left: 0, given: 0, comeBack: 0 }]),
  );
  if (poolIds.length === 0) return counts;
  const rows = await askTogether(db, (ask) =>
    ask.overLanes(
      (isIn) => sql<CodeCounts>`
        SELECT pool_id AS "poolId", count(*) FILTER (WHERE state = 'free')::int AS left,
          count(*) FILTER (WHERE state = 'given')::int AS given,
          count(*) FILTER (WHERE has_come_back AND state <> 'elsewhere')::int AS "comeBack"
        FROM coupon WHERE lane ${isIn} AND pool_id = ANY (${poolIds}::int[]) GROUP BY pool_id`,
    ),
  );
  for (const { poolId, left, given, comeBack } of rows) {
    const sum = counts.get(poolId);
    if (!sum) continue;
    sum.left += left;
    sum.given += given;
    sum.comeBack += comeBack;
  }
  return counts;
}

/** To whom the codes of a pool were given, by campaign. */
export function givenByCampaign(
  db: Database,
  poolId: number,
): Promise<{ campaignId: number | null; codes: number }[]> {
  return askTogether(db, async (ask) => {
    const rows = await ask.overLanes(
      (isIn) => sql<{ campaignId: number | null; codes: number }>`
        SELECT campaign_id AS "campaignId", count(*)::int AS codes FROM coupon
        WHERE lane ${isIn} AND pool_id = ${poolId} AND state = 'given' GROUP BY campaign_id`,
    );
    const sums = new Map<number | null, number>();
    for (const { campaignId, codes } of rows) sums.set(campaignId, (sums.get(campaignId) ?? 0) + codes);
    return [...sums]
      .map(([campaignId, codes]) => ({ campaignId, codes }))
      .toSorted((a, b) => b.codes - a.codes);
  });
}

/** The codes left in all lanes, of each no more than so many. */
export async function countFreeUpTo(db: Database, poolId: number, ofLane: number): Promise<number> {
  const rows = await overLanes(
    db,
    (isIn) => sql<{ left: number }>`
      SELECT sum(n)::int AS left FROM (
        SELECT l.lane, (SELECT count(*) FROM (
          SELECT 1 FROM coupon c WHERE c.lane = l.lane AND c.pool_id = ${poolId} AND c.state = 'free' LIMIT ${ofLane}
        ) few) AS n
        FROM lane l WHERE l.lane ${isIn}
      ) counted`,
  );
  return rows.reduce((sum, { left }) => sum + (left ?? 0), 0);
}
