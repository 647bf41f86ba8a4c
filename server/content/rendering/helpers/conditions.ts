import type Handlebars from 'handlebars';
import { RE2JS } from 're2js';
import { type ArgumentCount, HelperFault, isBlock, split, type TemplateHelper } from './helper.ts';
import { compare, isEmpty, isFalsy, text, toNumber } from './values.ts';

type Test = (...args: unknown[]) => boolean;

/** A condition as a block, `{{#gt age 18}}…{{else}}…{{/gt}}`. */
const blockTest = (count: ArgumentCount, test: Test): TemplateHelper => ({
  block: count,
  needs: 'none',
  run: testing(test),
});

/** A condition as a block, as a part of another, and inline with words: `{{gt age 18 yes="Adult" no="Minor"}}`. */
const anyTest = (count: ArgumentCount, test: Test): TemplateHelper => ({
  inline: count,
  block: count,
  needs: 'none',
  run: testing(test),
});

function testing(test: Test): Handlebars.HelperDelegate {
  return function run(this: unknown, ...given: unknown[]) {
    const { args, options } = split(given);
    const holds = test(...args);
    if (isBlock(options)) return holds ? options.fn(this) : options.inverse(this);
    const { yes, no } = options.hash;
    return yes === undefined && no === undefined ? holds : ((holds ? yes : no) ?? '');
  };
}

const equal: Test = (a, b) => compare(a, b) === 0;
const greater: Test = (a, b) => !isEmpty(a) && !isEmpty(b) && compare(a, b) > 0;
const less: Test = (a, b) => !isEmpty(a) && !isEmpty(b) && compare(a, b) < 0;
const atLeast: Test = (a, b) => !isEmpty(a) && !isEmpty(b) && compare(a, b) >= 0;
const atMost: Test = (a, b) => !isEmpty(a) && !isEmpty(b) && compare(a, b) <= 0;

function contains(list: unknown, sought: unknown): boolean {
  const wanted = typeof sought === 'string' && /^\s*[{[]/.test(sought) ? parsed(sought) : sought;
  if (!Array.isArray(list)) return false;
  return list.some((item) => matches(item, wanted));
}

/** An object matches when it has all that is sought. */
function matches(item: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null || Array.isArray(wanted))
    return compare(item, wanted) === 0;
  if (typeof item !== 'object' || item === null) return false;
  const fields = new Map(Object.entries(item));
  return Object.entries(wanted).every(([name, value]) => matches(fields.get(name), value));
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new HelperFault(`ifContains: ${json} is no JSON`);
  }
}

const patterns = new Map<string, RE2JS>();
const patternsKept = 200;

/**
 * A regular expression that takes time in proportion to the text, whatever the two are (RE2); it must match the
 * whole text. Throws a HelperFault for one that cannot be read, or that looks around or back, which RE2 does not.
 */
export function readPattern(source: string): RE2JS {
  const known = patterns.get(source);
  if (known) return known;
  try {
    const made = RE2JS.compile(source);
    if (patterns.size >= patternsKept) patterns.clear();
    patterns.set(source, made);
    return made;
  } catch (error) {
    const why =
      error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : 'cannot be read';
    throw new HelperFault(`ifMatchesRegexStr: ${JSON.stringify(source)}: ${why}`);
  }
}

/** The conditions: Iterable's, and Handlebars' own with Iterable's notion of what is no. */
export const conditionHelpers: Readonly<Record<string, TemplateHelper>> = {
  if: blockTest([1, 1], (value) => !isFalsy(value)),
  unless: blockTest([1, 1], isFalsy),
  and: anyTest([1, 10], (...values) => !values.some(isFalsy)),
  or: anyTest([1, 10], (...values) => !values.every(isFalsy)),
  not: anyTest([1, 1], isFalsy),
  eq: anyTest([2, 2], equal),
  neq: anyTest([2, 2], (a, b) => !equal(a, b)),
  ne: anyTest([2, 2], (a, b) => !equal(a, b)),
  gt: anyTest([2, 2], greater),
  gte: anyTest([2, 2], atLeast),
  lt: anyTest([2, 2], less),
  lte: anyTest([2, 2], atMost),
  ifEq: blockTest([2, 2], equal),
  ifNotEq: blockTest([2, 2], (a, b) => !equal(a, b)),
  ifGt: blockTest([2, 2], greater),
  ifGte: blockTest([2, 2], atLeast),
  ifLt: blockTest([2, 2], less),
  ifLte: blockTest([2, 2], atMost),
  ifModEq: blockTest([3, 3], (value, divisor, remainder) => {
    const [a, b, c] = [toNumber(value), toNumber(divisor), toNumber(remainder)];
    return a !== null && b !== null && b !== 0 && c !== null && a % b === c;
  }),
  ifContainsStr: blockTest([2, 2], (whole, part) =>
    Array.isArray(whole)
      ? whole.some((one) => text(one) === text(part))
      : text(whole).toLowerCase().includes(text(part).toLowerCase()),
  ),
  ifContains: blockTest([2, 2], contains),
  ifMatchesRegexStr: blockTest([2, 2], (value, pattern) => readPattern(text(pattern)).matches(text(value))),
};
