import Handlebars from 'handlebars';
import { checkTemplate } from './check-template.ts';
import { type Program, parseTemplate } from './template-ast.ts';
import { TemplateError } from './template-error.ts';
import { findFields } from './template-fields.ts';
import { budgetOf, HelperFault, type RenderBudget, templateHelpers } from './template-helpers.ts';

/** A template read, checked and ready to render many times. Made by `compileTemplate` only. */
export interface CompiledTemplate {
  readonly source: string;
  /** Fields it reads, as dotted paths from the root, in alphabetical order; `orders[].name` for items of a list. */
  readonly fields: readonly string[];
  /** Characters one rendering may have. */
  readonly outputLimit: number;
  readonly print: (data: TemplateData, budget: RenderBudget) => string;
  /** As `print`, noting fields that print nothing; compiled when first asked for. */
  readonly printTracked: (data: TemplateData, budget: RenderBudget) => string;
}

/** What a template sees: profile fields at the root, with `profile`, `event` and `campaign` beside them. */
export type TemplateData = Record<string, unknown>;

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
 * Renders. A field that is missing prints nothing. Throws a TemplateError when a limit is passed or a helper is
 * given what it cannot take (an unknown time zone). `now` is for the `now` helper.
 */
export function render(compiled: CompiledTemplate, data: TemplateData, now: Date = new Date(0)): string {
  return guarded(() => compiled.print(data, freshBudget(compiled, now)));
}

/** The fields a template reads, for an editor's list or a check against the project's fields. */
export function fieldsOf(compiled: CompiledTemplate): readonly string[] {
  return compiled.fields;
}

/**
 * The fields that this person's rendering would print and that are empty, in alphabetical order. Those under a
 * default or in a branch not taken are not missed.
 */
export function missingFields(
  compiled: CompiledTemplate,
  data: TemplateData,
  now: Date = new Date(0),
): string[] {
  const missing = new Set<string>();
  guarded(() => compiled.printTracked(data, { ...freshBudget(compiled, now), missing }));
  return [...missing].sort();
}

/** Lays out what templates see. Event fields hide profile fields of the same name, as in triggered campaigns. */
export function templateData(parts: {
  profile: Record<string, unknown>;
  event?: Record<string, unknown>;
  campaign?: Record<string, unknown>;
}): TemplateData {
  const { profile, event = {}, campaign = {} } = parts;
  return { ...profile, ...event, profile, event, campaign };
}

function freshBudget({ outputLimit }: CompiledTemplate, now: Date): RenderBudget {
  const { iterations, snippets } = renderLimits;
  return { iterationsLeft: iterations, snippetsLeft: snippets, outputLimit, now };
}

function guarded(run: () => string): string {
  try {
    return run();
  } catch (error) {
    if (error instanceof TemplateError) throw error;
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

  const found = findFields(program);
  const fields = new Set(found.fields);
  for (const { name, given } of found.snippets) {
    for (const field of parts.get(name)?.fields ?? []) {
      if (!given.has(field.split(/[.[]/)[0] ?? '')) fields.add(field);
    }
  }
  const toolkit = { mode, parts, helpers: used.helpers };
  const print = printer(program, toolkit, 'print');
  let tracked: CompiledTemplate['printTracked'] | undefined;
  return {
    source,
    fields: [...fields].sort(),
    outputLimit: mode === 'html' ? renderLimits.outputHtml : renderLimits.outputText,
    print,
    printTracked: (data, budget) => {
      tracked ??= printer(trackedProgram(source, names), toolkit, 'printTracked');
      return tracked(data, budget);
    },
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

/** The same template with every printing place wrapped in a helper that notes when it prints nothing. */
function trackedProgram(source: string, names: ReadonlySet<string>): Program {
  const program = parseTemplate(source);
  checkTemplate(program, names);
  for (const { node, field } of findFields(program).printed) {
    const { loc, path, params, hash } = node;
    const value =
      params.length > 0 || hash ? { type: 'SubExpression' as const, loc, path, params, hash } : path;
    node.params = [value, { type: 'StringLiteral', loc, value: field, original: field }];
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
  return program;
}

interface Toolkit {
  mode: Mode;
  parts: ReadonlyMap<string, CompiledTemplate>;
  helpers: ReadonlySet<string>;
}

function printer(
  program: Program,
  toolkit: Toolkit,
  way: 'print' | 'printTracked',
): CompiledTemplate['print'] {
  const { mode, parts } = toolkit;
  const handlebars = environment(toolkit, way);
  const run = handlebars.compile<TemplateData>(program, {
    noEscape: mode === 'text',
    knownHelpers: Object.fromEntries(Object.keys(handlebars.helpers).map((name) => [name, true])),
    knownHelpersOnly: true,
    preventIndent: true,
  });
  const partials = Object.fromEntries(
    [...parts].map(([name, part]) => [
      name,
      (context: TemplateData, options?: Handlebars.RuntimeOptions) =>
        part[way](context, takeSnippet(options?.data.budget)),
    ]),
  );
  return (data, budget) => {
    const output = run(data, {
      data: { budget },
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

function environment({ parts, helpers }: Toolkit, way: 'print' | 'printTracked'): typeof Handlebars {
  const handlebars = Handlebars.create();
  // Handlebars wraps every registered helper anew at each rendering, so only those used are registered; sections
  // (`{{#orders}}`) call each.
  for (const name of ['if', 'unless', 'with', 'lookup', 'log']) handlebars.unregisterHelper(name);
  for (const name of ['each', ...helpers]) {
    const helper = templateHelpers[name];
    if (helper) handlebars.registerHelper(name, helper.run);
  }
  handlebars.registerHelper('snippet', (name: string, options: Handlebars.HelperOptions) => {
    const part = parts.get(name);
    if (!part) return '';
    return new Handlebars.SafeString(
      part[way]({ ...options.data.root, ...options.hash }, takeSnippet(budgetOf(options))),
    );
  });
  handlebars.registerHelper('printed', (value: unknown, field: string, options: Handlebars.HelperOptions) => {
    if (printsNothing(value)) budgetOf(options).missing?.add(field);
    return value;
  });
  return handlebars;
}

function takeSnippet(budget: RenderBudget): RenderBudget {
  if (--budget.snippetsLeft < 0) throw new HelperFault('too many snippets in one text');
  return budget;
}

/** An object prints "[object Object]", which is as good as nothing. */
function printsNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date);
}
