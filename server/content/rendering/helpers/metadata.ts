import Handlebars from 'handlebars';
import { renderLimits } from '../render-limits.ts';
import { budgetOf, HelperFault, type RenderBudget, type TemplateHelper } from './helper.ts';
import { text } from './values.ts';

/** The helper of Iterable's metadata tables. */
export const metadataHelpers: Readonly<Record<string, TemplateHelper>> = {
  /**
   * `as |name|` gives the value that name and leaves all other fields as they are; without it the value is the
   * block's subject. Where there is no value the `{{else}}` is shown; a block that has none leaves a hole.
   */
  metadata: {
    block: [2, 2],
    needs: 'none',
    run(this: unknown, table: unknown, key: unknown, options: Handlebars.HelperOptions) {
      const budget = budgetOf(options);
      const [name, wanted] = [text(table).trim(), text(key).trim()];
      const value = name === '' || wanted === '' ? undefined : read(budget, name, wanted);
      const { isNamed, hasElse } = options.hash;
      if (value === undefined || value === null) {
        if (!hasElse) budget.missing.add(['metadata', name, wanted].filter((part) => part !== '').join(' '));
        return options.inverse(this);
      }
      const data = Handlebars.createFrame(options.data);
      return options.fn(isNamed ? this : value, { data, blockParams: [value] });
    },
  },
};

/** Reads a key, unless the message has asked for more than it may. */
function read({ work, readMetadata }: RenderBudget, table: string, key: string): unknown {
  work.lookups ??= new Set();
  work.lookups.add(JSON.stringify([table, key]));
  if (work.lookups.size > renderLimits.lookups)
    throw new HelperFault(
      `metadata: the message asks for more than ${renderLimits.lookups} keys for this person; ask for fewer, or keep what belongs together under one key`,
    );
  return readMetadata(table, key);
}
