import type Handlebars from 'handlebars';
import { RE2JS } from 're2js';
import { quoted, renderLimits } from '../render-limits.ts';
import {
  type ArgumentCount,
  budgetOf,
  HelperFault,
  isBlock,
  sizeOfValue,
  spend,
  split,
  type TemplateHelper,
} from './helper.ts';
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

/** Whether a test of values looks at no more of them than whether they are there. */
const glancing = (helper: TemplateHelper): TemplateHelper => ({ ...helper, glances: true });

/** A block that asks whether a list holds something; each of its items is held against what is sought. */
const listTest: TemplateHelper = {
  block: [2, 2],
  needs: 'none',
  run(this: unknown, list: unknown, sought: unknown, options: Handlebars.HelperOptions) {
    const budget = budgetOf(options);
    if (Array.isArray(list)) spend(budget, list.length * sizeOfValue(budget, sought));
    return contains(list, sought) ? options.fn(this) : options.inverse(this);
  },
};

/** A block that asks whether a text is of a pattern, which takes the length of the one times the size of the other. */
const patternTest: TemplateHelper = {
  block: [2, 2],
  needs: 'none',
  effort: 500,
  run(this: unknown, value: unknown, source: unknown, options: Handlebars.HelperOptions) {
    const [words, pattern] = [text(value), readPattern(text(source))];
    spend(budgetOf(options), Math.ceil((words.length * pattern.programSize()) / 2));
    return pattern.matches(words) ? options.fn(this) : options.inverse(this);
  },
};

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
    throw new HelperFault(`ifContains: ${quoted(json)} is no JSON`);
  }
}

const patterns = new Map<string, RE2JS>();
const patternsKept = 200;

/**
 * A regular expression that takes time in proportion to the text, whatever the two are (RE2); it must match the
 * whole text. Throws a HelperFault for one that cannot be read, or that looks around or back, which RE2 does not.
 */
export function readPattern(source: string): RE2JS {
  if (source.length > renderLimits.pattern)
    throw new HelperFault(
      `ifMatchesRegexStr: a pattern may have ${renderLimits.pattern} characters; this one has ${source.length}`,
    );
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
    throw new HelperFault(`ifMatchesRegexStr: ${quoted(source)}: ${why}`);
  }
}

/** The conditions: Iterable's, and Handlebars' own with Iterable's notion of what is no. */
export const conditionHelpers: Readonly<Record<string, TemplateHelper>> = {
  if: glancing(blockTest([1, 1], (value) => !isFalsy(value))),
  unless: glancing(blockTest([1, 1], isFalsy)),
  and: glancing(anyTest([1, 10], (...values) => !values.some(isFalsy))),
  or: glancing(anyTest([1, 10], (...values) => !values.every(isFalsy))),
  not: glancing(anyTest([1, 1], isFalsy)),
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
  ifContainsStr: blockTest([2, 2], (whole, part) => {
    const sought = text(part);
    return Array.isArray(whole)
      ? whole.some((one) => text(one) === sought)
      : text(whole).toLowerCase().includes(sought.toLowerCase());
  }),
  ifContains: listTest,
  ifMatchesRegexStr: patternTest,
};
