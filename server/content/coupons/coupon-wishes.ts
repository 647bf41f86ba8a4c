import type { Database } from '../../database/connect.ts';
import { NoCoupon } from '../rendering/helpers/helper.ts';
import { specimenCode } from './code-rules.ts';
import { type CouponPool, countCodes, countFreeUpTo, poolsByName } from './coupon-pools.sql.ts';
import { codesOfPeople } from './deal-codes.sql.ts';

/** The person's code of a pool, by its name. @throws NoCoupon where there is none for them. */
export type ReadCoupon = (pool: string) => string;

/**
 * Who reads the codes of a person. It is asked for anew each time that their message is made: what was shown before, while something
 * that the message looks up was not known yet, counts for nothing.
 */
export type CouponsOf = (userId: number) => ReadCoupon;

/** A message that would show a code. */
export interface CouponMessage {
  userId: number;
  messageId: number;
  requestId: number;
  campaignId: number | null;
}

/** By what a person's codes of a pool are told apart: nothing, the campaign, or the message. Pure. */
export function givenForOf({ one_for }: CouponPool, message: CouponMessage): number {
  switch (one_for) {
    case 'person':
      return 0;
    case 'campaign':
      return message.campaignId ?? -message.requestId;
    case 'message':
      return message.messageId;
  }
}

/** Why a pool gives no code to anybody; null where it may. Pure. */
export function poolFault(name: string, pool: CouponPool | undefined, now: Date): string | null {
  if (!pool) return `there is no coupon pool “${name}”`;
  return pool.expires_at !== null && pool.expires_at <= now
    ? `the coupon pool “${name}” expired at ${pool.expires_at.toISOString()}`
    : null;
}

/** Why one gets no code of a pool that is empty. */
export const noneLeft = (name: string): string => `the coupon pool “${name}” has no code left`;

/** Codes for who only looks: specimens, of which none is given away. */
export async function specimenCoupons(
  db: Database,
  projectId: number,
  names: ReadonlySet<string>,
  now: Date,
): Promise<ReadCoupon> {
  const pools = await poolsByName(db, projectId, names);
  return (name) => {
    const pool = pools.get(name);
    const fault = poolFault(name, pool, now);
    if (fault !== null || !pool) throw new NoCoupon(fault ?? '');
    return specimenCode({ longest: pool.longest_code });
  };
}

/** How many codes of each pool are taken for left while people are gone through who would get some. */
export type ImaginedStock = Map<number, number>;

/** Whether these pools have codes left for so many people, as a stock for them: far fewer are counted than there may be. */
export async function stockFor(
  db: Database,
  projectId: number,
  names: ReadonlySet<string>,
  people: number,
): Promise<ImaginedStock> {
  const pools = [...(await poolsByName(db, projectId, names)).values()];
  const counts = await Promise.all(pools.map(({ id }) => countFreeUpTo(db, id, people)));
  return new Map(pools.map(({ id }, index) => [id, counts[index] ?? 0]));
}

/** How many codes each of these pools has left, of which only `share` is for who is asked about. */
export async function imaginedStock(
  db: Database,
  projectId: number,
  names: ReadonlySet<string>,
  share: number,
): Promise<ImaginedStock> {
  const ids = [...(await poolsByName(db, projectId, names)).values()].map(({ id }) => id);
  const counts = await countCodes(db, ids);
  return new Map(ids.map((id) => [id, Math.floor((counts.get(id)?.left ?? 0) * share)]));
}

/** People of a lane of whom it is asked what codes they would be shown. */
interface Foreseen {
  projectId: number;
  lane: number;
  names: ReadonlySet<string>;
  messages: readonly CouponMessage[];
  stock: ImaginedStock;
  now: Date;
}

/**
 * What people of a lane would be shown: the code that is theirs, else a specimen while the stock lasts, of which each takes
 * one. Nothing is given.
 */
export async function foreseeCoupons(
  db: Database,
  { projectId, lane, names, messages, stock, now }: Foreseen,
): Promise<CouponsOf> {
  const pools = await poolsByName(db, projectId, names);
  const ids = [...pools.values()].map(({ id }) => id);
  const key = (poolId: number, userId: number, givenFor: number) => `${poolId} ${userId} ${givenFor}`;
  const codes = await codesOfPeople(
    db,
    lane,
    ids,
    messages.map(({ userId }) => userId),
  );
  const known = new Map(codes.map((each) => [key(each.poolId, each.userId, each.givenFor), each.code]));
  const byUser = new Map(messages.map((message) => [message.userId, message]));
  /** What each person's message took of the stock, as it was made last. */
  const taken = new Map<number, { key: string; poolId: number }[]>();
  return (userId) => {
    for (const { key: mine, poolId } of taken.get(userId) ?? []) {
      known.delete(mine);
      stock.set(poolId, (stock.get(poolId) ?? 0) + 1);
    }
    const takes: { key: string; poolId: number }[] = [];
    taken.set(userId, takes);
    return (name) => {
      const pool = pools.get(name);
      const fault = poolFault(name, pool, now);
      const message = byUser.get(userId);
      if (fault !== null || !pool || !message) throw new NoCoupon(fault ?? noneLeft(name));
      const mine = key(pool.id, userId, givenForOf(pool, message));
      const code = known.get(mine);
      if (code !== undefined) return code;
      const left = stock.get(pool.id) ?? 0;
      if (left <= 0) throw new NoCoupon(noneLeft(name));
      stock.set(pool.id, left - 1);
      takes.push({ key: mine, poolId: pool.id });
      const specimen = specimenCode({ longest: pool.longest_code });
      known.set(mine, specimen);
      return specimen;
    };
  };
}
