import Handlebars from 'handlebars';
import { fillAddress, fillPart } from '../links/fill-address.ts';
import { UnsendableMessage } from '../unsendable.ts';
import { bindNames } from './bind-names.ts';
import { checkTemplate } from './check-template.ts';
import {
  budgetOf,
  charging,
  fullWork,
  grownTooLong,
  HelperFault,
  NoCoupon,
  type RenderBudget,
  type RenderWork,
  SendSkip,
  sizeOfValue,
  spend,
} from './helpers/helper.ts';
import { templateHelpers } from './helpers/template-helpers.ts';
import { printsNothing, text } from './helpers/values.ts';
import { KeptByText } from './kept-by-text.ts';
import { markAddresses } from './mark-addresses.ts';
import { parseTemplate } from './parse-template.ts';
import { counted, renderLimits } from './render-limits.ts';
import type { Program } from './template-ast.ts';
import { TemplateError } from './template-error.ts';
import { type FieldUse, findFields, type PrintedPlace } from './template-fields.ts';

/** A template read, checked and ready to render many times. Made by `compileTemplate` only. */
export interface CompiledTemplate {
  readonly source: string;
  /** Fields it reads, as dotted paths from the root, in alphabetical order; `orders[].name` for items of a list. */
  readonly fields: readonly string[];
  /** Those of them that are printed with neither a default nor a condition on them: who lacks one gets no message. */
  readonly uncovered: readonly string[];
  /** Variables that it sets, its snippets' too. */
  readonly assigned: ReadonlySet<string>;
  /** Pools of coupons that it takes codes of, its snippets' too. */
  readonly coupons: ReadonlySet<string>;
  /** Characters one rendering may have. */
  readonly outputLimit: number;
  /** How many snippets stand in one another in it. */
  readonly snippetDepth: number;
  /** How many `{{…}}` it has, and by name those of each snippet in it, however deep. */
  readonly tags: number;
  readonly snippetTags: ReadonlyMap<string, number>;
  readonly print: (data: TemplateData, budget: RenderBudget) => string;
}

/** What a template sees: `templateData` lays it out. */
export type TemplateData = Record<string, unknown>;

/** What one rendering is given besides the data. */
export interface RenderContext {
  now: Date;
  /** The project's key for hmac helpers; null where it has none. */
  hmacSecret?: string | null;
  /** What templates look up; left out: nothing is found. */
  lookUp?: RenderBudget['lookUp'] | undefined;
  /** The person's codes of coupon pools; left out where no code is to be had. */
  readCoupon?: RenderBudget['readCoupon'] | undefined;
  /** What the message may still do, where it has more texts than this; left out: all that one may do. */
  work?: RenderWork;
}

export interface CompileOptions {
  /**
   * `text` for SMS and WhatsApp: values as they are. `html` for email: `{{ }}` escaped, `{{{ }}}` not. `address` for one address: each
   * value is one part of it.
   */
  mode?: Mode;
  /** Snippets by name, as source. The same map object must not change afterwards; results are kept by it. */
  snippets?: ReadonlyMap<string, string>;
}

const mostKept = { results: 1000, characters: 20_000_000 };

const findNothing = () => undefined;
const noCoupons = () => {
  throw new NoCoupon('no coupon codes are given here');
};
const noSnippets: ReadonlyMap<string, string> = new Map();
const kept = new WeakMap<ReadonlyMap<string, string>, KeptByText<CompiledTemplate>>();
const keptSnippets = new WeakMap<ReadonlyMap<string, string>, Map<string, CompiledTemplate>>();

/**
 * Reads a Handlebars template. Throws a TemplateError naming line and fault: bad syntax, an unknown helper or
 * snippet, wrong arguments. Compiled templates are kept, so asking again for the same source costs nothing.
 */
export function compileTemplate(source: string, options: CompileOptions = {}): CompiledTemplate {
  const snippets = options.snippets ?? noSnippets;
  const mode = options.mode ?? 'text';
  const known = kept.get(snippets) ?? new KeptByText<CompiledTemplate>(mostKept);
  kept.set(snippets, known);
  const key = `${mode} ${source}`;
  const found = known.get(key);
  if (found) return found;
  const compiled = compile(source, mode, snippets, []);
  known.set(key, compiled);
  return compiled;
}

/**
 * Renders. A field that is missing prints nothing, and is named in `missing` where no default or condition covers it;
 * white space is nothing. Throws a TemplateError when a limit is passed or a helper is given what it cannot take (an
 * unknown time zone), `SendSkip` where the template itself says that no message is to go, and `UnsendableMessage` where an item
 * of a catalog is gone.
 */
export function fill(
  compiled: CompiledTemplate,
  data: TemplateData,
  { now, hmacSecret = null, lookUp = findNothing, readCoupon = noCoupons, work = fullWork() }: RenderContext,
): { text: string; missing: string[] } {
  const missing = new Set<string>();
  // A variable that is not set yet reads as the field of its name.
  const assigned: Record<string, unknown> = Object.create(null);
  for (const name of compiled.assigned) if (Object.hasOwn(data, name)) assigned[name] = data[name];
  const budget: RenderBudget = {
    ...{ work, outputLimit: compiled.outputLimit },
    ...{ now, hmacSecret, lookUp, readCoupon, missing, assigned, holesOf: new Map() },
  };
  const filled = guarded(() => compiled.print(data, budget));
  return { text: filled, missing: [...missing].sort() };
}

/** As `fill`, the text alone. */
export function render(compiled: CompiledTemplate, data: TemplateData, now: Date = new Date(0)): string {
  return fill(compiled, data, { now }).text;
}

/** What a template's data is laid out of. */
export interface DataParts {
  profile: Record<string, unknown>;
  event?: Record<string, unknown>;
  campaign?: Record<string, unknown>;
  /** Fields of the campaign: what stands for a field that neither person nor event has, and what `[[field]]` shows. */
  campaignFields?: Record<string, unknown>;
  /** What data feeds answered: what `[[field]]` shows before the campaign's; at the root too where it is `mergedFeed`. */
  feed?: Record<string, unknown>;
  mergedFeed?: boolean;
  /** What is true of the message itself (`builtInFields`). */
  builtIn?: Record<string, unknown>;
}

/**
 * Lays out what templates see: at the root fields of the event hide the profile's, as in triggered campaigns, and these
 * the campaign's. Nobody's field hides what is true of the message.
 */
export function templateData(parts: DataParts): TemplateData {
  const { profile, event = {}, campaign = {}, campaignFields = {}, builtIn = {}, feed = {} } = parts;
  const sources = { profile, event, campaign, dataFeed: { ...campaignFields, ...feed } };
  return {
    ...campaignFields,
    ...(parts.mergedFeed ? feed : {}),
    ...profile,
    ...event,
    ...builtIn,
    ...sources,
  };
}

function guarded(run: () => string): string {
  try {
    return run();
  } catch (error) {
    if (error instanceof TemplateError || error instanceof SendSkip) throw error;
    if (error instanceof UnsendableMessage || error instanceof NoCoupon) throw error;
    if (error instanceof HelperFault) throw new TemplateError(null, error.message);
    const why = error instanceof Error ? error.message : String(error);
    throw new TemplateError(null, `cannot be rendered: ${why.slice(0, longestFault)}`);
  }
}

/** Characters that are told of a fault which the program does not know. */
const longestFault = 300;

type Mode = 'text' | 'html' | 'address';

function compile(
  source: string,
  mode: Mode,
  snippets: ReadonlyMap<string, string>,
  above: readonly string[],
): CompiledTemplate {
  const longest = mode === 'html' ? renderLimits.sourceHtml : renderLimits.sourceText;
  if (source.length > longest)
    throw new TemplateError(
      null,
      `has ${counted(source.length)} characters; it may have ${counted(longest)}: make it shorter`,
    );
  const names = new Set(snippets.keys());
  const { program, tags } = parseTemplate(source);
  const used = checkTemplate(program, names);
  const parts = new Map<string, CompiledTemplate>();
  const snippetTags = new Map<string, number>();
  let allTags = tags;
  for (const name of used.snippets) {
    const part = compileSnippet(name, mode, snippets, above);
    parts.set(name, part);
    for (const [each, count] of [...part.snippetTags, [name, part.tags] as const]) {
      if (!snippetTags.has(each)) allTags += count;
      snippetTags.set(each, count);
    }
    if (allTags > renderLimits.tagsWithSnippets)
      throw new TemplateError(
        null,
        `with all snippets in it there are more than ${counted(renderLimits.tagsWithSnippets)} {{…}}; use fewer snippets`,
      );
  }

  const snippetDepth = Math.max(0, ...[...parts.values()].map((part) => part.snippetDepth + 1));
  if (snippetDepth > renderLimits.snippetNesting) throw snippetsTooDeep();

  const coupons = new Set([...used.coupons, ...[...parts.values()].flatMap((part) => [...part.coupons])]);
  const assigned = new Set([...used.assigned, ...[...parts.values()].flatMap((part) => [...part.assigned])]);
  bindNames(program, assigned);
  const found = findFields(program);
  const fields = new Set(found.fields);
  const { uncovered } = found;
  for (const { name, given } of differentCalls(found.snippets)) {
    const isGiven = (field: string) => given.has(field.split(/[.[]/)[0] ?? '');
    for (const field of parts.get(name)?.fields ?? []) if (!isGiven(field)) fields.add(field);
    for (const field of parts.get(name)?.uncovered ?? []) if (!isGiven(field)) uncovered.add(field);
  }
  trackPrinted(found.printed);
  markAddresses(program);
  return {
    source,
    fields: [...fields].sort(),
    uncovered: [...uncovered].sort(),
    ...{ assigned, coupons, snippetDepth, tags, snippetTags },
    outputLimit: mode === 'html' ? renderLimits.outputHtml : renderLimits.outputText,
    print: printer(program, { mode, parts, helpers: used.helpers }),
  };
}

function compileSnippet(
  name: string,
  mode: Mode,
  snippets: ReadonlyMap<string, string>,
  above: readonly string[],
): CompiledTemplate {
  if (above.includes(name))
    throw new TemplateError(null, `snippet “${name}” contains itself: ${[...above, name].join(' → ')}`);
  if (above.length >= renderLimits.snippetNesting) throw snippetsTooDeep();
  // Once for all who call it: else two calls a level would double the work with each level.
  const known = keptSnippets.get(snippets) ?? new Map<string, CompiledTemplate>();
  keptSnippets.set(snippets, known);
  const key = `${mode} ${name}`;
  const found = known.get(key);
  if (found) return found;
  try {
    const made = compile(snippets.get(name) ?? '', mode, snippets, [...above, name]);
    known.set(key, made);
    return made;
  } catch (error) {
    if (error instanceof TemplateError && !error.message.startsWith('snippet')) {
      throw new TemplateError(null, `snippet “${name}”, ${error.message}`);
    }
    throw error;
  }
}

const snippetsTooDeep = () =>
  new TemplateError(
    null,
    `snippets stand more than ${renderLimits.snippetNesting} deep in one another; put what they say into fewer`,
  );

/** Calls of snippets that differ in what they give. */
function differentCalls(calls: FieldUse['snippets']): FieldUse['snippets'] {
  const different = new Map(
    calls.map((call) => [JSON.stringify([call.name, ...[...call.given].sort()]), call]),
  );
  return [...different.values()];
}

/** Wraps every printing place in a helper that notes when it leaves a hole: `{{printed value "field" need "its field"}}`. */
function trackPrinted(places: readonly PrintedPlace[]): void {
  for (const { node, field, needs } of places) {
    const { loc, path, params, hash } = node;
    const label = (text: string) => ({ type: 'StringLiteral' as const, loc, value: text, original: text });
    const value =
      params.length > 0 || hash ? { type: 'SubExpression' as const, loc, path, params, hash } : path;
    node.params = [value, label(field), ...needs.flatMap((need) => [need.expression, label(need.field)])];
    node.path = {
      type: 'PathExpression',
      loc,
      data: false,
      depth: 0,
      parts: ['printed'],
      original: 'printed',
    };
    node.hash = undefined;
  }
}

interface Toolkit {
  mode: Mode;
  parts: ReadonlyMap<string, CompiledTemplate>;
  helpers: ReadonlySet<string>;
}

function printer(program: Program, toolkit: Toolkit): CompiledTemplate['print'] {
  const { mode, parts } = toolkit;
  const handlebars = environment(toolkit);
  const run = handlebars.compile<TemplateData>(program, {
    noEscape: mode !== 'html',
    knownHelpers: Object.fromEntries(Object.keys(handlebars.helpers).map((name) => [name, true])),
    knownHelpersOnly: true,
    preventIndent: true,
    // What an item of a list lacks is looked for around it, as by handlebars.java, which Iterable runs
    // (jknack.github.io/handlebars.java/stack.html).
    compat: true,
  });
  const partials = Object.fromEntries(
    [...parts].map(([name, part]) => [
      name,
      (context: TemplateData, options?: Handlebars.RuntimeOptions) =>
        part.print(context, takeSnippet(options?.data.budget, context)),
    ]),
  );
  return (data, budget) => {
    const output = run(data, {
      data: { budget, assigned: budget.assigned },
      partials,
      allowProtoMethodsByDefault: false,
      allowProtoPropertiesByDefault: false,
    });
    if (output.length > budget.outputLimit) throw grownTooLong(budget);
    spend(budget, output.length);
    return output;
  };
}

function environment({ mode, parts, helpers }: Toolkit): typeof Handlebars {
  const handlebars = Handlebars.create();
  // Handlebars wraps every registered helper anew at each rendering, so only those used are registered; sections
  // (`{{#orders}}`) call each, and `.size` is a call of sizeOf.
  for (const name of ['if', 'unless', 'with', 'lookup', 'log']) handlebars.unregisterHelper(name);
  for (const name of ['each', 'sizeOf', ...helpers]) {
    const helper = templateHelpers[name];
    if (helper) handlebars.registerHelper(name, charging(helper));
  }
  handlebars.registerHelper('snippet', (name: string, options: Handlebars.HelperOptions) => {
    const part = parts.get(name);
    if (!part) return '';
    const budget = takeSnippet(budgetOf(options), options.data.root);
    for (const given of Object.values(options.hash)) spend(budget, sizeOfValue(budget, given));
    const data = { ...options.data.root, ...budget.assigned, ...options.hash };
    return new Handlebars.SafeString(part.print(data, budget));
  });
  const { blockHelperMissing } = handlebars.helpers;
  if (blockHelperMissing)
    handlebars.registerHelper(
      'blockHelperMissing',
      charging({ needs: 'none', glances: true, run: blockHelperMissing }),
    );
  const encode = mode === 'address' ? fillPart : fillAddress;
  handlebars.registerHelper('inAddress', (value: unknown) => encode(text(value)));
  handlebars.registerHelper('printed', printed);
  return handlebars;
}

/** `value`, the field it is called by (none where it has no name), and what else must be there with its field, by turns. */
function printed(value: unknown, field: unknown, ...others: unknown[]): unknown {
  const budget = budgetOf(others[others.length - 1] as Handlebars.HelperOptions);
  const size = sizeOfValue(budget, value);
  if (typeof value === 'string' && size > budget.outputLimit)
    throw new HelperFault(
      `${field === '' ? 'a field' : text(field)} has ${counted(size)} characters for this person; a text may have ${counted(budget.outputLimit)}: give it a shorter one`,
    );
  spend(budget, size + printEffort);
  let isWhole = true;
  for (let at = 0; at + 1 < others.length; at += 2) {
    spend(budget, sizeOfValue(budget, others[at]));
    if (leavesHole(budget, others[at], text(others[at + 1]))) isWhole = false;
  }
  if (isWhole && field !== '') leavesHole(budget, value, text(field));
  return value;
}

const printEffort = 5;

/** What laying out the fields anew takes, which each call of a snippet does. */
function countFields({ work }: RenderBudget, fields: unknown): number {
  if (typeof fields !== 'object' || fields === null) return 1;
  work.fieldCounts ??= new Map();
  const known = work.fieldCounts.get(fields);
  const count = known ?? Object.keys(fields).length;
  if (known === undefined) work.fieldCounts.set(fields, count);
  return count;
}

/** Notes a hole where there is one; a variable's is that of the fields it was made of. */
function leavesHole(budget: RenderBudget, value: unknown, field: string): boolean {
  const ofVariable = field.startsWith('@') ? budget.holesOf.get(field.slice(1)) : undefined;
  const holes = ofVariable?.size ? [...ofVariable] : printsNothing(value) ? [field.replace(/^@/, '')] : [];
  for (const hole of holes) budget.missing.add(hole);
  return holes.length > 0;
}

function takeSnippet(budget: RenderBudget, fields: TemplateData): RenderBudget {
  spend(budget, countFields(budget, fields));
  if (--budget.work.snippetsLeft < 0)
    throw new HelperFault(
      `the message shows more than ${renderLimits.snippets} snippets for this person; take them out of loops and of one another`,
    );
  return budget;
}
