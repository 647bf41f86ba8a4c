import { quoted } from '../render-limits.ts';
import { HelperFault, split, type TemplateHelper, valueHelper } from './helper.ts';
import { formatNumber } from './number-format.ts';
import { text, toNumber } from './values.ts';

const operations: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};

/** 0.1 + 0.2 is 0.3 to a customer. Division by nothing prints nothing. */
const tidy = (value: number): number | string =>
  Number.isFinite(value) ? Number(value.toPrecision(15)) : '';

function calculated(calculate: (a: number, b: number) => number, a: unknown, b: unknown): number | string {
  const [x, y] = [toNumber(a), toNumber(b)];
  return x === null || y === null ? '' : tidy(calculate(x, y));
}

const sum = (calculate: (a: number, b: number) => number): TemplateHelper => ({
  inline: [2, 2],
  needs: 'all',
  run: (a: unknown, b: unknown) => calculated(calculate, a, b),
});

const rounding = (round: (value: number) => number): TemplateHelper =>
  valueHelper((value) => {
    const number = toNumber(value);
    return number === null ? '' : round(number);
  });

/** Helpers of numbers. */
export const numberHelpers: Readonly<Record<string, TemplateHelper>> = {
  numberFormat: {
    inline: [1, 3],
    needs: 'first',
    effort: 500,
    run: (...given: unknown[]) => {
      const { args, options } = split(given);
      const [value, style, locale] = args;
      const number = toNumber(value);
      if (number === null) return '';
      const { hash } = options;
      return formatNumber(number, text(style) || text(hash.style) || text(hash.pattern), {
        ...hash,
        locale: text(locale) || text(hash.locale),
      });
    },
  },
  math: {
    inline: [3, 3],
    needs: 'all',
    run: (a: unknown, operation: unknown, b: unknown) => {
      const calculate = operations[text(operation)];
      if (!calculate)
        throw new HelperFault(`math: unknown operation ${quoted(text(operation))}; known are + - * / %`);
      return calculated(calculate, a, b);
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
