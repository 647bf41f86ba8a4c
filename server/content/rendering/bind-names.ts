import type { Call, Expression, Path, Program } from './template-ast.ts';

/**
 * Makes names of variables (`#assign`) lead to them, wherever they stand, and `items.size` count a list's items. Names
 * that a block gives (`as |x|`) hide variables.
 */
export function bindNames(program: Program, assigned: ReadonlySet<string>): void {
  bindAll(program, new Set());

  function bindAll(inner: Program, hidden: ReadonlySet<string>): void {
    for (const statement of inner.body) {
      if (statement.type === 'MustacheStatement') bindCall(statement, hidden);
      if (statement.type === 'PartialStatement')
        for (const expression of [...statement.params, ...(statement.hash?.pairs.map((p) => p.value) ?? [])])
          bindExpression(expression, hidden);
      if (statement.type !== 'BlockStatement') continue;
      bindCall(statement, hidden);
      const { program: own, inverse } = statement;
      if (own) bindAll(own, own.blockParams ? new Set([...hidden, ...own.blockParams]) : hidden);
      if (inverse) bindAll(inverse, hidden);
    }
  }

  function bindCall(call: Call, hidden: ReadonlySet<string>): void {
    const pairs = call.hash?.pairs.map((pair) => pair.value) ?? [];
    for (const expression of [...call.params, ...pairs]) bindExpression(expression, hidden);
    if (call.path.type !== 'PathExpression' || call.params.length + pairs.length > 0) return;
    bindPath(call.path, hidden);
    const list = listOfSize(call.path);
    if (!list) return;
    call.params = [list];
    call.path = helperPath('sizeOf', call);
  }

  function bindExpression(expression: Expression, hidden: ReadonlySet<string>): void {
    if (expression.type === 'SubExpression') bindCall(expression, hidden);
    if (expression.type !== 'PathExpression') return;
    bindPath(expression, hidden);
    const list = listOfSize(expression);
    if (list)
      Object.assign(expression, {
        type: 'SubExpression',
        path: helperPath('sizeOf', expression),
        params: [list],
      });
  }

  function bindPath(path: Path, hidden: ReadonlySet<string>): void {
    const [first = ''] = path.parts;
    if (path.data || path.depth > 0 || !assigned.has(first) || hidden.has(first)) return;
    if (path.original.startsWith('this') || path.original.startsWith('.')) return;
    path.data = true;
    path.parts = ['assigned', ...path.parts];
    path.original = `@${path.parts.join('.')}`;
  }
}

/** The list of a path that asks for its `size`. */
function listOfSize(path: Path): Path | null {
  if (path.parts.length < 2 || path.parts.at(-1) !== 'size') return null;
  const parts = path.parts.slice(0, -1);
  return { ...path, parts, original: path.original.replace(/\.(?:size|\[size\])$/, '') };
}

function helperPath(name: string, { loc }: Pick<Path, 'loc'>): Path {
  return { type: 'PathExpression', loc, data: false, depth: 0, parts: [name], original: name };
}
