import { storableText } from '../providers/storable-text.ts';
import { type CompiledTemplate, render, type TemplateData } from './rendering/compile-template.ts';

/** Renders to a text the database takes. Throws as `render` does. */
export function renderStorable(compiled: CompiledTemplate, data: TemplateData, now: Date): string {
  return storableText(render(compiled, data, now));
}
