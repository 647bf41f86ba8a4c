import {
  budgetOf,
  grownTooLong,
  type RenderBudget,
  spend,
  split,
  type TemplateHelper,
  valueHelper,
} from './helper.ts';
import { format } from './java-format.ts';
import { isEmpty, text, toNumber } from './values.ts';

const letters = (change: (value: string) => string): TemplateHelper =>
  valueHelper((value) => change(text(value)));

/** Widest field that text is put into, so that no template fills the memory. */
const widest = 2000;

/** Puts a value into a field of a width, given as `size=` or as the second argument. */
const padded = (pad: (value: string, missing: number, filler: string) => string): TemplateHelper => ({
  inline: [1, 2],
  needs: 'first',
  run: (...given: unknown[]) => {
    const { args, options } = split(given);
    const value = text(args[0]);
    const size = Math.min(widest, toNumber(options.hash.size) ?? toNumber(args[1]) ?? 0);
    return pad(value, Math.max(0, size - Array.from(value).length), text(options.hash.pad) || ' ');
  },
});

const fill = (length: number, filler: string): string =>
  filler.repeat(Math.ceil(length / filler.length)).slice(0, length);

function wrapped(value: string, width: number): string {
  const lines: string[] = [];
  for (const word of value.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}

/** Replaces a text as often as it stands there; a HelperFault where the result would be too long. */
function replaced(whole: string, sought: string, put: string, budget: RenderBudget): string {
  if (sought === '') return whole;
  const pieces = whole.split(sought);
  if (whole.length + (pieces.length - 1) * (put.length - sought.length) > budget.outputLimit)
    throw grownTooLong(budget);
  return pieces.join(put);
}

/** Helpers of texts: those of Iterable and of the library it runs on, and a few of our own. */
export const stringHelpers: Readonly<Record<string, TemplateHelper>> = {
  defaultIfEmpty: {
    inline: [1, 2],
    needs: 'default',
    run: (...given: unknown[]) => {
      const [value, other] = split(given).args;
      return isEmpty(value) ? text(other) : value;
    },
  },
  capitalize: valueHelper((value, { hash }) =>
    (hash.fully === true ? text(value).toLowerCase() : text(value)).replace(
      /(^|\s)(\p{L})/gu,
      (_, before, letter) => before + letter.toUpperCase(),
    ),
  ),
  capitalizeFirst: letters((value) => value.charAt(0).toUpperCase() + value.slice(1)),
  lower: letters((value) => value.toLowerCase()),
  lowercase: letters((value) => value.toLowerCase()),
  upper: letters((value) => value.toUpperCase()),
  uppercase: letters((value) => value.toUpperCase()),
  trim: letters((value) => value.trim()),
  slugify: letters((value) =>
    value
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\s]/gu, '')
      .replace(/\s/g, '-'),
  ),
  stripTags: letters((value) => value.replace(/<[^<>]*>/g, '')),
  length: valueHelper((value) => (Array.isArray(value) ? value.length : Array.from(text(value)).length)),
  concat: {
    inline: [1, 20],
    needs: 'all',
    run: (...given: unknown[]) => split(given).args.map(text).join(''),
  },
  cut: {
    inline: [1, 2],
    needs: 'first',
    run: (...given: unknown[]) => {
      const [value, sought = ' '] = split(given).args;
      return text(value).replaceAll(text(sought), '');
    },
  },
  replace: {
    inline: [3, 3],
    needs: 'first',
    run: (...given: unknown[]) => {
      const { args, options } = split(given);
      const [whole = '', sought = '', put = ''] = args.map(text);
      return replaced(whole, sought, put, budgetOf(options));
    },
  },
  substring: {
    inline: [2, 3],
    needs: 'first',
    run: (...given: unknown[]) => {
      const [value, start, end] = split(given).args;
      return text(value).slice(toNumber(start) ?? 0, toNumber(end) ?? undefined);
    },
  },
  abbreviate: {
    inline: [2, 2],
    needs: 'first',
    run: (value: unknown, most: unknown) => {
      const [whole, limit] = [Array.from(text(value)), toNumber(most) ?? 0];
      if (whole.length <= limit) return whole.join('');
      return `${whole.slice(0, Math.max(0, limit - 3)).join('')}...`;
    },
  },
  center: padded((value, missing, pad) => {
    const before = Math.floor(missing / 2);
    return fill(before, pad) + value + fill(missing - before, pad);
  }),
  ljust: padded((value, missing, pad) => value + fill(missing, pad)),
  rjust: padded((value, missing, pad) => fill(missing, pad) + value),
  stringFormat: {
    inline: [1, 20],
    needs: 'all',
    run: (...given: unknown[]) => {
      const { args, options } = split(given);
      const [pattern, ...values] = args;
      const budget = budgetOf(options);
      return format(text(pattern), values, (characters) => spend(budget, characters));
    },
  },
  wordWrap: {
    inline: [2, 2],
    needs: 'first',
    run: (value: unknown, width: unknown) => wrapped(text(value), toNumber(width) ?? 0),
  },
  yesno: {
    inline: [1, 1],
    needs: 'none',
    run: (value: unknown, { hash }) =>
      value === null || value === undefined
        ? (hash.maybe ?? 'maybe')
        : value === true
          ? (hash.yes ?? 'yes')
          : (hash.no ?? 'no'),
  },
  breaklines: {
    block: [0, 0],
    needs: 'none',
    run(this: unknown, options) {
      const words = text(options.fn(this));
      spend(budgetOf(options), words.length);
      return words.replace(/\r\n|\n|\r/g, '<br>');
    },
  },
};
