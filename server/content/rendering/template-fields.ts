import type { Call, Expression, Mustache, Path, Program } from './template-ast.ts';

/** The fields a template reads, and where it prints them. */
export interface FieldUse {
  /** As dotted paths from the root; the items of a list are `orders[].name`. */
  fields: Set<string>;
  /** Places that print something, each with the field it would show. */
  printed: { node: Mustache; field: string }[];
  /** Calls of snippets, with the names given in the call. */
  snippets: { name: string; given: Set<string> }[];
}

/** Where names are looked up: a prefix for the block's own subject, and the names `as |x|` gives. */
interface Scope {
  prefix: string;
  names: Map<string, string | null>;
}

/** Walks a checked template. */
export function findFields(program: Program): FieldUse {
  const use: FieldUse = { fields: new Set(), printed: [], snippets: [] };
  walk(program, [{ prefix: '', names: new Map() }]);
  return use;

  function walk(inner: Program, scopes: readonly Scope[]): void {
    for (const statement of inner.body) {
      if (statement.type === 'MustacheStatement') {
        const field = readCall(statement, scopes, false);
        if (field !== null) use.printed.push({ node: statement, field });
      } else if (statement.type === 'BlockStatement') {
        const field = readCall(statement, scopes, true);
        const inside = statement.program ? scopeOf(statement, statement.program, field, scopes) : scopes;
        if (statement.program) walk(statement.program, inside);
        if (statement.inverse) walk(statement.inverse, scopes);
      } else if (statement.type === 'PartialStatement') {
        for (const expression of [
          ...statement.params,
          ...(statement.hash?.pairs.map((p) => p.value) ?? []),
        ]) {
          readExpression(expression, scopes);
        }
        const given = new Set(statement.hash?.pairs.map((p) => p.key));
        if (statement.name.type !== 'SubExpression')
          use.snippets.push({ name: String(statement.name.original), given });
      }
    }
  }

  /** The field a call is about: itself, or its first argument's. Null where it prints no field. */
  function readCall(call: Call, scopes: readonly Scope[], isBlock: boolean): string | null {
    const pairs = call.hash?.pairs ?? [];
    const read = [...call.params, ...pairs.map((pair) => pair.value)].map((one) =>
      readExpression(one, scopes),
    );
    if (call.path.type !== 'PathExpression') return null;
    const name = call.path.original;
    if (name === 'snippet' && call.params[0]?.type === 'StringLiteral') {
      use.snippets.push({
        name: String(call.params[0].value),
        given: new Set(pairs.map((pair) => pair.key)),
      });
      return null;
    }
    if (call.params.length === 0 && pairs.length === 0 && name !== 'now')
      return readExpression(call.path, scopes);
    if (name === 'defaultIfEmpty' && !isBlock) return null;
    return read.find((field) => field !== null) ?? null;
  }

  function readExpression(expression: Expression, scopes: readonly Scope[]): string | null {
    if (expression.type === 'SubExpression') return readCall(expression, scopes, false);
    if (expression.type !== 'PathExpression') return null;
    const field = fieldOf(expression, scopes);
    if (field) use.fields.add(field);
    return field;
  }
}

function scopeOf(
  block: Call,
  program: Program,
  field: string | null,
  scopes: readonly Scope[],
): readonly Scope[] {
  const name = block.path.type === 'PathExpression' ? block.path.original : '';
  const isSection = block.params.length === 0;
  if (name !== 'each' && name !== 'with' && !isSection) return scopes;
  // A section `{{#orders}}` may turn over a list or step into an object; its fields read as of a list.
  const prefix = field === null ? '?' : name === 'with' ? field : `${field}[]`;
  const [item, key] = program.blockParams ?? [];
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
