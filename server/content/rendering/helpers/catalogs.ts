import Handlebars from 'handlebars';
import { valuesOfFields } from '../../lookups/values-of-fields.ts';
import { UnsendableMessage } from '../../unsendable.ts';
import { HelperFault, type TemplateHelper } from './helper.ts';
import { type Found, lookUp } from './look-up.ts';
import { text } from './values.ts';

/** Items of one list that are looked up: as many as one of Iterable's collections has. */
const mostKeys = 50;
/** Characters of what was looked for that are kept with the skip. */
const longestDetail = 500;

const nothing: Found = { pending: false, value: undefined };

/** Iterable's helpers of catalogs. */
export const catalogHelpers: Readonly<Record<string, TemplateHelper>> = {
  catalog: {
    block: [2, 2],
    needs: 'none',
    run(this: unknown, catalog: unknown, itemId: unknown, options: Handlebars.HelperOptions) {
      const [name, key] = [text(catalog).trim(), text(itemId).trim()];
      return shown(this, itemOf(options, name, key), `${name} ${key}`.trim(), options);
    },
  },
  catalogKeys: {
    block: [2, 2],
    needs: 'none',
    run(this: unknown, catalog: unknown, itemIds: unknown, options: Handlebars.HelperOptions) {
      const name = text(catalog).trim();
      const keys = [itemIds].flat().map((each) => text(each).trim());
      if (keys.length > mostKeys)
        throw new HelperFault(
          `catalogKeys: ${keys.length} ids are given for this person; it takes ${mostKeys}`,
        );
      const items = keys.map((key) => itemOf(options, name, key));
      const there = items.flatMap((item) => (item.pending || item.value === undefined ? [] : [item.value]));
      const found = {
        pending: items.some((item) => item.pending),
        value: there.length === 0 ? undefined : there,
      };
      return shown(this, found, `${name} ${keys.join(', ')}`.trim(), options);
    },
  },
  catalogCollection: {
    block: [1, 1],
    needs: 'none',
    run(this: unknown, collection: unknown, options: Handlebars.HelperOptions) {
      const name = text(collection).trim();
      const fields = lookUp(options, { of: 'catalogCollection', collection: name, values: null });
      const found =
        fields.pending || !Array.isArray(fields.value)
          ? fields
          : lookUp(options, {
              of: 'catalogCollection',
              collection: name,
              values: valuesOfFields(fields.value.map(String), options.data.root),
            });
      const isEmpty = !found.pending && Array.isArray(found.value) && found.value.length === 0;
      return shown(this, isEmpty ? nothing : found, `collection ${name}`, options);
    },
  },
};

const itemOf = (options: Handlebars.HelperOptions, catalog: string, itemId: string): Found =>
  itemId === '' ? nothing : lookUp(options, { of: 'catalog', catalog, itemId });

/**
 * Shows the block of what was found, by its name or as the subject. Where nothing was: the `{{else}}`; without one, or with
 * `required=true`, the person gets no message; `required=false` shows nothing, as Iterable does by itself.
 */
function shown(subject: unknown, found: Found, what: string, options: Handlebars.HelperOptions): unknown {
  const { isNamed, hasElse, required } = options.hash;
  if (!found.pending && found.value !== undefined) {
    const data = Handlebars.createFrame(options.data);
    return options.fn(isNamed ? subject : found.value, { data, blockParams: [found.value] });
  }
  const isNeeded = required === undefined ? !hasElse : String(required) === 'true';
  if (isNeeded && !found.pending)
    throw new UnsendableMessage('missingCatalogItem', what.slice(0, longestDetail));
  return options.inverse(subject);
}
