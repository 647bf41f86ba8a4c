import { endsInAddress } from '../links/fill-address.ts';
import type { Mustache, Path, Program } from './template-ast.ts';

/**
 * Wraps what is printed inside an address, `https://a.example/{{city}}`, in a helper that makes it a part of it. The
 * words of a snippet are left as they are.
 */
export function markAddresses(program: Program): void {
  mark(program, '');
}

/** Walks on with the words that stand right before; returns those that stand before what follows. */
function mark(program: Program, before: string): string {
  let words = before;
  for (const statement of program.body) {
    if (statement.type === 'ContentStatement') words = `${words}${statement.value}`.slice(-2000);
    else if (statement.type === 'MustacheStatement') {
      if (endsInAddress(words)) wrap(statement);
    } else if (statement.type === 'BlockStatement') {
      const inside = statement.program ? mark(statement.program, words) : words;
      if (statement.inverse) mark(statement.inverse, words);
      words = inside;
    }
  }
  return words;
}

function wrap(node: Mustache): void {
  const { loc, path, params, hash } = node;
  if (path.type === 'PathExpression' && path.original === 'snippet') return;
  const value =
    params.length > 0 || hash ? { type: 'SubExpression' as const, loc, path, params, hash } : path;
  const name: Path = {
    type: 'PathExpression',
    loc,
    data: false,
    depth: 0,
    parts: ['inAddress'],
    original: 'inAddress',
  };
  Object.assign(node, { path: name, params: [value], hash: undefined });
}
