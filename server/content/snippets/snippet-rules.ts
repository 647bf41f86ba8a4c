import { attributesOf, eachTag } from '../html-tags.ts';
import { compileTemplate } from '../rendering/compile-template.ts';
import { counted } from '../rendering/render-limits.ts';
import { TemplateError } from '../rendering/template-error.ts';
import { snippetLimits } from './snippet-limits.ts';
import type { SnippetSet } from './snippet-set.ts';

/** Why a project can have no more snippets than these, null when it can have all of them. */
export function snippetsFault(snippets: SnippetSet): string | null {
  let characters = 0;
  for (const content of snippets.values()) characters += content.length;
  if (snippets.size <= snippetLimits.count && characters <= snippetLimits.characters) return null;
  return `content: a project may have ${counted(snippetLimits.count)} snippets of ${counted(snippetLimits.characters)} characters together; delete those that nothing uses`;
}

/** What a snippet may be called: up to 100 letters, digits, hyphens, underscores and spaces. */
export const snippetName = /^[A-Za-z0-9_\- ]{1,100}$/;

/** Why a snippet's content cannot be kept, null when it can. Snippets stand in emails, so no script may hide in one. */
export function snippetFault(content: string, others: SnippetSet): string | null {
  if (content.length > snippetLimits.content)
    return `content has ${counted(content.length)} characters; it may have ${counted(snippetLimits.content)}: make it shorter`;
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
  let found: string | null = null;
  eachTag(content, (tag) => {
    const attributes = attributesOf(content, tag);
    const isData = /\btype\s*=\s*(?:["']\s*)?application\/(?:ld\+)?json\b/i.test(attributes);
    if (tag.isClosing || tag.name === '') return undefined;
    if (tag.name === 'script' && (!isData || /\bsrc\s*=/i.test(attributes))) found ??= 'a script';
    if (/[\s"'/]on[a-z]+\s*=/i.test(attributes)) found ??= 'an inline event handler';
    return undefined;
  });
  if (found !== null) return found;
  return /\b(?:href|src)\s*=\s*(?:["']\s*)?javascript:/i.test(content) ? 'a javascript: address' : null;
}
