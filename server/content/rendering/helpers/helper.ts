import type Handlebars from 'handlebars';
import type { LookUp } from '../../lookups/lookup.ts';
import { counted, renderLimits } from '../render-limits.ts';

/** What a message may still do while its texts are rendered, all of them together. */
export interface RenderWork {
  /** Characters that its helpers and blocks may still read and write. */
  charactersLeft: number;
  turnsLeft: number;
  snippetsLeft: number;
  /** What it has looked up, by name; made with the first. */
  lookups?: Set<string>;
  /** What reading a list or object takes, and how many fields it has, by itself; made with the first. */
  sizes?: Map<object, number>;
  fieldCounts?: Map<object, number>;
}

/** What a message may do before any of its texts is rendered. */
export const fullWork = (): RenderWork => ({
  charactersLeft: renderLimits.work,
  turnsLeft: renderLimits.turns,
  snippetsLeft: renderLimits.snippets,
});

/** What one rendering may still spend, what it is given, and what it learns; reaches helpers by Handlebars' data frame. */
export interface RenderBudget {
  work: RenderWork;
  outputLimit: number;
  now: Date;
  /** The project's key for hmac helpers, null where it has none. */
  hmacSecret: string | null;
  /** What templates look up: metadata, items of catalogs. */
  lookUp: LookUp;
  /** The person's code of a pool of coupons. @throws NoCoupon where there is none for them. */
  readCoupon: (pool: string) => string;
  /** Fields that left a hole. */
  missing: Set<string>;
  /** What `#assign` has set, with the holes that were left in it. */
  assigned: Record<string, unknown>;
  holesOf: Map<string, ReadonlySet<string>>;
}

/** Fewest and most arguments before `name=value` pairs. */
export type ArgumentCount = readonly [fewest: number, most: number];

/** A helper with how it may be called; checked when a template is compiled, so that no call fails in mid-blast. */
export interface TemplateHelper {
  /** Arguments as `{{name …}}` and as `(name …)`; left out where it is a block only. */
  inline?: ArgumentCount;
  /** Arguments as `{{#name …}}…{{/name}}`; left out where it is no block. */
  block?: ArgumentCount;
  /**
   * Which of its arguments a person must have for it to leave no hole: the first (as a rule), all, or none, where it
   * prints words of the template's own; `default` asks for the last only where the others print nothing, `result` for
   * what it prints alone.
   */
  needs: 'first' | 'all' | 'none' | 'default' | 'result';
  /** For blocks that turn what stands in them into another code: it is not escaped before. */
  encodes?: true;
  /** Whether it looks at no more of its arguments than whether they are there, or at one place in them. */
  glances?: true;
  /** What a call takes beyond the characters it reads and writes, in characters; left out where it is next to nothing. */
  effort?: number;
  run: Handlebars.HelperDelegate;
}

/** Thrown by a helper for a limit or a bad argument; `render` gives it its final form. */
export class HelperFault extends Error {}

/** Thrown by `sendSkip`: the template itself says that this person gets no message. */
export class SendSkip extends Error {}

/** Thrown where a pool of coupons has no code for this person; the message says why. */
export class NoCoupon extends Error {}

/** Takes characters from what the message may still do. Throws a HelperFault when there are none left. */
export function spend({ work }: RenderBudget, characters: number): void {
  work.charactersLeft -= characters;
  if (work.charactersLeft < 0)
    throw new HelperFault(
      `the message takes too much work: its blocks and helpers read and write more than ${counted(renderLimits.work)} characters for this person; take loops out of one another, or give it shorter fields`,
    );
}

/** Characters that reading a value takes: its own, or all of a list's or object's. */
export function sizeOfValue({ work }: RenderBudget, value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 1;
  work.sizes ??= new Map();
  const known = work.sizes.get(value);
  if (known !== undefined) return known;
  const size = sizeOfParts(value, work.charactersLeft);
  work.sizes.set(value, size);
  return size;
}

const deepest = 100;

/** Counts no further than `most`. */
function sizeOfParts(whole: object, most: number): number {
  let size = 1;
  let level: object[] = [whole];
  for (let depth = 0; level.length > 0 && size <= most; depth++) {
    if (depth > deepest)
      throw new HelperFault(
        `a field holds lists or objects that stand more than ${deepest} deep in one another`,
      );
    const below: object[] = [];
    for (const each of level) {
      const isList = Array.isArray(each);
      for (const [name, value] of Object.entries(each)) {
        size += isList ? 1 : name.length + 1;
        if (typeof value === 'string') size += value.length;
        else if (typeof value === 'object' && value !== null) below.push(value);
      }
    }
    level = below;
  }
  return size;
}

/** What any call takes besides what it reads and writes. */
const callEffort = 20;

/** A helper whose calls are taken from what the message may do: what they read, before they run; what they write, after. */
export function charging({ run, glances, effort = callEffort }: TemplateHelper): Handlebars.HelperDelegate {
  return function charged(this: unknown, ...given: unknown[]) {
    const options = given[given.length - 1] as Handlebars.HelperOptions;
    const budget = budgetOf(options);
    let characters = effort;
    if (!glances) {
      for (let at = 0; at < given.length - 1; at++) characters += sizeOfValue(budget, given[at]);
      for (const name in options.hash) characters += sizeOfValue(budget, options.hash[name]);
    }
    spend(budget, characters);
    const result = Reflect.apply(run, this, given);
    if (!glances && typeof result === 'string') spend(budget, result.length);
    return result;
  };
}

/** The budget that `render` put into the data frame. */
export function budgetOf(options: Handlebars.HelperOptions): RenderBudget {
  return options.data.budget;
}

/** What is wrong with a text that grows past its limit. */
export function grownTooLong({ outputLimit }: RenderBudget): HelperFault {
  return new HelperFault(
    `the text grows past ${counted(outputLimit)} characters for this person; take something out of it, or give it shorter fields`,
  );
}

/** Splits what Handlebars calls a helper with: its arguments, and the options that always come last. */
export function split(given: unknown[]): { args: unknown[]; options: Handlebars.HelperOptions } {
  return { args: given.slice(0, -1), options: given.at(-1) as Handlebars.HelperOptions };
}

/** Whether a helper was called as a block. Handlebars gives inline calls no `fn`. */
export function isBlock(options: Partial<Handlebars.HelperOptions>): boolean {
  return options.fn !== undefined;
}

/** A helper of one value that prints another; as a block, where it may be one, of what stands in it. */
export function valueHelper(
  change: (value: unknown, options: Handlebars.HelperOptions) => unknown,
): TemplateHelper {
  return { inline: [1, 1], needs: 'first', run: change };
}
