import { isPublicShortener } from '../links/public-shorteners.ts';
import { compileTemplate } from '../rendering/compile-template.ts';
import { counted, quoted, renderLimits } from '../rendering/render-limits.ts';
import { TemplateError } from '../rendering/template-error.ts';
import type { SnippetSet } from '../snippets/snippet-set.ts';

/** Why a template cannot be saved: the field, the line in it where that is known, and the fault with its remedy. */
export interface TemplateFault {
  field: string;
  line?: number;
  fault: string;
}

/** Faults of one Handlebars text: what does not compile, and public shorteners. */
export function textFaults(
  field: string,
  source: string,
  snippets: SnippetSet,
  mode: 'text' | 'html' = 'text',
): TemplateFault[] {
  const faults: TemplateFault[] = [];
  const longest = mode === 'html' ? renderLimits.sourceHtml : renderLimits.sourceText;
  if (source.length > longest)
    return [
      {
        field,
        fault: `has ${counted(source.length)} characters; it may have ${counted(longest)}: make it shorter`,
      },
    ];
  try {
    compileTemplate(source, { mode, snippets });
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    faults.push({ field, ...(error.line === null ? {} : { line: error.line }), fault: withoutLine(error) });
  }
  const shortener = publicShortenerIn(source);
  if (shortener !== null)
    faults.push({
      field,
      fault: `links through ${shortener}, a public shortener, which carriers filter; write the full address, it is shortened to your own domain`,
    });
  return faults;
}

/** Faults of a text that must be a whole web address. */
export function addressFaults(field: string, source: string, snippets: SnippetSet): TemplateFault[] {
  const faults = textFaults(field, source, snippets);
  if (source.trim() === '') faults.push({ field, fault: 'is empty; give an https address' });
  else if (!/^\s*(?:https?:\/\/|\{\{)/i.test(source))
    faults.push({ field, fault: `${quoted(source)} is not an address; start it with https://` });
  return faults;
}

function withoutLine(error: TemplateError): string {
  return error.line === null ? error.message : error.message.replace(`line ${error.line}: `, '');
}

/** The first public shortener in a text, with or without its scheme; null when it holds none. */
function publicShortenerIn(text: string): string | null {
  for (const match of text.matchAll(
    /(?:https?:\/\/(?:[^\s/@]*@)?|(?<![\w.@/-]))((?:[\w-]+\.)+[a-z]{2,})(?=[/\s:?#]|$)/gi,
  )) {
    const host = match[1] ?? '';
    // Without a scheme only what goes on with a path is meant as an address ("see t.co" may be a typing slip).
    const isAddress = /^https?:/i.test(match[0]) || text[(match.index ?? 0) + match[0].length] === '/';
    if (isAddress && isPublicShortener(`https://${host}`)) return host.toLowerCase();
  }
  return null;
}

/** A template's fixed words: what stands in braces taken out. */
export function withoutExpressions(source: string): string {
  let words = '';
  let from = 0;
  for (let open = source.indexOf('{{'); open >= 0; open = source.indexOf('{{', from)) {
    const close = source.indexOf('}}', open + 2);
    if (close < 0) break;
    words += source.slice(from, open);
    from = close + (source[close + 2] === '}' ? 3 : 2);
  }
  return words + source.slice(from);
}
