import { counted, renderLimits } from './render-limits.ts';
import { TemplateError } from './template-error.ts';

/**
 * Holds a source to what the parser can read in good time: the parser's own effort grows with the square of its tags,
 * and far faster with blocks and brackets that stand in one another. Looks at each character once. Throws a
 * TemplateError naming the limit and what to do; gives the number of tags.
 */
export function measureSource(source: string): number {
  let tags = 0;
  let comments = 0;
  let characters = 0;
  /** Of each open block the number of programs that it and its `else if`s put into one another. */
  const open: number[] = [];
  let depth = 0;
  for (let at = source.indexOf('{{'); at >= 0; at = source.indexOf('{{', at)) {
    if (source[at - 1] === '\\' && source[at - 2] !== '\\') {
      at += 2;
      continue;
    }
    const { end, brackets } = readTag(source, at);
    const tag = source.slice(at, end);
    if (brackets > renderLimits.nesting)
      throw fault(
        source,
        at,
        `expressions are nested more than ${renderLimits.nesting} deep; take them apart`,
      );
    if (/^\{\{\{?\{?~?(?:#|\^\s*[^\s~}])/.test(tag) || /^\{\{\{\{[^/]/.test(tag)) {
      open.push(1);
      depth++;
    } else if (/^\{\{~?\s*else\b(?!\s*~?\}\})/.test(tag)) {
      open[open.length - 1] = (open.at(-1) ?? 0) + 1;
      depth++;
    } else if (/^\{\{\{?\{?~?\//.test(tag)) depth -= open.pop() ?? 0;
    if (depth > renderLimits.nesting)
      throw fault(
        source,
        at,
        `blocks are nested more than ${renderLimits.nesting} deep, each else-if counted; take them apart, or put parts into snippets`,
      );
    tags++;
    if (/^\{\{~?!--/.test(tag) && ++comments > renderLimits.comments)
      throw fault(
        source,
        at,
        `there are more than ${renderLimits.comments} {{!-- comments --}}; take some out`,
      );
    characters += end - at;
    if (tags > renderLimits.tags)
      throw fault(
        source,
        at,
        `there are more than ${counted(renderLimits.tags)} {{…}}; put parts into snippets`,
      );
    if (characters > renderLimits.tagCharacters)
      throw fault(
        source,
        at,
        `what stands in {{…}} has more than ${counted(renderLimits.tagCharacters)} characters; make it shorter`,
      );
    at = end;
  }
  return tags;
}

/** Where a tag ends that starts at `at`, and how deep its brackets go. One that is not closed ends with the source. */
function readTag(source: string, at: number): { end: number; brackets: number } {
  const after = (sign: string) => {
    const found = source.indexOf(sign, at);
    return { end: found < 0 ? source.length : found + sign.length, brackets: 0 };
  };
  if (/^\{\{~?!--/.test(source.slice(at, at + 6))) return after('--}}');
  if (/^\{\{~?!/.test(source.slice(at, at + 4))) return after('}}');
  let depth = 0;
  let brackets = 0;
  const unclosed = new Set<string>();
  for (let here = at + 2; here < source.length; here++) {
    const sign = source[here];
    if (sign === '}' && source[here + 1] === '}') {
      let end = here + 2;
      while (source[end] === '}' && end < here + 4) end++;
      return { end, brackets };
    }
    if (sign === '(') brackets = Math.max(brackets, ++depth);
    else if (sign === ')') depth--;
    else if (sign === '"' || sign === "'" || sign === '[') {
      const close = unclosed.has(sign) ? -1 : closeOf(source, here, sign === '[' ? ']' : sign);
      if (close < 0) unclosed.add(sign);
      else here = close;
    }
  }
  return { end: source.length, brackets };
}

/** Where a text or a name in brackets is closed; -1 where it is not. */
function closeOf(source: string, from: number, sign: string): number {
  let close = source.indexOf(sign, from + 1);
  while (close >= 0 && source[close - 1] === '\\') close = source.indexOf(sign, close + 1);
  return close;
}

function fault(source: string, at: number, words: string): TemplateError {
  return new TemplateError(source.slice(0, at).split('\n').length, words);
}
