import { poolsByName } from '../../content/coupons/coupon-pools.sql.ts';
import {
  type CouponMessage,
  type CouponsOf,
  givenForOf,
  noneLeft,
  poolFault,
} from '../../content/coupons/coupon-wishes.ts';
import { type GivenCode, type HeldCode, holdCodes } from '../../content/coupons/deal-codes.sql.ts';
import { NoCoupon } from '../../content/rendering/helpers/helper.ts';
import type { Database } from '../../database/connect.ts';

/** A person who gets a code in two transactions at once has one of them fail; tried again it finds the code of the other. */
export async function dealAgain<Result>(deal: () => Promise<Result>): Promise<Result> {
  for (let left = 2; ; left--)
    try {
      return await deal();
    } catch (error) {
      if (left === 0 || !isCodeOfPersonTwice(error)) throw error;
    }
}

const isCodeOfPersonTwice = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  error.code === '23505' &&
  'table' in error &&
  /^coupon(?:_\d+)?$/.test(String(error.table));

/** A person's code of a pool, or why there is none. */
type Dealt = HeldCode | string;

/** Whom codes are dealt to. */
interface Asked<Item> {
  projectId: number;
  lane: number;
  items: readonly Item[];
  messageOf: (item: Item) => CouponMessage;
  now: Date;
}

/** What shows in place of a code until it is known which; what is made with it is thrown away. */
const notYet = 'SAMPLE';

/**
 * Makes something of each item with the codes of coupon pools that it asks for. Who asks is not known before, so each is made
 * once to hear it, and again with the codes: all that the items want of a pool are held in one go, to the end of the
 * transaction. `make` is given who reads codes. Answers what was made, with the codes that each shows.
 */
export async function withCoupons<Item, Made>(
  transaction: Database,
  { projectId, lane, items, messageOf, now }: Asked<Item>,
  make: (items: readonly Item[], couponsOf: CouponsOf) => Promise<Made[]>,
): Promise<{ made: Made; codes: GivenCode[] }[]> {
  const dealt = new Map<string, Dealt>();
  const messages = new Map(items.map((item) => [messageOf(item).userId, messageOf(item)]));
  /** What each person's message shows, and which pools it asks for beside: as it was made last. */
  const shown = new Map<number, GivenCode[]>();
  const lacking = new Map<number, Set<string>>();
  const couponsOf: CouponsOf = (userId) => {
    const codes: GivenCode[] = [];
    const lacks = new Set<string>();
    shown.set(userId, codes);
    lacking.set(userId, lacks);
    return (pool) => {
      const known = dealt.get(keyOf(userId, pool));
      if (typeof known === 'string') throw new NoCoupon(known);
      if (known === undefined) {
        lacks.add(pool);
        return notYet;
      }
      const { messageId, campaignId } = messages.get(userId) as CouponMessage;
      codes.push({ ...known, messageId, campaignId });
      return known.code;
    };
  };
  const results: Made[] = [];
  let places = [...items.keys()];
  while (places.length > 0) {
    const made = await make(
      places.map((place) => items[place] as Item),
      couponsOf,
    );
    for (const [index, place] of places.entries()) results[place] = made[index] as Made;
    const asking = new Map([...lacking].filter(([, pools]) => pools.size > 0));
    lacking.clear();
    await deal(transaction, { projectId, lane, messages, now }, usersByPool(asking), dealt);
    places = places.filter((place) => asking.has(messageOf(items[place] as Item).userId));
  }
  return items.map((item, place) => ({
    made: results[place] as Made,
    codes: distinct(shown.get(messageOf(item).userId) ?? []),
  }));
}

function usersByPool(asking: ReadonlyMap<number, ReadonlySet<string>>): Map<string, Set<number>> {
  const wanted = new Map<string, Set<number>>();
  for (const [userId, pools] of asking)
    for (const pool of pools) wanted.set(pool, (wanted.get(pool) ?? new Set()).add(userId));
  return wanted;
}

const keyOf = (userId: number, pool: string) => `${userId} ${pool}`;

/** Pools in the order of their ids, so that all who hold people's codes of several hold them in one order. */
async function deal(
  transaction: Database,
  asked: { projectId: number; lane: number; messages: ReadonlyMap<number, CouponMessage>; now: Date },
  wanted: ReadonlyMap<string, ReadonlySet<number>>,
  dealt: Map<string, Dealt>,
): Promise<void> {
  const pools = await poolsByName(transaction, asked.projectId, wanted.keys());
  const inOrder = [...wanted].toSorted(([a], [b]) => (pools.get(a)?.id ?? 0) - (pools.get(b)?.id ?? 0));
  for (const [name, users] of inOrder) {
    const pool = pools.get(name);
    const fault = poolFault(name, pool, asked.now);
    for (const userId of users) dealt.set(keyOf(userId, name), fault ?? noneLeft(name));
    if (fault !== null || !pool) continue;
    const wishes = [...users].map((userId) => ({
      userId,
      givenFor: givenForOf(pool, asked.messages.get(userId) as CouponMessage),
    }));
    for (const held of await holdCodes(transaction, asked.lane, pool, wishes))
      dealt.set(keyOf(held.userId, name), held);
  }
}

/** A code that a message shows in several places is one. */
const distinct = (codes: readonly GivenCode[]): GivenCode[] => [
  ...new Map(codes.map((code) => [`${code.poolId} ${code.code}`, code])).values(),
];
