import Handlebars from 'handlebars';
import { budgetOf, grownTooLong, SendSkip, spend, type TemplateHelper } from './helper.ts';
import { text } from './values.ts';

/** Characters of a cause that are kept with the skip. */
const longestCause = 1000;

/** Helpers that set what is used later, and that stop a message. */
export const controlHelpers: Readonly<Record<string, TemplateHelper>> = {
  assign: {
    block: [1, 1],
    needs: 'none',
    run(this: unknown, name: unknown, options) {
      const budget = budgetOf(options);
      // A hole in it is one where it is printed, and none where a default stands in for it.
      const { missing } = budget;
      const holes = new Set<string>();
      budget.missing = holes;
      try {
        const value = text(options.fn(this));
        if (value.length > budget.outputLimit) throw grownTooLong(budget);
        spend(budget, value.length);
        // What was escaped in it is not to be escaped once more where it is printed.
        budget.assigned[text(name)] = value.includes('&') ? new Handlebars.SafeString(value) : value;
      } finally {
        budget.missing = missing;
      }
      budget.holesOf.set(text(name), holes);
      return '';
    },
  },
  sendSkip: {
    inline: [0, 0],
    needs: 'none',
    run: ({ hash }) => {
      const { cause, ...others } = hash;
      const notes = Object.entries(others).map(([name, value]) => `${name}: ${text(value)}`);
      throw new SendSkip([text(cause) || 'sendSkip', ...notes].join('; ').slice(0, longestCause));
    },
  },
};
