import { readPattern } from './helpers/conditions.ts';
import { HelperFault, type TemplateHelper } from './helpers/helper.ts';
import { readFormat } from './helpers/java-format.ts';
import { lookupBlocks, templateHelpers } from './helpers/template-helpers.ts';
import { quoted, renderLimits } from './render-limits.ts';
import type { Block, Call, Expression, Partial, Path, Program, Statement } from './template-ast.ts';
import { TemplateError } from './template-error.ts';

const frameNames = new Set(['index', 'key', 'first', 'last', 'root']);
const dangerous = new Set(['__proto__', 'constructor', 'prototype', '__defineGetter__', '__lookupGetter__']);
const DEEPEST = renderLimits.nesting;

/** What a template calls by name. */
export interface TemplateUse {
  snippets: Set<string>;
  helpers: Set<string>;
  /** Variables that it sets. */
  assigned: Set<string>;
  /** Pools of coupons that it takes codes of. */
  coupons: Set<string>;
}

const helperOf = (name: string): TemplateHelper | undefined =>
  Object.hasOwn(templateHelpers, name) ? templateHelpers[name] : undefined;

/**
 * Holds a template to what it may do: known helpers with the right arguments, snippets that exist, no decorators,
 * no computed partials, no ways into a prototype. Also lets a field bear a helper's name (`{{length}}`).
 * Throws a TemplateError naming the line. Gives the names of the snippets and helpers used.
 */
export function checkTemplate(program: Program, snippetNames: ReadonlySet<string>): TemplateUse {
  const used: TemplateUse = {
    snippets: new Set(),
    helpers: new Set(),
    assigned: new Set(),
    coupons: new Set(),
  };
  checkProgram(program, 0);
  return used;

  function checkProgram(inner: Program, depth: number): void {
    if (depth > DEEPEST) throw new TemplateError(null, `blocks are nested more than ${DEEPEST} deep`);
    for (const statement of inner.body) checkStatement(statement, depth);
  }

  function checkStatement(statement: Statement, depth: number): void {
    const { line } = statement.loc.start;
    switch (statement.type) {
      case 'MustacheStatement':
        checkCall(statement, 'inline', depth);
        break;
      case 'BlockStatement':
        checkBlock(statement, depth);
        break;
      case 'PartialStatement':
        checkPartial(statement, depth);
        break;
      case 'Decorator':
      case 'DecoratorBlock':
        throw new TemplateError(line, '{{* …}} is not supported');
      case 'PartialBlockStatement':
        throw new TemplateError(line, '{{#> …}} is not supported; use {{> name}} or {{{snippet "name"}}}');
    }
  }

  function checkBlock(block: Block, depth: number): void {
    checkCall(block, 'block', depth);
    const name = block.path.type === 'PathExpression' ? block.path.original : '';
    if (helperOf(name)?.encodes && block.program) printUnescaped(block.program);
    if (lookupBlocks.has(name)) noteShape(block);
    if (block.program) checkProgram(block.program, depth + 1);
    if (block.inverse) checkProgram(block.inverse, depth + 1);
  }

  function checkPartial(partial: Partial, depth: number): void {
    const { line } = partial.loc.start;
    if (partial.name.type === 'SubExpression') throw new TemplateError(line, '{{> …}} needs a fixed name');
    useSnippet(String(partial.name.original ?? ''), line);
    for (const expression of [...partial.params, ...hashOf(partial)]) checkExpression(expression, depth);
  }

  function checkCall(call: Call, use: 'inline' | 'block', depth: number): void {
    const { line } = call.loc.start;
    const path = pathOf(call);
    checkPath(path);
    const name = path.original;
    const given = [...call.params, ...hashOf(call)];
    if (given.length > renderLimits.pairs)
      throw new TemplateError(
        line,
        `“${name}” is given more than ${renderLimits.pairs} values; give it fewer`,
      );
    for (const expression of given) checkExpression(expression, depth);
    if (name === 'snippet' && use === 'inline' && given.length > 0) {
      checkSnippetCall(call);
      return;
    }

    const helper = helperOf(name);
    const count = helper?.[use];
    if (given.length === 0 && (!helper || (use === 'inline' && count?.[0] !== 0 && name !== 'sendSkip'))) {
      // Handlebars reads "this.x" as a field whatever x is called.
      if (helper) path.original = `this.${name}`;
      return;
    }
    if (!helper) {
      const known = Object.keys(templateHelpers).join(', ');
      throw new TemplateError(line, `there is no helper “${name}”; known are snippet, ${known}`);
    }
    if (!count) {
      throw new TemplateError(
        line,
        helper.block
          ? `“${name}” is a block: {{#${name} …}}…{{/${name}}}`
          : `“${name}” is not a block: write {{${name} …}}`,
      );
    }
    used.helpers.add(name);
    const [fewest, most] = count;
    if (call.params.length < fewest || call.params.length > most) {
      const wanted = fewest === most ? `${fewest}` : `${fewest} to ${most}`;
      throw new TemplateError(line, `“${name}” takes ${wanted} argument(s), ${call.params.length} given`);
    }
    if (name === 'coupon') used.coupons.add(poolName(call, line));
    if (name === 'assign') used.assigned.add(assignedName(call, line));
    if (name === 'ifMatchesRegexStr') checkLiteral(call.params[1], line, readPattern);
    if (name === 'stringFormat') checkLiteral(call.params[0], line, readFormat);
  }

  function checkSnippetCall(call: Call): void {
    const [name, ...others] = call.params;
    const { line } = call.loc.start;
    if (name?.type !== 'StringLiteral' || others.length > 0) {
      throw new TemplateError(
        line,
        'snippet takes one name in quotes: {{{snippet "footer" city=profile.city}}}',
      );
    }
    useSnippet(String(name.value), line);
  }

  function useSnippet(name: string, line: number): void {
    if (!snippetNames.has(name)) throw new TemplateError(line, `there is no snippet “${name}”`);
    used.snippets.add(name);
  }

  function checkExpression(expression: Expression, depth: number): void {
    if (depth > DEEPEST)
      throw new TemplateError(expression.loc.start.line, 'expressions are nested too deep');
    if (expression.type === 'PathExpression') checkPath(expression);
    if (expression.type === 'SubExpression') {
      const name = pathOf(expression).original;
      if (!helperOf(name)?.inline)
        throw new TemplateError(expression.loc.start.line, `there is no helper “${name}” for use in (…)`);
      checkCall(expression, 'inline', depth + 1);
    }
  }
}

/** What a call names; a name in quotes, `{{"city"}}`, is one as any other. */
function pathOf(call: Call): Path {
  if (call.path.type !== 'PathExpression') {
    const name = String(call.path.original ?? call.path.value ?? '');
    call.path = {
      type: 'PathExpression',
      loc: call.path.loc,
      data: false,
      depth: 0,
      parts: [name],
      original: name,
    };
  }
  return call.path;
}

function checkPath(path: Path): void {
  const { line } = path.loc.start;
  if (path.data && !frameNames.has(path.parts[0] ?? ''))
    throw new TemplateError(line, `there is no @${path.parts[0] ?? ''}`);
  if (path.parts.length > renderLimits.pathNames || path.depth > renderLimits.nesting)
    throw new TemplateError(
      line,
      `${quoted(path.original)} leads over more than ${renderLimits.pathNames} names; make the path shorter`,
    );
  const bad = path.parts.find((part) => dangerous.has(part));
  if (bad) throw new TemplateError(line, `“${bad}” cannot be used in a template`);
}

/** What stands in an encoding is encoded as it is, not as HTML. */
function printUnescaped(program: Program): void {
  for (const statement of program.body) {
    if (statement.type === 'MustacheStatement') statement.escaped = false;
    if (statement.type !== 'BlockStatement') continue;
    if (statement.program) printUnescaped(statement.program);
    if (statement.inverse) printUnescaped(statement.inverse);
  }
}

/** Tells the helper what it cannot see of its block: whether it names the value, and has an else. */
function noteShape(block: Block): void {
  const { loc, program, inverse } = block;
  const isNamed = (program?.blockParams?.length ?? 0) > 0;
  const flag = (key: string, value: boolean) => ({
    ...{ type: 'HashPair' as const, loc, key },
    value: { type: 'BooleanLiteral' as const, loc, value, original: value },
  });
  const pairs = [flag('isNamed', isNamed), flag('hasElse', inverse !== undefined)];
  block.hash = { type: 'Hash', loc, pairs: [...(block.hash?.pairs ?? []), ...pairs] };
}

function assignedName(call: Call, line: number): string {
  const [name] = call.params;
  if (name?.type === 'StringLiteral' && /^[A-Za-z_]\w*$/.test(String(name.value))) return String(name.value);
  throw new TemplateError(line, '“assign” takes a plain name in quotes: {{#assign "total"}}…{{/assign}}');
}

/** Which pools a template needs is known before it is filled in. */
function poolName(call: Call, line: number): string {
  const [name] = call.params;
  if (name?.type === 'StringLiteral' && String(name.value).trim() !== '') return String(name.value);
  throw new TemplateError(line, '“coupon” takes the name of a pool in quotes: {{coupon "Spring sale"}}');
}

/** A pattern that stands in the template is read when it is saved, not when it is sent. */
function checkLiteral(
  pattern: Expression | undefined,
  line: number,
  read: (pattern: string) => unknown,
): void {
  if (pattern?.type !== 'StringLiteral') return;
  try {
    read(String(pattern.value));
  } catch (error) {
    if (error instanceof HelperFault) throw new TemplateError(line, error.message);
    throw error;
  }
}

function hashOf(call: { hash?: Call['hash'] }): Expression[] {
  return call.hash?.pairs.map((pair) => pair.value) ?? [];
}
