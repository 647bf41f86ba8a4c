import { type CompiledTemplate, render, type TemplateData } from './rendering/compile-template.ts';

/**
 * Renders to a text the database takes: no NUL, no half of a surrogate pair (which cutting a text can leave).
 * One such sign would fail the whole batch its message is stored with. Throws as `render` does.
 */
export function renderStorable(compiled: CompiledTemplate, data: TemplateData, now: Date): string {
  const text = render(compiled, data, now).toWellFormed();
  return text.includes('\0') ? text.replaceAll('\0', '') : text;
}
