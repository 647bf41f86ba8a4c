import Handlebars from 'handlebars';
import { fillAddress } from '../links/fill-address.ts';
import { bindNames } from './bind-names.ts';
import { checkTemplate } from './check-template.ts';
import { budgetOf, HelperFault, type RenderBudget, SendSkip, split } from './helpers/helper.ts';
import { templateHelpers } from './helpers/template-helpers.ts';
import { printsNothing, text } from './helpers/values.ts';
import { markAddresses } from './mark-addresses.ts';
import { parseTemplate } from './parse-template.ts';
import type { Program } from './template-ast.ts';
import { TemplateError } from './template-error.ts';
import { findFields, type PrintedPlace } from './template-fields.ts';

/** A template read, checked and ready to render many times. Made by `compileTemplate` only. */
export interface CompiledTemplate {
  readonly source: string;
  /** Fields it reads, as dotted paths from the root, in alphabetical order; `orders[].name` for items of a list. */
  readonly fields: readonly string[];
  /** Those of them that are printed with neither a default nor a condition on them: who lacks one gets no message. */
  readonly uncovered: readonly string[];
  /** Variables that it sets, its snippets' too. */
  readonly assigned: ReadonlySet<string>;
  /** Characters one rendering may have. */
  readonly outputLimit: number;
  readonly print: (data: TemplateData, budget: RenderBudget) => string;
}

/** What a template sees: `templateData` lays it out. */
export type TemplateData = Record<string, unknown>;

/** What one rendering is given besides the data. */
export interface RenderContext {
  now: Date;
  /** The project's key for hmac helpers; null where it has none. */
  hmacSecret?: string | null;
  /** The project's tables of metadata; left out where there are none. */
  readMetadata?: RenderBudget['readMetadata'] | undefined;
}

export interface CompileOptions {
  /** `text` for SMS and WhatsApp: values as they are. `html` for email: `{{ }}` escaped, `{{{ }}}` not. */
  mode?: 'text' | 'html';
  /** Snippets by name, as source. The same map object must not change afterwards; results are kept by it. */
  snippets?: ReadonlyMap<string, string>;
}

/** Most that one rendering may do, so that no template can hold up a blast. */
const renderLimits = {
  iterations: 10_000,
  snippets: 200,
  outputText: 20_000,
  outputHtml: 1_000_000,
} as const;
const LONGEST_SOURCE = 500_000;
const TEMPLATES_KEPT = 1000;

const noMetadata = () => undefined;
const noSnippets: ReadonlyMap<string, string> = new Map();
const kept = new WeakMap<ReadonlyMap<string, string>, Map<string, CompiledTemplate>>();

/**
 * Reads a Handlebars template. Throws a TemplateError naming line and fault: bad syntax, an unknown helper or
 * snippet, wrong arguments. Compiled templates are kept, so asking again for the same source costs nothing.
 */
export function compileTemplate(source: string, options: CompileOptions = {}): CompiledTemplate {
  const snippets = options.snippets ?? noSnippets;
  const mode = options.mode ?? 'text';
  const known = kept.get(snippets) ?? new Map<string, CompiledTemplate>();
  kept.set(snippets, known);
  const key = `${mode} ${source}`;
  const found = known.get(key);
  if (found) return found;
  if (known.size >= TEMPLATES_KEPT) known.clear();
  const compiled = compile(source, mode, snippets, []);
  known.set(key, compiled);
  return compiled;
}

/**
 * Renders. A field that is missing prints nothing, and is named in `missing` where no default or condition covers it;
 * white space is nothing. Throws a TemplateError when a limit is passed or a helper is given what it cannot take (an
 * unknown time zone), and `SendSkip` where the template itself says that no message is to go.
 */
export function fill(
  compiled: CompiledTemplate,
  data: TemplateData,
  { now, hmacSecret = null, readMetadata = noMetadata }: RenderContext,
): { text: string; missing: string[] } {
  const { iterations, snippets } = renderLimits;
  const missing = new Set<string>();
  // A variable that is not set yet reads as the field of its name.
  const assigned: Record<string, unknown> = Object.create(null);
  for (const name of compiled.assigned) if (Object.hasOwn(data, name)) assigned[name] = data[name];
  const budget: RenderBudget = {
    ...{ iterationsLeft: iterations, snippetsLeft: snippets, outputLimit: compiled.outputLimit },
    ...{ now, hmacSecret, readMetadata, missing, assigned, holesOf: new Map() },
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
  /** What is true of the message itself (`builtInFields`). */
  builtIn?: Record<string, unknown>;
}

/**
 * Lays out what templates see: at the root fields of the event hide the profile's, as in triggered campaigns, and these
 * the campaign's. Nobody's field hides what is true of the message.
 */
export function templateData(parts: DataParts): TemplateData {
  const { profile, event = {}, campaign = {}, campaignFields = {}, builtIn = {} } = parts;
  const sources = { profile, event, campaign, dataFeed: campaignFields };
  return { ...campaignFields, ...profile, ...event, ...builtIn, ...sources };
}

function guarded(run: () => string): string {
  try {
    return run();
  } catch (error) {
    if (error instanceof TemplateError || error instanceof SendSkip) throw error;
    if (error instanceof HelperFault) throw new TemplateError(null, error.message);
    throw new TemplateError(
      null,
      `cannot be rendered: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

type Mode = 'text' | 'html';

function compile(
  source: string,
  mode: Mode,
  snippets: ReadonlyMap<string, string>,
  above: readonly string[],
): CompiledTemplate {
  if (source.length > LONGEST_SOURCE)
    throw new TemplateError(null, `a template may have ${LONGEST_SOURCE} characters`);
  const names = new Set(snippets.keys());
  const program = parseTemplate(source);
  const used = checkTemplate(program, names);
  const parts = new Map<string, CompiledTemplate>();
  for (const name of used.snippets) parts.set(name, compileSnippet(name, mode, snippets, above));

  const assigned = new Set([...used.assigned, ...[...parts.values()].flatMap((part) => [...part.assigned])]);
  bindNames(program, assigned);
  const found = findFields(program);
  const fields = new Set(found.fields);
  const { uncovered } = found;
  for (const { name, given } of found.snippets) {
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
    assigned,
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
  try {
    return compile(snippets.get(name) ?? '', mode, snippets, [...above, name]);
  } catch (error) {
    if (error instanceof TemplateError && !error.message.startsWith('snippet')) {
      throw new TemplateError(null, `snippet “${name}”, ${error.message}`);
    }
    throw error;
  }
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
    noEscape: mode === 'text',
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
        part.print(context, takeSnippet(options?.data.budget)),
    ]),
  );
  return (data, budget) => {
    const output = run(data, {
      data: { budget, assigned: budget.assigned },
      partials,
      allowProtoMethodsByDefault: false,
      allowProtoPropertiesByDefault: false,
    });
    if (output.length > budget.outputLimit) {
      throw new HelperFault(`the text grows past ${budget.outputLimit} characters`);
    }
    return output;
  };
}

function environment({ parts, helpers }: Toolkit): typeof Handlebars {
  const handlebars = Handlebars.create();
  // Handlebars wraps every registered helper anew at each rendering, so only those used are registered; sections
  // (`{{#orders}}`) call each, and `.size` is a call of sizeOf.
  for (const name of ['if', 'unless', 'with', 'lookup', 'log']) handlebars.unregisterHelper(name);
  for (const name of ['each', 'sizeOf', ...helpers]) {
    const helper = templateHelpers[name];
    if (helper) handlebars.registerHelper(name, helper.run);
  }
  handlebars.registerHelper('snippet', (name: string, options: Handlebars.HelperOptions) => {
    const part = parts.get(name);
    if (!part) return '';
    const budget = takeSnippet(budgetOf(options));
    const data = { ...options.data.root, ...budget.assigned, ...options.hash };
    return new Handlebars.SafeString(part.print(data, budget));
  });
  handlebars.registerHelper('inAddress', (value: unknown) => fillAddress(text(value)));
  handlebars.registerHelper('printed', (...given: unknown[]) => {
    const { args, options } = split(given);
    const budget = budgetOf(options);
    const [value, field, ...needs] = args;
    let isWhole = true;
    for (let at = 0; at < needs.length; at += 2)
      if (leavesHole(budget, needs[at], text(needs[at + 1]))) isWhole = false;
    if (isWhole) leavesHole(budget, value, text(field));
    return value;
  });
  return handlebars;
}

/** Notes a hole where there is one; a variable's is that of the fields it was made of. */
function leavesHole(budget: RenderBudget, value: unknown, field: string): boolean {
  const ofVariable = field.startsWith('@') ? budget.holesOf.get(field.slice(1)) : undefined;
  const holes = ofVariable?.size ? [...ofVariable] : printsNothing(value) ? [field.replace(/^@/, '')] : [];
  for (const hole of holes) budget.missing.add(hole);
  return holes.length > 0;
}

function takeSnippet(budget: RenderBudget): RenderBudget {
  if (--budget.snippetsLeft < 0) throw new HelperFault('too many snippets in one text');
  return budget;
}
