import { parseHandlebars } from './rendering/parse-template.ts';

/** A text cut at its expressions, in order. */
export type TextPart =
  | { kind: 'text'; text: string }
  | {
      kind: 'expression';
      /** As written, braces included. */
      source: string;
      /** The field it shows, or the helper's name where it shows none. */
      name: string;
      /** The text it falls back to, null where it has none. */
      fallback: string | null;
    };

/** Why a text cannot be cut: it holds something that is no simple expression. */
export interface CutFault {
  line: number;
  fault: string;
}

/**
 * Cuts a Handlebars text into plain words and simple expressions (`{{firstName}}`, `{{defaultIfEmpty firstName
 * "there"}}`): what a medium can take that fills numbered blanks of an approved text. Blocks, partials and
 * whitespace marks (`{{~`) are faults. Throws a TemplateError where the text is no Handlebars, or more than can
 * be read in good time.
 */
export function cutAtExpressions(text: string): { parts: TextPart[] } | { fault: CutFault } {
  const { tree } = parseHandlebars(text);
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  const offset = (position: hbs.AST.Position) => (lineStarts[position.line - 1] ?? 0) + position.column;
  const parts: TextPart[] = [];
  for (const statement of tree.body) {
    const line = statement.loc.start.line;
    if (isContent(statement)) parts.push({ kind: 'text', text: statement.value });
    else if (isMustache(statement)) {
      if (statement.strip.open || statement.strip.close)
        return { fault: { line, fault: 'holds a whitespace mark (~); remove it' } };
      const source = text.slice(offset(statement.loc.start), offset(statement.loc.end));
      parts.push({ kind: 'expression', source, name: nameOf(statement), fallback: fallbackOf(statement) });
    } else if (statement.type !== 'CommentStatement')
      return {
        fault: { line, fault: 'holds a block or partial; only simple expressions can be filled in here' },
      };
  }
  return { parts };
}

function isContent(statement: hbs.AST.Statement): statement is hbs.AST.ContentStatement {
  return statement.type === 'ContentStatement';
}

function isMustache(statement: hbs.AST.Statement): statement is hbs.AST.MustacheStatement {
  return statement.type === 'MustacheStatement';
}

function isPath(expression: hbs.AST.Expression): expression is hbs.AST.PathExpression {
  return expression.type === 'PathExpression';
}

function isString(expression: hbs.AST.Expression): expression is hbs.AST.StringLiteral {
  return expression.type === 'StringLiteral';
}

function nameOf(mustache: hbs.AST.MustacheStatement): string {
  const field = mustache.params.find(isPath) ?? (isPath(mustache.path) ? mustache.path : null);
  return field?.parts.at(-1) ?? field?.original ?? 'value';
}

function fallbackOf(mustache: hbs.AST.MustacheStatement): string | null {
  const last = mustache.params.slice(1).findLast(isString);
  return last?.value || null;
}
