import { TemplateError } from '../rendering/template-error.ts';
import type { SnippetSet } from '../snippets/snippet-set.ts';
import { cutAtExpressions, type TextPart } from '../template-expressions.ts';
import { whatsAppLimits } from './template-limits.ts';
import { type TemplateFault, textFaults } from './text-faults.ts';

/** Signs that Meta refuses in a header: it cannot be written bold, slanted or struck through. */
const marks = /\*|(?<![\p{L}\p{N}])_[^_]+_(?![\p{L}\p{N}])|~[^~]+~|```/u;

/** Whether a text holds a picture sign. Digits and © are words. */
export const hasEmoji = (text: string): boolean => /\p{Emoji_Presentation}|\uFE0F/u.test(text);

/** Faults of a text with numbered blanks that stands above the body. */
export function headerTextFaults(field: string, text: string, snippets: SnippetSet): TemplateFault[] {
  const { faults, parts } = blanksOf(field, text, snippets);
  const wrong = (fault: string) => faults.push({ field, fault });
  const fixed = wordsIn(parts);
  if (text.trim() === '') wrong('is empty; write it or leave the header out');
  if (/\n/.test(text)) wrong('has more than one line');
  if (hasEmoji(fixed)) wrong('holds an emoji, which Meta refuses in a header; take it out');
  if (marks.test(fixed))
    wrong('holds signs of bold, italics or strike-through, which Meta refuses in a header');
  if (variablesIn(parts) > whatsAppLimits.headerVariables)
    wrong('holds more than one variable; Meta allows one');
  const length = lengthAtMeta(parts);
  if (length > whatsAppLimits.headerText) wrong(tooLong(length, whatsAppLimits.headerText));
  return faults;
}

/** Faults of a body, or of a card's: `limit` is how long it may be. */
export function bodyFaults(
  field: string,
  text: string,
  limit: number,
  snippets: SnippetSet,
): TemplateFault[] {
  const { faults, parts } = blanksOf(field, text, snippets);
  const wrong = (fault: string) => faults.push({ field, fault });
  if (text.trim() === '') wrong('is empty; write the message');
  const [first, last] = [parts.find(isVisible), parts.findLast(isVisible)];
  if (first?.kind === 'expression' || last?.kind === 'expression')
    wrong('begins or ends with a variable; Meta wants words before the first and after the last');
  if (parts.some((part, place) => part.kind === 'expression' && parts[place + 1]?.kind === 'expression'))
    wrong('has two variables side by side; write words between them');
  if (variablesIn(parts) > 0 && wordCount(parts) <= variablesIn(parts))
    wrong('has too many variables for its length; write more words, or fewer variables');
  if (/\n{3,}/.test(text.replaceAll('\r', '')))
    wrong(`has more than ${whatsAppLimits.newlines} line breaks in a row; take some out`);
  const length = lengthAtMeta(parts);
  if (length > limit) wrong(tooLong(length, limit));
  return faults;
}

/** Faults of words that are the same for everybody, as those on buttons. */
export function fixedTextFaults(field: string, text: string, limit: number, what: string): TemplateFault[] {
  const faults: TemplateFault[] = [];
  if (text.trim() === '') faults.push({ field, fault: `is empty; write ${what}` });
  if (/\{\{/.test(text)) faults.push({ field, fault: 'holds a variable; these words are fixed' });
  if (/\n/.test(text)) faults.push({ field, fault: 'has more than one line' });
  const { length } = [...text];
  if (length > limit) faults.push({ field, fault: tooLong(length, limit) });
  return faults;
}

/** Words of a text with blanks to each of them, which Meta wants more than two and one over of (partners' pages; it tells no figure itself). */
export function isSparse(text: string): boolean {
  const cut = cutAtExpressions(text);
  if ('fault' in cut) return false;
  const variables = variablesIn(cut.parts);
  return variables > 0 && wordCount(cut.parts) < 2 * variables + 1;
}

function isVisible(part: TextPart): boolean {
  return part.kind === 'expression' || part.text.trim() !== '';
}

/** A text with numbered blanks: what is wrong with it as Handlebars, else its parts. */
function blanksOf(
  field: string,
  text: string,
  snippets: SnippetSet,
): { faults: TemplateFault[]; parts: TextPart[] } {
  const faults = textFaults(field, text, snippets);
  if (faults.length > 0) return { faults, parts: [] };
  try {
    const cut = cutAtExpressions(text);
    if ('parts' in cut) return { faults, parts: cut.parts };
    return { faults: [{ field, line: cut.fault.line, fault: cut.fault.fault }], parts: [] };
  } catch (error) {
    if (error instanceof TemplateError) return { faults: [{ field, fault: error.message }], parts: [] };
    throw error;
  }
}

const wordsIn = (parts: readonly TextPart[]): string =>
  parts.map((part) => (part.kind === 'text' ? part.text : ' ')).join('');

const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/** How many words there are beside the variables, in any script. */
const wordCount = (parts: readonly TextPart[]): number =>
  [...segmenter.segment(wordsIn(parts))].filter(({ isWordLike }) => isWordLike).length;

const variablesIn = (parts: readonly TextPart[]): number =>
  parts.filter((part) => part.kind === 'expression').length;

/** Length of the text as Meta sees it, its variables written `{{1}}`. */
function lengthAtMeta(parts: readonly TextPart[]): number {
  let variables = 0;
  return parts.reduce((sum, part) => {
    if (part.kind === 'text') return sum + [...part.text].length;
    variables++;
    return sum + 4 + String(variables).length;
  }, 0);
}

/** That a text is too long. */
export function tooLong(length: number, limit: number): string {
  return `has ${length} characters; Meta allows ${limit}`;
}
