import Handlebars from 'handlebars';
import { budgetOf, type TemplateHelper } from './helper.ts';
import { lookUp } from './look-up.ts';
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
      const found =
        name === '' || wanted === '' ? null : lookUp(options, { of: 'metadata', table: name, key: wanted });
      const value = found === null || found.pending ? undefined : found.value;
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
