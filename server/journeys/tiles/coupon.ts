import { Type } from 'typebox';
import { poolsByName } from '../../content/coupons/coupon-pools.sql.ts';
import { foreseeCoupons, givenForOf, noneLeft, poolFault } from '../../content/coupons/coupon-wishes.ts';
import { giveCodes, holdCodes } from '../../content/coupons/deal-codes.sql.ts';
import { NoCoupon } from '../../content/rendering/helpers/helper.ts';
import { dealAgain } from '../../delivery/admission/deal-coupons.ts';
import { takeMessageIds } from '../../delivery/admission/new-message.ts';
import { type Rehearsed, tileKind } from '../definition/tile-kind.ts';
import { next, target } from '../definition/ways.ts';
import type { Memory } from '../runs/run.ts';

const schema = Type.Object(
  {
    kind: Type.Literal('coupon'),
    pool: Type.String({ minLength: 1, maxLength: 255, description: 'The name of a pool of codes' }),
    as: Type.String({
      pattern: '^[A-Za-z_][A-Za-z0-9_]{0,99}$',
      description: 'Under which name the code stands: {{name}} in messages, name in the conditions of splits',
    }),
    next: target,
    none: Type.Optional(target),
  },
  {
    additionalProperties: false,
    description:
      'Gives each person a code of a pool, which is kept for the passage. Who gets none, since none is left or the pool has expired, goes on by none, which is next unless told',
  },
);

/** Journeys stand in the numbers of requests beyond all that there may be: a pool with one code a campaign gives one a journey. */
const asRequest = (journeyId: number): number => 1_000_000_000_000 + journeyId;

/** Gives people codes of a pool of coupons. */
export const couponTile = tileKind('coupon', schema, ({ as, pool: name, ...tile }, _id, place, ground) => {
  if (as === 'coupon')
    throw ground.refuse(`${place}.as`, 'is the name of a helper of templates; give another');
  return {
    stored: { ...tile, pool: name, as },
    ways: new Map([
      [next, tile.next],
      ['none', tile.none ?? tile.next],
    ]),
    words: `get a code of the coupon pool “${name}”, as ${as}`,
    takesTime: false,
    hears: [],
    deals: name,
    finds: as,
    act: ({ db }, { projectId, lane, now }, _runs, settle) =>
      // The code and where its person goes on are one transaction: a crash leaves both or neither.
      dealAgain(() =>
        db.transaction().execute((transaction) =>
          settle(transaction, async (all) => {
            // Nothing that others could use is given to who is held out.
            const held = all.filter(({ isHeldOut }) => !isHeldOut);
            if (held.length === 0) return new Map();
            const pool = (await poolsByName(transaction, projectId, [name])).get(name);
            const fault = poolFault(name, pool, now);
            if (fault !== null || !pool)
              return new Map(held.map(({ id }): [number, Memory] => [id, { fault }]));
            const visits = await takeMessageIds(transaction, held.length);
            const wishes = held.map(({ userId, journeyId }, index) => ({
              userId,
              givenFor: givenForOf(pool, {
                ...{ userId, campaignId: null, requestId: asRequest(journeyId) },
                messageId: visits[index] ?? 0,
              }),
            }));
            const codes = await holdCodes(transaction, lane, pool, wishes);
            const given = codes.map((code) => ({ ...code, messageId: null, campaignId: null }));
            await giveCodes(transaction, lane, given, now);
            const codeOf = new Map(codes.map(({ userId, code }) => [userId, code]));
            return new Map(
              held.map(({ id, userId }): [number, Memory] => {
                const code = codeOf.get(userId);
                return [id, code === undefined ? { fault: noneLeft(name) } : { code }];
              }),
            );
          }),
        ),
      ),
    rehearsal: {
      act: async ({ db, projectId, lane, nowOf, nextId, stock }, all) => {
        const runs = all.filter(({ isHeldOut }) => !isHeldOut);
        if (runs.length === 0) return new Map();
        const pool = (await poolsByName(db, projectId, [name])).get(name);
        const messages = runs.map(({ userId, journeyId }) => ({
          ...{ userId, messageId: nextId(), requestId: asRequest(journeyId), campaignId: null },
        }));
        const now = new Date(Math.min(...runs.map((run) => nowOf(run).getTime())));
        const asked = { projectId, lane, names: new Set([name]), messages, stock, now };
        const couponsOf = await foreseeCoupons(db, asked);
        return new Map(
          runs.map((run): [number, Rehearsed] => {
            const fault = poolFault(name, pool, nowOf(run));
            if (fault !== null) return [run.id, { memory: { fault } }];
            try {
              return [run.id, { memory: { code: couponsOf(run.userId)(name) } }];
            } catch (error) {
              if (error instanceof NoCoupon) return [run.id, { memory: { fault: error.message } }];
              throw error;
            }
          }),
        );
      },
      unforeseen:
        'how many get a code is foreseen, but not who is the last to: they are dealt in the order in which people are gone through',
    },
    step: ({ isHeldOut, memory: { code, fault } }) => {
      if (isHeldOut) return { go: next, seen: { skipReason: 'holdout' } };
      return typeof code === 'string'
        ? { go: next, seen: { code }, data: { [as]: code } }
        : { go: 'none', seen: { fault: fault ?? null } };
    },
  };
});
