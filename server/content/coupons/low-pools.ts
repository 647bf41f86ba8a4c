import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { laneCount } from '../../lanes/lanes.ts';
import { type CouponPool, countFreeUpTo } from './coupon-pools.sql.ts';

/** A pool that has fewer codes left than its alarm asks for. */
export interface LowPool {
  pool: CouponPool;
  left: number;
  /** When it was found. */
  at: Date;
}

/** Tells of a pool that is low, in the transaction that notes it is told. */
export type TellLow = (transaction: Database, low: LowPool) => Promise<void>;

/** Finds pools that have become low, and tells of each once: again only after codes were added to it. */
export async function tellOfLowPools(db: Database, tell: TellLow, now: Date): Promise<void> {
  const watched = await db
    .selectFrom('coupon_pool')
    .selectAll()
    .where('alarm_below', 'is not', null)
    .where('alarmed_at', 'is', null)
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
    .execute();
  for (const pool of watched) {
    const left = await leftBelow(db, pool, pool.alarm_below ?? 0);
    if (left === null) continue;
    await db.transaction().execute(async (transaction) => {
      const { rows } = await sql`
        UPDATE coupon_pool SET alarmed_at = ${now}
        WHERE project_id = ${pool.project_id} AND id = ${pool.id} AND alarmed_at IS NULL
          AND alarm_below = ${pool.alarm_below} RETURNING id`.execute(transaction);
      if (rows.length > 0) await tell(transaction, { pool, left, at: now });
    });
  }
}

/** How many codes a pool has left where that is fewer than `limit`; null where it is not. Codes lie evenly in lanes. */
async function leftBelow(db: Database, { id }: CouponPool, limit: number): Promise<number | null> {
  const some = await countFreeUpTo(db, id, 2 * Math.ceil(limit / laneCount) + 1);
  if (some >= limit) return null;
  const left = await countFreeUpTo(db, id, limit);
  return left < limit ? left : null;
}
