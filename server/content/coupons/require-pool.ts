import type { Database } from '../../database/connect.ts';
import { ApiError } from '../../http/errors.ts';
import { type CouponPool, findPool } from './coupon-pools.sql.ts';

/** A pool of the project. @throws ApiError NotFound */
export async function requirePool(db: Database, projectId: number, id: number): Promise<CouponPool> {
  const pool = await findPool(db, projectId, id);
  if (!pool)
    throw new ApiError(
      'NotFound',
      `No coupon pool ${id} in this project; GET /api/coupons/pools lists them`,
      {
        field: 'id',
        value: id,
      },
    );
  return pool;
}
