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
  value: string;
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
  /** Whether HTML signs of the value are escaped. */
  escaped: boolean;
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
export interface Hash extends Located {
  type: 'Hash';
  pairs: ({ type: 'HashPair'; key: string; value: Expression } & Located)[];
}
