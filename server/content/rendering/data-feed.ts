import type { Block, Call, Expression, Mustache, Path, Program, Statement } from './template-ast.ts';
import { TemplateError } from './template-error.ts';

/** A source whose `[[…]]` are written `{{…}}`, with where those stand in it. */
export interface FeedTags {
  source: string;
  /** By `line:column`. */
  starts: ReadonlySet<string>;
}

// A tag begins with a field's or helper's name, a block's sign, or a brace or bracket before a name.
const feedTag = /^\[\[(\{?)(~?\s*(?:[#/^]\s*)?(?:[A-Za-z_@][^\n]*?|\[[^\]\n]+\][^\n]*?))(\}?)\]\](?!\])/;

/**
 * Rewrites Iterable's data feed tags, `[[field]]`, `[[{html}]]` and `[[#each items]]`, to Handlebars' braces. What
 * stands inside `{{…}}` is left alone; `\[[` is two brackets.
 */
export function readFeedTags(source: string): FeedTags {
  if (!source.includes('[[')) return { source, starts: new Set() };
  const starts = new Set<string>();
  let output = '';
  let at = 0;
  while (at < source.length) {
    const rest = source.slice(at);
    if (rest.startsWith('{{')) {
      const tag = /^\{\{!--[\s\S]*?--\}\}|^\{\{[\s\S]*?\}\}+/.exec(rest)?.[0] ?? rest;
      output += tag;
      at += tag.length;
    } else if (rest.startsWith('\\[[')) {
      output += '[[';
      at += 3;
    } else {
      const tag = rest.startsWith('[[') ? feedTag.exec(rest) : null;
      if (tag) {
        starts.add(placeOf(output));
        output += `{{${tag[1]}${tag[2]}${tag[3]}}}`;
        at += tag[0].length;
      } else {
        const plain = /^[\s\S][^{[\\]*/.exec(rest)?.[0] ?? '';
        output += plain;
        at += plain.length;
      }
    }
  }
  return { source: output, starts };
}

function placeOf(before: string): string {
  const lines = before.split('\n');
  return `${lines.length}:${lines.at(-1)?.length ?? 0}`;
}

/** Names of blocks whose content has a subject of its own, whether or not they name it. */
const movingBlocks: ReadonlySet<string> = new Set(['each', 'with', 'lookup', 'maxInList', 'minInList']);

/** Whether what stands in a block has a subject of its own. */
export function isMoving(block: Block): boolean {
  const name = block.path.type === 'PathExpression' ? block.path.original : '';
  const isNamed = (block.program?.blockParams?.length ?? 0) > 0;
  return movingBlocks.has(name) || (name === 'metadata' && !isNamed);
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
