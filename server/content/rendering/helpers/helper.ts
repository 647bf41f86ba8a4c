import type Handlebars from 'handlebars';

/** What one rendering may still spend, what it is given, and what it learns; reaches helpers by Handlebars' data frame. */
export interface RenderBudget {
  iterationsLeft: number;
  snippetsLeft: number;
  outputLimit: number;
  now: Date;
  /** The project's key for hmac helpers, null where it has none. */
  hmacSecret: string | null;
  /** A value of the project's tables of metadata; undefined where there is none. */
  readMetadata: (table: string, key: string) => unknown;
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
  run: Handlebars.HelperDelegate;
}

/** Thrown by a helper for a limit or a bad argument; `render` gives it its final form. */
export class HelperFault extends Error {}

/** Thrown by `sendSkip`: the template itself says that this person gets no message. */
export class SendSkip extends Error {}

/** The budget that `render` put into the data frame. */
export function budgetOf(options: Handlebars.HelperOptions): RenderBudget {
  return options.data.budget;
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
