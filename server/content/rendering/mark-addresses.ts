import { endsInAddress } from '../links/fill-address.ts';
import { templateHelpers } from './helpers/template-helpers.ts';
import type { Mustache, Path, Program } from './template-ast.ts';

/**
 * Wraps what is printed inside an address, `https://a.example/{{city}}`, in a helper that makes it a part of it. The
 * words of a snippet are left as they are, and so is what a helper encodes: it would be encoded twice.
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
      if (endsInAddress(words) && !isOf(pathOf(statement), encodesForAddress)) wrap(statement);
    } else if (statement.type === 'BlockStatement') {
      if (isOf(statement.path, encodesBlock)) continue;
      const inside = statement.program ? mark(statement.program, words) : words;
      if (statement.inverse) mark(statement.inverse, words);
      words = inside;
    }
  }
  return words;
}

/** Helpers that give what may stand in an address. */
const encodesForAddress = (name: string) => name === 'urlEncode' || name === 'toUrlEncodedJson';

const encodesBlock = (name: string) => templateHelpers[name]?.encodes === true;

/** What is called; what notes holes (`printed`) stands around it. */
function pathOf({ path, params: [value] }: Mustache): Mustache['path'] {
  const isNoted = isOf(path, (name) => name === 'printed');
  return isNoted && value?.type === 'SubExpression' ? value.path : path;
}

const isOf = (path: Mustache['path'], test: (name: string) => boolean): boolean =>
  path.type === 'PathExpression' && test(path.original);

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
