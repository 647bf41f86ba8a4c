import { isMoving } from './data-feed.ts';
import { conditionHelpers } from './helpers/conditions.ts';
import { lookupBlocks, templateHelpers } from './helpers/template-helpers.ts';
import type { Block, Call, Expression, Mustache, Path, Program } from './template-ast.ts';

/** A value that must not be empty where it is printed, with the field it is called by. */
export interface Need {
  expression: Expression;
  field: string;
}

/** A place that prints a person's field. */
export interface PrintedPlace {
  node: Mustache;
  /** The field it would show; named when nothing is printed. Empty where it has no name, as an item of a list. */
  field: string;
  /** Fields that leave a hole in what is printed, though something is. */
  needs: readonly Need[];
}

/** The fields a template reads, and where it prints them. */
export interface FieldUse {
  /** As dotted paths from the root; the items of a list are `orders[].name`. */
  fields: Set<string>;
  printed: PrintedPlace[];
  /** Fields that are printed with neither a default nor a condition on them. */
  uncovered: Set<string>;
  /** Calls of snippets, with the names given in the call. */
  snippets: { name: string; given: Set<string> }[];
}

/** Where names are looked up: a prefix for the block's own subject, and the names `as |x|` gives. */
interface Scope {
  prefix: string;
  names: Map<string, string | null>;
}

/** Where a statement stands: its scopes, and the fields that a condition around it is on. */
interface Place {
  scopes: readonly Scope[];
  covered: ReadonlySet<string>;
}

/** Walks a checked template. */
export function findFields(program: Program): FieldUse {
  const use: FieldUse = { fields: new Set(), printed: [], uncovered: new Set(), snippets: [] };
  walk(program, { scopes: [{ prefix: '', names: new Map() }], covered: new Set() });
  return use;

  function walk(inner: Program, place: Place): void {
    for (const statement of inner.body) {
      if (statement.type === 'MustacheStatement') {
        readCall(statement, place.scopes);
        notePrinted(statement, place);
      } else if (statement.type === 'BlockStatement') {
        const field = readCall(statement, place.scopes);
        noteKey(statement, place);
        const { inBlock, inElse } = coveredBy(statement, place);
        const scopes = statement.program
          ? scopeOf(statement, statement.program, field, place.scopes)
          : place.scopes;
        if (statement.program) walk(statement.program, { scopes, covered: inBlock });
        if (statement.inverse) walk(statement.inverse, { scopes: place.scopes, covered: inElse });
      } else if (statement.type === 'PartialStatement') {
        const pairs = statement.hash?.pairs ?? [];
        for (const expression of [...statement.params, ...pairs.map((pair) => pair.value)])
          readExpression(expression, place.scopes);
        const given = new Set(pairs.map((pair) => pair.key));
        if (statement.name.type !== 'SubExpression')
          use.snippets.push({ name: String(statement.name.original), given });
      }
    }
  }

  function notePrinted(node: Mustache, { scopes, covered }: Place): void {
    const place = printedPlace(node, scopes);
    if (!place) return;
    use.printed.push({ node, ...place });
    for (const field of [place.field, ...place.needs.map((need) => need.field)])
      if (field !== '' && !covered.has(field) && !field.startsWith('@')) use.uncovered.add(field);
  }

  /** Whoever lacks the field that names a key gets nothing, unless there is an else. */
  function noteKey(block: Block, { scopes, covered }: Place): void {
    if (block.path.type !== 'PathExpression' || !lookupBlocks.has(block.path.original) || block.inverse)
      return;
    for (const field of fieldsIn(block.params[1], scopes))
      if (!covered.has(field) && !field.startsWith('@')) use.uncovered.add(field);
  }

  /** The field a call is about: itself, or its first argument's. Null where it is about none. */
  function readCall(call: Call, scopes: readonly Scope[]): string | null {
    const pairs = call.hash?.pairs ?? [];
    const read = [...call.params, ...pairs.map((pair) => pair.value)].map((one) =>
      readExpression(one, scopes),
    );
    if (call.path.type !== 'PathExpression') return null;
    if (isSnippet(call)) {
      use.snippets.push({
        name: String(call.params[0]?.type === 'StringLiteral' ? call.params[0].value : ''),
        given: new Set(pairs.map((pair) => pair.key)),
      });
      return null;
    }
    if (isField(call)) return readExpression(call.path, scopes);
    return read.find((field) => field !== null) ?? null;
  }

  function readExpression(expression: Expression, scopes: readonly Scope[]): string | null {
    if (expression.type === 'SubExpression') return readCall(expression, scopes);
    if (expression.type !== 'PathExpression') return null;
    const field = fieldOf(expression, scopes);
    if (field) use.fields.add(field);
    return field;
  }

  /** The fields that a condition is on: those are there, or not, in what it shows. */
  function coveredBy(block: Call, { scopes, covered }: Place) {
    const name = block.path.type === 'PathExpression' ? block.path.original : '';
    const isCondition = Object.hasOwn(conditionHelpers, name) && name !== 'or';
    if (!isCondition) return { inBlock: covered, inElse: covered };
    const asked = new Set([...covered, ...block.params.flatMap((one) => fieldsIn(one, scopes))]);
    return name === 'unless' || name === 'not'
      ? { inBlock: covered, inElse: asked }
      : { inBlock: asked, inElse: covered };
  }
}

const isSnippet = (call: Call): boolean =>
  call.path.type === 'PathExpression' &&
  call.path.original === 'snippet' &&
  call.params[0]?.type === 'StringLiteral';

/** Whether a call is none, but the name of a field. */
function isField(call: Call): boolean {
  if (call.path.type !== 'PathExpression' || call.params.length > 0 || call.hash) return false;
  return !Object.hasOwn(templateHelpers, call.path.original);
}

/** What a place prints of the person; null where it prints words of the template's own. */
function printedPlace(node: Mustache, scopes: readonly Scope[]): Omit<PrintedPlace, 'node'> | null {
  if (node.path.type !== 'PathExpression' || isSnippet(node)) return null;
  if (isField(node)) {
    const field = labelOf(node.path, scopes);
    return { field: field ?? '', needs: [] };
  }
  const needs = needsOf(node, scopes);
  const field = needs[0]?.field ?? node.params.flatMap((one) => fieldsIn(one, scopes))[0];
  const helper = templateHelpers[node.path.original];
  if (field === undefined || !helper || helper.needs === 'none') return null;
  if (helper.needs === 'default' && needs.length === 0) return null;
  return { field, needs: helper.needs === 'default' ? [] : needs };
}

function needsOf(call: Call, scopes: readonly Scope[]): Need[] {
  const name = call.path.type === 'PathExpression' ? call.path.original : '';
  const helper = templateHelpers[name];
  if (!helper || helper.needs === 'none' || helper.needs === 'result') return [];
  if (helper.needs === 'default') {
    const last = call.params.length > 1 ? call.params.at(-1) : undefined;
    if (!last || !('path' in last || last.type === 'PathExpression')) return [];
    const field = fieldsIn(last, scopes)[0] ?? fieldsIn(call.params[0], scopes)[0];
    const expression = { ...call, type: 'SubExpression' as const };
    return field === undefined ? [] : [{ expression, field }];
  }
  const asked = helper.needs === 'first' ? call.params.slice(0, 1) : call.params;
  return asked.flatMap((expression): Need[] => {
    if (expression.type === 'SubExpression') return needsOf(expression, scopes);
    const field = expression.type === 'PathExpression' ? labelOf(expression, scopes) : null;
    return field === null ? [] : [{ expression, field }];
  });
}

function fieldsIn(expression: Expression | undefined, scopes: readonly Scope[]): string[] {
  if (expression?.type === 'PathExpression') {
    const field = labelOf(expression, scopes);
    return field === null ? [] : [field];
  }
  return expression?.type === 'SubExpression'
    ? expression.params.flatMap((one) => fieldsIn(one, scopes))
    : [];
}

/** A field as a writer knows it: a variable by its name with an @, a feed's field in its brackets. */
function labelOf(path: Path, scopes: readonly Scope[]): string | null {
  const [first, second, ...rest] = path.parts;
  if (path.data && first === 'assigned') return `@${second}`;
  if (path.data && first === 'root' && second === 'dataFeed') return `[[${rest.join('.')}]]`;
  const field = fieldOf(path, scopes);
  return field ?? (path.data || path.parts.length === 0 ? null : path.parts.join('.'));
}

function scopeOf(
  block: Block,
  program: Program,
  field: string | null,
  scopes: readonly Scope[],
): readonly Scope[] {
  const name = block.path.type === 'PathExpression' ? block.path.original : '';
  const isSection = isField(block);
  const [item, key] = program.blockParams ?? [];
  if (lookupBlocks.has(name) && isMoving(block)) return [...scopes, { prefix: '?', names: new Map() }];
  if (!isMoving(block) && !isSection) {
    const named = program.blockParams ?? [];
    const top = scopes.at(-1);
    if (named.length === 0 || !top) return scopes;
    // The value has a name, and all else stays what it was.
    if (lookupBlocks.has(name))
      return [
        ...scopes.slice(0, -1),
        { ...top, names: new Map([...top.names, ...named.map((each) => [each, null] as const)]) },
      ];
    return [...scopes, { prefix: '?', names: new Map(named.map((each) => [each, null])) }];
  }
  // A section `{{#orders}}` may turn over a list or step into an object; its fields read as of a list.
  const prefix = field === null ? '?' : name === 'with' ? field : `${field}[]`;
  const names = new Map<string, string | null>();
  if (item) names.set(item, prefix);
  if (key) names.set(key, null);
  return [...scopes, { prefix, names }];
}

/** Null for `@index`, for `this` at the root, and for what cannot be told. */
function fieldOf(path: Path, scopes: readonly Scope[]): string | null {
  const [first, ...rest] = path.parts;
  if (path.data) return first === 'root' && rest.length > 0 ? rest.join('.') : null;
  if (first !== undefined && path.depth === 0) {
    for (const scope of scopes.toReversed()) {
      const named = scope.names.get(first);
      if (named === null) return null;
      if (named !== undefined) return [named, ...rest].join('.');
    }
  }
  const scope = scopes[Math.max(0, scopes.length - 1 - path.depth)];
  if (!scope || scope.prefix.startsWith('?')) return null;
  const field = [scope.prefix, ...path.parts].filter((part) => part !== '').join('.');
  return field === '' ? null : field;
}
