import Handlebars from 'handlebars';
import { TemplateError } from './template-error.ts';

/** Handlebars' syntax tree as its parser really gives it; its own types leave statements and expressions open. */
export interface Program {
  type: 'Program';
  body: Statement[];
  blockParams?: string[];
}
export type Statement = Content | Comment | Mustache | Block | Partial | Refused;
export type Expression = Path | SubExpression | Literal;

interface Located {
  loc: { start: { line: number; column: number } };
}
interface Content extends Located {
  type: 'ContentStatement';
}
interface Comment extends Located {
  type: 'CommentStatement';
}
interface Refused extends Located {
  type: 'Decorator' | 'DecoratorBlock' | 'PartialBlockStatement';
}
/** What calling a helper and printing a field have in common. */
export interface Call extends Located {
  path: Path | Literal;
  params: Expression[];
  hash?: Hash;
}
export interface Mustache extends Call {
  type: 'MustacheStatement';
}
export interface SubExpression extends Call {
  type: 'SubExpression';
}
export interface Block extends Call {
  type: 'BlockStatement';
  program?: Program;
  inverse?: Program;
}
export interface Partial extends Located {
  type: 'PartialStatement';
  name: Path | Literal | SubExpression;
  params: Expression[];
  hash?: Hash;
}
export interface Path extends Located {
  type: 'PathExpression';
  data: boolean;
  depth: number;
  parts: string[];
  original: string;
}
export interface Literal extends Located {
  type: 'StringLiteral' | 'NumberLiteral' | 'BooleanLiteral' | 'UndefinedLiteral' | 'NullLiteral';
  value?: unknown;
  original?: unknown;
}
export interface Hash {
  type: 'Hash';
  pairs: { key: string; value: Expression }[];
}

/** Reads a template's source. Throws a TemplateError with line and fault in a writer's words. */
export function parseTemplate(source: string): Program {
  try {
    // The parser's declared type is a looser form of this same tree.
    return Handlebars.parse(source) as unknown as Program;
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
