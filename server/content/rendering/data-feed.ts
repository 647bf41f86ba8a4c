import { lookupBlocks } from './helpers/template-helpers.ts';
import type { Block, Call, Expression, Mustache, Path, Program, Statement } from './template-ast.ts';
import { TemplateError } from './template-error.ts';

/** A source whose `[[…]]` are written `{{…}}`, with where those stand in it. */
export interface FeedTags {
  source: string;
  /** By `line:column`. */
  starts: ReadonlySet<string>;
}

// A tag begins with a field's or helper's name, a block's sign, or a brace or bracket before a name, and ends on the line
// of its name.
const feedTag = /\[\[(\{?)(~?\s*(?:[#/^]\s*)?(?:[A-Za-z_@][^\n]*?|\[[^\]\n]+\][^\n]*?))(\}?)\]\](?!\])/y;
const beforeName = /\[\[\{?~?\s*(?:[#/^]\s*)?/y;
const plainWords = /[\s\S][^{[\\]*/y;

/**
 * Rewrites Iterable's data feed tags, `[[field]]`, `[[{html}]]` and `[[#each items]]`, to Handlebars' braces. What
 * stands inside `{{…}}` is left alone; `\[[` is two brackets. Looks at each character a fixed number of times.
 */
export function readFeedTags(source: string): FeedTags {
  if (!source.includes('[[')) return { source, starts: new Set() };
  const starts = new Set<string>();
  let output = '';
  let line = 1;
  let lineStart = 0;
  const put = (text: string) => {
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
      line++;
      lineStart = output.length + end + 1;
    }
    output += text;
  };
  const nextClose = onwards(source, ']]');
  const nextLine = onwards(source, '\n');
  const nextBraces = onwards(source, '}}');
  const nextCommentEnd = onwards(source, '--}}');
  const match = (pattern: RegExp, from: number) => {
    pattern.lastIndex = from;
    return pattern.exec(source);
  };
  let at = 0;
  while (at < source.length) {
    if (source.startsWith('{{', at)) {
      const isComment = source.startsWith('{{!--', at) && nextCommentEnd(at) < source.length;
      let end = isComment ? nextCommentEnd(at) + 4 : Math.min(nextBraces(at) + 2, source.length);
      while (!isComment && source[end] === '}') end++;
      put(source.slice(at, end));
      at = end;
    } else if (source.startsWith('\\[[', at)) {
      put('[[');
      at += 3;
    } else {
      const name = at + (match(beforeName, at)?.[0].length ?? 0);
      const tag = name > at && nextClose(name) < nextLine(name) ? match(feedTag, at) : null;
      if (tag) starts.add(`${line}:${output.length - lineStart}`);
      const [whole, html, words, brace] = tag ?? match(plainWords, at) ?? [''];
      put(tag ? `{{${html}${words}${brace}}}` : (whole ?? ''));
      at += whole?.length ?? 1;
    }
  }
  return { source: output, starts };
}

/** Where a sign stands next, infinity where nowhere; asked of places further and further on. */
function onwards(source: string, sign: string): (from: number) => number {
  let found = -1;
  return (from) => {
    if (found < from) found = source.indexOf(sign, from);
    if (found < 0) found = Number.POSITIVE_INFINITY;
    return found;
  };
}

/** Names of blocks whose content has a subject of its own, whether or not they name it. */
const movingBlocks: ReadonlySet<string> = new Set(['each', 'with', 'lookup', 'maxInList', 'minInList']);

/** Whether what stands in a block has a subject of its own. */
export function isMoving(block: Block): boolean {
  const name = block.path.type === 'PathExpression' ? block.path.original : '';
  const isNamed = (block.program?.blockParams?.length ?? 0) > 0;
  return movingBlocks.has(name) || (lookupBlocks.has(name) && !isNamed);
}

/** Inside which blocks with a subject of their own a statement stands. */
interface Surroundings {
  feed: boolean;
  person: boolean;
}

/**
 * Makes the fields of `[[…]]` the feed's, `@root.dataFeed.field`, and those of `{{…}}` the person's even inside a block
 * over the feed. Throws a TemplateError where the two cannot be told apart.
 */
export function bindFeed(
  program: Program,
  starts: ReadonlySet<string>,
  isHelper: (name: string) => boolean,
): void {
  if (starts.size > 0) bindAll(program, { feed: false, person: false });

  function bindAll(inner: Program, around: Surroundings): void {
    for (const statement of inner.body) bindStatement(statement, around);
  }

  function bindStatement(statement: Statement, around: Surroundings): void {
    if (statement.type !== 'MustacheStatement' && statement.type !== 'BlockStatement') return;
    const { line, column } = statement.loc.start;
    const isFeed = starts.has(`${line}:${column}`);
    if (isFeed && around.feed && around.person)
      throw new TemplateError(
        line,
        'a data feed’s tag stands in a block over a list of the person inside one over the feed; take one out',
      );
    const root = isFeed
      ? around.feed
        ? null
        : ['root', 'dataFeed']
      : around.feed && !around.person
        ? ['root']
        : null;
    if (root) bindCall(statement, root);
    if (statement.type === 'BlockStatement') bindBlock(statement, isFeed, around);
  }

  function bindBlock(block: Block, isFeed: boolean, around: Surroundings): void {
    const name = block.path.type === 'PathExpression' ? block.path.original : '';
    const moves = isMoving(block) || (block.params.length === 0 && !isHelper(name));
    const inside = moves ? { ...around, [isFeed ? 'feed' : 'person']: true } : around;
    if (block.program) bindAll(block.program, inside);
    if (block.inverse) bindAll(block.inverse, around);
  }

  function bindCall(call: Call | Mustache, root: readonly string[]): void {
    const given = [...call.params, ...(call.hash?.pairs.map((pair) => pair.value) ?? [])];
    if (call.path.type === 'PathExpression' && given.length === 0 && !isHelper(call.path.original))
      bindPath(call.path, root);
    for (const expression of given) bindExpression(expression, root);
  }

  function bindExpression(expression: Expression, root: readonly string[]): void {
    if (expression.type === 'PathExpression') bindPath(expression, root);
    if (expression.type === 'SubExpression') bindCall(expression, root);
  }
}

function bindPath(path: Path, root: readonly string[]): void {
  if (path.data || path.depth > 0) return;
  path.data = true;
  path.parts = [...root, ...path.parts];
  path.original = `@${path.parts.join('.')}`;
}
