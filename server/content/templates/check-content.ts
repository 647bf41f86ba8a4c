import type { Clock } from '../../clock/clock.ts';
import type { Purpose } from '../../database/tables/consent.ts';
import { runApart } from '../rendering/run-apart.ts';
import { snippetFault, snippetVariables } from '../snippets/snippet-rules.ts';
import type { SnippetSet } from '../snippets/snippet-set.ts';
import type { TemplateContent } from '../template-content.ts';
import { templateFaults } from './template-faults.ts';
import { templateWarnings } from './template-warnings.ts';
import type { TemplateFault } from './text-faults.ts';

/** A template or snippet to be looked at before it is saved. */
export type CheckedText =
  | {
      kind: 'template';
      content: TemplateContent;
      about: { brand: string; purpose: Purpose };
      snippets: SnippetSet;
    }
  | { kind: 'snippet'; content: string; named: readonly string[]; snippets: SnippetSet };

/** What was found: warnings and variables only where there are no faults. */
export interface CheckResult {
  faults: TemplateFault[];
  warnings: string[];
  variables: string[];
}

/** From so many `{{…}}` on, its snippets' too, a text is read on a thread of its own. */
const manyTags = 1_000;

/** Looks at a text, large ones on a thread of their own. Throws `InvalidTemplate` for one that takes too long. */
export async function checkContent(text: CheckedText, clock: Clock): Promise<CheckResult> {
  if (!isLarge(text)) return checkHere(text);
  const file = new URL('./check-thread.ts', import.meta.url);
  return (await runApart(file, text, clock)) as CheckResult;
}

/** As `checkContent`, on this thread. */
export function checkHere(text: CheckedText): CheckResult {
  const none = { faults: [], warnings: [], variables: [] };
  if (text.kind === 'template') {
    const faults = templateFaults(text.content, text.snippets);
    if (faults.length > 0) return { ...none, faults };
    return { ...none, warnings: templateWarnings(text.content, text.about, text.snippets) };
  }
  const fault = snippetFault(text.content, text.snippets);
  if (fault !== null) return { ...none, faults: [{ field: 'content', fault }] };
  return { ...none, variables: snippetVariables(text.content, text.named, text.snippets) };
}

function isLarge({ content, snippets }: CheckedText): boolean {
  let tags = 0;
  const count = (text: string) => {
    for (let at = text.indexOf('{{'); at >= 0 && tags < manyTags; at = text.indexOf('{{', at + 2)) tags++;
    for (let at = text.indexOf('[['); at >= 0 && tags < manyTags; at = text.indexOf('[[', at + 2)) tags++;
  };
  count(typeof content === 'string' ? content : JSON.stringify(content));
  for (const snippet of snippets.values()) count(snippet);
  return tags >= manyTags;
}
