import { budgetOf, HelperFault, type TemplateHelper } from './helper.ts';

/** The helper of coupon pools: the person's code of a pool, the same wherever the message shows it. */
export const couponHelpers: Readonly<Record<string, TemplateHelper>> = {
  coupon: {
    inline: [1, 1],
    needs: 'none',
    run(pool: unknown, options) {
      const { readCoupon } = budgetOf(options);
      if (typeof pool !== 'string') throw new HelperFault('coupon takes the name of a pool in quotes');
      return readCoupon(pool);
    },
  },
};
