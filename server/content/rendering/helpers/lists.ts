import Handlebars from 'handlebars';
import { budgetOf, HelperFault, isBlock, split, type TemplateHelper } from './helper.ts';
import { compare, isFalsy, text, toNumber } from './values.ts';

/** The value a dotted path leads to, over own fields only. */
function valueAt(value: unknown, path: string): unknown {
  let at = value;
  for (const name of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = Reflect.get(at, name);
  }
  return at;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function each(this: unknown, items: unknown, options: Handlebars.HelperOptions): string {
  const entries: [unknown, unknown][] = Array.isArray(items)
    ? [...items.entries()]
    : items !== null && typeof items === 'object'
      ? Object.entries(items)
      : [];
  if (entries.length === 0) return options.inverse(this);
  const budget = budgetOf(options);
  let output = '';
  entries.forEach(([key, value], index) => {
    takeTurn(options);
    const data = Handlebars.createFrame(options.data);
    Object.assign(data, { key, index, first: index === 0, last: index === entries.length - 1 });
    output += options.fn(value, { data, blockParams: [value, key] });
    if (output.length > budget.outputLimit)
      throw new HelperFault(`the text grows past ${budget.outputLimit} characters`);
  });
  return output;
}

function takeTurn(options: Handlebars.HelperOptions, turns = 1): void {
  const budget = budgetOf(options);
  budget.iterationsLeft -= turns;
  if (budget.iterationsLeft < 0) throw new HelperFault('too many turns of #each');
}

/** Renders a block for one value, which is its subject and its `as |name|`. */
function inside(value: unknown, options: Handlebars.HelperOptions): string {
  return options.fn(value, { data: Handlebars.createFrame(options.data), blockParams: [value] });
}

/** The least or greatest of a list: of its numbers, or as a block the item whose field has it. */
const extreme = (sign: 1 | -1): TemplateHelper => ({
  inline: [1, 2],
  block: [1, 2],
  needs: 'first',
  run(this: unknown, ...given: unknown[]) {
    const { args, options } = split(given);
    const field = text(args[1]);
    const numberOf = (item: unknown) => toNumber(field === '' ? item : valueAt(item, field));
    const found = listOf(args[0])
      .filter((item) => numberOf(item) !== null)
      .reduce<unknown>(
        (best, item) =>
          best === undefined || sign * ((numberOf(item) ?? 0) - (numberOf(best) ?? 0)) > 0 ? item : best,
        undefined,
      );
    if (!isBlock(options)) return field === '' ? found : valueAt(found, field);
    return found === undefined ? options.inverse(this) : inside(found, options);
  },
});

/** Sorts by one field or several, `field="category,price"`. */
function sorted(items: readonly unknown[], fields: readonly string[], order: string): unknown[] {
  const sign = order.toLowerCase() === 'desc' ? -1 : 1;
  return items.toSorted((a, b) => {
    for (const field of fields) {
      const by = field === '' ? compare(a, b) : compare(valueAt(a, field), valueAt(b, field));
      if (by !== 0) return sign * by;
    }
    return 0;
  });
}

/** Iterable puts no more than the first hundred items into groups. */
const mostGrouped = 100;

function grouped(items: readonly unknown[], fields: readonly string[]) {
  const groups = new Map<string, { key: Record<string, unknown>; count: number; items: unknown[] }>();
  for (const item of items.slice(0, mostGrouped)) {
    const key = Object.fromEntries(
      fields.map((field) => [field.slice(field.lastIndexOf('.') + 1), valueAt(item, field)]),
    );
    const name = JSON.stringify(key);
    const group = groups.get(name) ?? { key, count: 0, items: [] };
    groups.set(name, group);
    group.items.push(item);
    group.count++;
  }
  return [...groups.values()];
}

const fieldsOf = (options: Handlebars.HelperOptions): string[] =>
  text(options.hash.field)
    .split(',')
    .map((field) => field.trim());

/** What is in one list and, as asked, is or is not in the other. */
const difference = (isIn: boolean, ofFirst: boolean): TemplateHelper => ({
  inline: [2, 2],
  needs: 'none',
  run: (left: unknown, right: unknown) => {
    const [list, other] = (ofFirst ? [left, right] : [right, left]).map(listOf);
    return (list ?? []).filter((item) => (other ?? []).some((each) => compare(item, each) === 0) === isIn);
  },
});

/** Helpers of lists and objects. */
export const listHelpers: Readonly<Record<string, TemplateHelper>> = {
  each: { block: [1, 1], needs: 'none', run: each },
  with: {
    block: [1, 1],
    needs: 'none',
    run(this: unknown, value: unknown, options) {
      return isFalsy(value) ? options.inverse(this) : inside(value, options);
    },
  },
  lookup: {
    inline: [2, 2],
    block: [2, 2],
    needs: 'result',
    run(this: unknown, ...given: unknown[]) {
      const { args, options } = split(given);
      const [value, key] = [args[0], text(args[1])];
      const found =
        typeof value === 'object' && value !== null && Object.hasOwn(value, key)
          ? Reflect.get(value, key)
          : options.hash.resolveKey === false
            ? undefined
            : valueAt(value, key);
      if (!isBlock(options)) return found;
      return found === undefined || found === null ? options.inverse(this) : inside(found, options);
    },
  },
  join: {
    inline: [2, 20],
    needs: 'first',
    run: (...given: unknown[]) => {
      const { args, options } = split(given);
      const between = text(args.at(-1));
      const values = args.slice(0, -1);
      const list = Array.isArray(values[0]) ? values[0] : values;
      if (list.length === 0 || (list.length === 1 && isFalsy(list[0]))) return '';
      return text(options.hash.prefix) + list.map(text).join(between) + text(options.hash.suffix);
    },
  },
  maxInList: extreme(1),
  minInList: extreme(-1),
  sortBy: {
    block: [1, 1],
    needs: 'none',
    run: (items: unknown, options) => {
      const list = listOf(items);
      takeTurn(options, list.length);
      return inside(sorted(list, fieldsOf(options), text(options.hash.order)), options);
    },
  },
  groupBy: {
    block: [1, 1],
    needs: 'none',
    run: (items: unknown, options) => inside(grouped(listOf(items), fieldsOf(options)), options),
  },
  inLeftNotInRight: difference(false, true),
  inRightNotInLeft: difference(false, false),
  inBoth: difference(true, true),
  sizeOf: {
    inline: [1, 1],
    needs: 'none',
    run: (value: unknown) => (Array.isArray(value) ? value.length : valueAt(value, 'size')),
  },
};
