import { compileTemplate } from '../rendering/compile-template.ts';
import { TemplateError } from '../rendering/template-error.ts';
import type { SnippetSet } from './snippet-set.ts';

/** What a snippet may be called: up to 100 letters, digits, hyphens, underscores and spaces. */
export const snippetName = /^[A-Za-z0-9_\- ]{1,100}$/;

/** Why a snippet's content cannot be kept, null when it can. Snippets stand in emails, so no script may hide in one. */
export function snippetFault(content: string, others: SnippetSet): string | null {
  if (content.trim() === '') return 'content is empty; write it';
  const unsafe = unsafeHtmlIn(content);
  if (unsafe !== null) return `content holds ${unsafe}; take it out`;
  try {
    compileTemplate(content, { mode: 'html', snippets: others });
    return null;
  } catch (error) {
    if (error instanceof TemplateError) return `content, ${error.message}`;
    throw error;
  }
}

/** The variables of a snippet: those its author names and those its content reads. */
export function snippetVariables(content: string, named: readonly string[], others: SnippetSet): string[] {
  const read = compileTemplate(content, { mode: 'html', snippets: others }).fields;
  return [...new Set([...named, ...read.map((field) => field.split(/[.[]/)[0] ?? field)])].sort();
}

function unsafeHtmlIn(content: string): string | null {
  for (const [, attributes = ''] of content.matchAll(/<script\b([^>]*)>/gi))
    if (
      !/\btype\s*=\s*["']?application\/(?:ld\+)?json["']?/i.test(attributes) ||
      /\bsrc\s*=/i.test(attributes)
    )
      return 'a script';
  if (/<[a-z][^>]*[\s"'/]on[a-z]+\s*=/i.test(content)) return 'an inline event handler';
  if (/\b(?:href|src)\s*=\s*["']?\s*javascript:/i.test(content)) return 'a javascript: address';
  return null;
}
