import Handlebars from 'handlebars';
import { bindFeed, readFeedTags } from './data-feed.ts';
import { templateHelpers } from './helpers/template-helpers.ts';
import { measureSource } from './measure-source.ts';
import type { Program } from './template-ast.ts';
import { TemplateError } from './template-error.ts';

/** Reads a template's source, its data feed tags too. Throws a TemplateError with line and fault in a writer's words. */
export function parseTemplate(source: string): { program: Program; tags: number } {
  const feed = readFeedTags(source);
  const { tree, tags } = parseHandlebars(feed.source);
  // The parser's declared type is a looser form of this same tree.
  const program = tree as unknown as Program;
  bindFeed(program, feed.starts, (name) => Object.hasOwn(templateHelpers, name));
  return { program, tags };
}

/**
 * Reads a source as Handlebars alone, once it is known that it can be read in good time. `tags`: how many `{{…}}` it has.
 * Throws a TemplateError with line and fault in a writer's words.
 */
export function parseHandlebars(source: string): { tree: hbs.AST.Program; tags: number } {
  const tags = measureSource(source);
  try {
    return { tree: Handlebars.parse(source), tags };
  } catch (error) {
    throw readParseError(error);
  }
}

const tokenNames: Record<string, string> = {
  EOF: 'the end of the template (a block or {{ is not closed)',
  INVALID: 'a sign that cannot stand there',
  CLOSE: '}}',
  CLOSE_UNESCAPED: '}}}',
  OPEN_ENDBLOCK: '{{/',
  OPEN_INVERSE: '{{else}}',
  INVERSE: '{{else}}',
  CLOSE_SEXPR: ')',
};

function readParseError(error: unknown): TemplateError {
  const message = error instanceof Error ? error.message : String(error);
  const parse = /^(?:Parse|Lexical) error on line (\d+)[:.]/.exec(message);
  if (parse) {
    const got = /got '([A-Z_]+)'/.exec(message)?.[1] ?? 'INVALID';
    const near = message.split('\n')[1]?.trim().slice(-60);
    const place = near ? ` near “${near}”` : '';
    return new TemplateError(
      Number(parse[1]),
      `cannot be read${place}: unexpected ${tokenNames[got] ?? got}`,
    );
  }
  const mismatch = /^(.*?) - (\d+):\d+$/.exec(message);
  if (mismatch)
    return new TemplateError(
      Number(mismatch[2]),
      mismatch[1]?.replace("doesn't match", 'is closed by') ?? message,
    );
  return new TemplateError(null, message);
}
