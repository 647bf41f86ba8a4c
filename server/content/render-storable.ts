import { storableText } from '../providers/storable-text.ts';
import type { LookUp } from './lookups/lookup.ts';
import { type CompiledTemplate, fill, type TemplateData } from './rendering/compile-template.ts';
import type { RenderWork } from './rendering/helpers/helper.ts';

/** What the texts of one message are rendered with, and the fields that left a hole in any of them. */
export interface Rendering {
  data: TemplateData;
  now: Date;
  hmacSecret: string | null;
  lookUp?: LookUp | undefined;
  readCoupon?: ((pool: string) => string) | undefined;
  missing: Set<string>;
  /** What all texts of the message together may still do. */
  work: RenderWork;
}

/** Renders to a text the database takes, noting holes. Throws as `fill` does. */
export function renderStorable(compiled: CompiledTemplate, rendering: Rendering): string {
  const { text, missing } = fill(compiled, rendering.data, rendering);
  for (const field of missing) rendering.missing.add(field);
  return storableText(text);
}
