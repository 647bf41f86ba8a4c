import Handlebars from 'handlebars';
import { formatDate } from './date-format.ts';
import { compare, isEmpty, text, toDate, toNumber } from './template-values.ts';

/** What one rendering may still spend, and what it learns; reaches helpers through Handlebars' data frame. */
export interface RenderBudget {
  iterationsLeft: number;
  snippetsLeft: number;
  outputLimit: number;
  now: Date;
  /** Fields that printed nothing; only kept when asked for. */
  missing?: Set<string>;
}

/** A helper with how it may be called; checked when a template is compiled, so that no call fails in mid-blast. */
export interface TemplateHelper {
  use: 'inline' | 'block';
  /** Fewest and most arguments before `name=value` pairs. */
  arguments: readonly [number, number];
  run: Handlebars.HelperDelegate;
}

/** Thrown by a helper for a limit or a bad argument; `render` gives it its final form. */
export class HelperFault extends Error {}

const letters = (change: (value: string) => string): TemplateHelper => ({
  use: 'inline',
  arguments: [1, 1],
  run: (value: unknown) => change(text(value)),
});

const sum = (calculate: (a: number, b: number) => number): TemplateHelper => ({
  use: 'inline',
  arguments: [2, 2],
  run: (a: unknown, b: unknown) => {
    const [x, y] = [toNumber(a), toNumber(b)];
    return x === null || y === null ? '' : tidy(calculate(x, y));
  },
});

/** 0.1 + 0.2 is 0.3 to a customer. Division by nothing prints nothing. */
const tidy = (value: number): number | string =>
  Number.isFinite(value) ? Number(value.toPrecision(12)) : '';

const rounding = (round: (value: number) => number): TemplateHelper => ({
  use: 'inline',
  arguments: [1, 1],
  run: (value: unknown) => {
    const number = toNumber(value);
    return number === null ? '' : round(number);
  },
});

const operations: Record<string, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};

type Test = (a: unknown, b: unknown) => boolean;
const tests: Record<string, Test> = {
  Eq: (a, b) => compare(a, b) === 0,
  NotEq: (a, b) => compare(a, b) !== 0,
  Gt: (a, b) => !isEmpty(a) && compare(a, b) > 0,
  Gte: (a, b) => !isEmpty(a) && compare(a, b) >= 0,
  Lt: (a, b) => !isEmpty(a) && compare(a, b) < 0,
  Lte: (a, b) => !isEmpty(a) && compare(a, b) <= 0,
  ContainsStr: (a, b) =>
    Array.isArray(a)
      ? a.some((one) => text(one) === text(b))
      : text(a).toLowerCase().includes(text(b).toLowerCase()),
};
const blockTest = (test: Test): TemplateHelper => ({
  use: 'block',
  arguments: [2, 2],
  run(this: unknown, a: unknown, b: unknown, options: Handlebars.HelperOptions) {
    return test(a, b) ? options.fn(this) : options.inverse(this);
  },
});
const inlineTest = (test: Test): TemplateHelper => ({
  use: 'inline',
  arguments: [2, 2],
  run: (a: unknown, b: unknown) => test(a, b),
});

function writeDate(value: unknown, options: Handlebars.HelperOptions, pattern?: unknown): string {
  const date = toDate(value, budgetOf(options).now);
  if (!date) return '';
  const { format, tz, timeZone, locale } = options.hash;
  try {
    const chosen = text(pattern) || text(format) || 'medium';
    return formatDate(
      date,
      chosen,
      text(tz) || text(timeZone) || 'UTC',
      text(locale).replace('_', '-') || 'en-US',
    );
  } catch {
    throw new HelperFault(`unknown time zone or locale: tz=${text(tz ?? timeZone)} locale=${text(locale)}`);
  }
}

function writeNumber(value: unknown, style: unknown, options: Handlebars.HelperOptions): string {
  const number = toNumber(value);
  if (number === null) return '';
  const { currency, locale, maximumFractionDigits, minimumFractionDigits } = options.hash;
  const digits = {
    maximumFractionDigits: toNumber(maximumFractionDigits) ?? undefined,
    minimumFractionDigits: toNumber(minimumFractionDigits) ?? undefined,
  };
  const format: Intl.NumberFormatOptions =
    style === 'currency'
      ? { style: 'currency', currency: text(currency) || 'USD', ...digits }
      : style === 'percent'
        ? { style: 'percent', ...digits }
        : style === 'integer'
          ? { maximumFractionDigits: 0 }
          : digits;
  try {
    return new Intl.NumberFormat(text(locale).replace('_', '-') || 'en-US', format).format(number);
  } catch {
    throw new HelperFault(`numberFormat: unknown currency, locale or number of digits`);
  }
}

/** The budget that `render` put into the data frame. */
export function budgetOf(options: Handlebars.HelperOptions): RenderBudget {
  return options.data.budget;
}

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
    if (--budget.iterationsLeft < 0) throw new HelperFault('too many turns of #each');
    const data = Handlebars.createFrame(options.data);
    Object.assign(data, { key, index, first: index === 0, last: index === entries.length - 1 });
    output += options.fn(value, { data, blockParams: [value, key] });
    if (output.length > budget.outputLimit)
      throw new HelperFault(`the text grows past ${budget.outputLimit} characters`);
  });
  return output;
}

/** Every helper a template may call. All else is refused when the template is compiled. */
export const templateHelpers: Readonly<Record<string, TemplateHelper>> = {
  if: { use: 'block', arguments: [1, 1], run: Handlebars.helpers.if ?? each },
  unless: { use: 'block', arguments: [1, 1], run: Handlebars.helpers.unless ?? each },
  with: { use: 'block', arguments: [1, 1], run: Handlebars.helpers.with ?? each },
  each: { use: 'block', arguments: [1, 1], run: each },
  lookup: { use: 'inline', arguments: [2, 2], run: Handlebars.helpers.lookup ?? each },

  ...Object.fromEntries(Object.entries(tests).map(([name, test]) => [`if${name}`, blockTest(test)])),
  eq: inlineTest((a, b) => compare(a, b) === 0),
  neq: inlineTest((a, b) => compare(a, b) !== 0),
  gt: inlineTest((a, b) => !isEmpty(a) && compare(a, b) > 0),
  gte: inlineTest((a, b) => !isEmpty(a) && compare(a, b) >= 0),
  lt: inlineTest((a, b) => !isEmpty(a) && compare(a, b) < 0),
  lte: inlineTest((a, b) => !isEmpty(a) && compare(a, b) <= 0),
  and: {
    use: 'inline',
    arguments: [2, 10],
    run: (...values: unknown[]) => values.slice(0, -1).every((value) => !isEmpty(value)),
  },
  or: {
    use: 'inline',
    arguments: [2, 10],
    run: (...values: unknown[]) => values.slice(0, -1).some((value) => !isEmpty(value)),
  },
  not: { use: 'inline', arguments: [1, 1], run: isEmpty },

  defaultIfEmpty: {
    use: 'inline',
    arguments: [2, 2],
    run: (value: unknown, other: unknown) => (isEmpty(value) ? text(other) : value),
  },
  capitalize: letters((value) =>
    value.toLowerCase().replace(/(^|\s)(\p{L})/gu, (_, before, letter) => before + letter.toUpperCase()),
  ),
  capitalizeFirst: letters((value) => value.charAt(0).toUpperCase() + value.slice(1)),
  lowercase: letters((value) => value.toLowerCase()),
  lower: letters((value) => value.toLowerCase()),
  uppercase: letters((value) => value.toUpperCase()),
  upper: letters((value) => value.toUpperCase()),
  trim: letters((value) => value.trim()),
  urlEncode: letters((value) => encodeURIComponent(value.toWellFormed())),
  length: {
    use: 'inline',
    arguments: [1, 1],
    run: (value: unknown) => (Array.isArray(value) ? value.length : Array.from(text(value)).length),
  },
  substring: {
    use: 'inline',
    arguments: [2, 3],
    run: (...given: unknown[]) => {
      const [value, start, end] = given.slice(0, -1);
      return text(value).slice(toNumber(start) ?? 0, toNumber(end) ?? undefined);
    },
  },
  abbreviate: {
    use: 'inline',
    arguments: [2, 2],
    run: (value: unknown, most: unknown) => {
      const [whole, limit] = [text(value), toNumber(most) ?? 0];
      return whole.length <= limit ? whole : `${whole.slice(0, Math.max(0, limit - 3))}...`;
    },
  },
  replace: {
    use: 'inline',
    arguments: [3, 3],
    run: (value: unknown, from: unknown, to: unknown, options: Handlebars.HelperOptions) => {
      const [whole, sought, put] = [text(value), text(from), text(to)];
      if (sought === '') return whole;
      const pieces = whole.split(sought);
      const size = whole.length + (pieces.length - 1) * (put.length - sought.length);
      if (size > budgetOf(options).outputLimit) throw new HelperFault('replace: the text grows too long');
      return pieces.join(put);
    },
  },
  join: {
    use: 'inline',
    arguments: [2, 2],
    run: (values: unknown, between: unknown) =>
      Array.isArray(values) ? values.map(text).join(text(between)) : text(values),
  },
  now: {
    use: 'inline',
    arguments: [0, 1],
    run: (...given: unknown[]) => writeDate('now', lastOf(given), given.length > 1 ? given[0] : undefined),
  },
  dateFormat: {
    use: 'inline',
    arguments: [1, 2],
    run: (...given: unknown[]) => writeDate(given[0], lastOf(given), given.length > 2 ? given[1] : undefined),
  },
  numberFormat: {
    use: 'inline',
    arguments: [1, 2],
    run: (...given: unknown[]) =>
      writeNumber(given[0], given.length > 2 ? given[1] : undefined, lastOf(given)),
  },
  math: {
    use: 'inline',
    arguments: [3, 3],
    run: (a: unknown, operation: unknown, b: unknown) => {
      const calculate = operations[text(operation)];
      if (!calculate)
        throw new HelperFault(`math: unknown operation "${text(operation)}"; known are + - * / %`);
      const [x, y] = [toNumber(a), toNumber(b)];
      return x === null || y === null ? '' : tidy(calculate(x, y));
    },
  },
  add: sum((a, b) => a + b),
  subtract: sum((a, b) => a - b),
  multiply: sum((a, b) => a * b),
  divide: sum((a, b) => a / b),
  mod: sum((a, b) => a % b),
  round: rounding(Math.round),
  floor: rounding(Math.floor),
  ceil: rounding(Math.ceil),
};

/** Handlebars gives every helper its options after the arguments. */
function lastOf(given: unknown[]): Handlebars.HelperOptions {
  return given[given.length - 1] as Handlebars.HelperOptions;
}
