import Handlebars from 'handlebars';
import { counted, quoted, renderLimits } from '../render-limits.ts';
import {
  budgetOf,
  grownTooLong,
  HelperFault,
  isBlock,
  type RenderBudget,
  sizeOfValue,
  spend,
  split,
  type TemplateHelper,
} from './helper.ts';
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
  const list = Array.isArray(items) ? items : null;
  const keys = list === null && items !== null && typeof items === 'object' ? Object.keys(items) : null;
  const count = list?.length ?? keys?.length ?? 0;
  if (count === 0) return options.inverse(this);
  const budget = budgetOf(options);
  takeTurns(budget, count);
  let output = '';
  for (let index = 0; index < count; index++) {
    const key = keys?.[index] ?? index;
    const value = list ? list[index] : Reflect.get(items as object, key);
    const data = Handlebars.createFrame(options.data);
    Object.assign(data, { key, index, first: index === 0, last: index === count - 1 });
    const printed = options.fn(value, { data, blockParams: [value, key] });
    spend(budget, printed.length + turnEffort);
    output += printed;
    if (output.length > budget.outputLimit) throw grownTooLong(budget);
  }
  return output;
}

const turnEffort = 20;

function takeTurns({ work }: RenderBudget, turns: number): void {
  work.turnsLeft -= turns;
  if (work.turnsLeft < 0)
    throw new HelperFault(
      `the message goes over more than ${counted(renderLimits.turns)} items of lists for this person; take loops out of one another, or give it shorter lists`,
    );
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
    let found: unknown;
    let most: number | null = null;
    for (const item of listOf(args[0])) {
      const number = numberOf(item);
      if (number === null || (most !== null && sign * (number - most) <= 0)) continue;
      [found, most] = [item, number];
    }
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

/** Most fields that a list is sorted or grouped by. */
const mostFields = 10;

function fieldsOf(options: Handlebars.HelperOptions): string[] {
  const named = text(options.hash.field);
  const fields = named.split(',', mostFields + 1).map((field) => field.trim());
  if (fields.length > mostFields)
    throw new HelperFault(`field=${quoted(named)} names more than ${mostFields} fields; name fewer`);
  return fields;
}

/** What is in one list and, as asked, is or is not in the other. */
const difference = (isIn: boolean, ofFirst: boolean): TemplateHelper => ({
  inline: [2, 2],
  needs: 'none',
  run: (left: unknown, right: unknown, options: Handlebars.HelperOptions) => {
    const [list, other] = (ofFirst ? [left, right] : [right, left]).map(listOf);
    const budget = budgetOf(options);
    // Each item is held against each.
    spend(
      budget,
      (list?.length ?? 0) * sizeOfValue(budget, other) + (other?.length ?? 0) * sizeOfValue(budget, list),
    );
    return (list ?? []).filter((item) => (other ?? []).some((each) => compare(item, each) === 0) === isIn);
  },
});

/** Helpers of lists and objects. */
export const listHelpers: Readonly<Record<string, TemplateHelper>> = {
  each: { block: [1, 1], needs: 'none', glances: true, run: each },
  with: {
    block: [1, 1],
    needs: 'none',
    glances: true,
    run(this: unknown, value: unknown, options) {
      return isFalsy(value) ? options.inverse(this) : inside(value, options);
    },
  },
  lookup: {
    inline: [2, 2],
    block: [2, 2],
    needs: 'result',
    glances: true,
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
      const budget = budgetOf(options);
      if (between.length * list.length > budget.outputLimit) throw grownTooLong(budget);
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
      const fields = fieldsOf(options);
      const budget = budgetOf(options);
      takeTurns(budget, list.length);
      // Each comparison reads two items, and there are about as many for an item as the list's length has bits.
      spend(budget, 2 * sizeOfValue(budget, list) * fields.length * Math.ceil(Math.log2(list.length + 1)));
      return inside(sorted(list, fields, text(options.hash.order)), options);
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
    glances: true,
    run: (value: unknown) => (Array.isArray(value) ? value.length : valueAt(value, 'size')),
  },
};
