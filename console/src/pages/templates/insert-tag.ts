/**
 * The tag of a profile's field; a name that is no plain word stands in brackets: `{{[WhatsApp opt-in]}}`. With a
 * fallback it is what stands in where a person has none.
 */
export function tagOf(field: string, fallback = ''): string {
  const name = /^[A-Za-z_]\w*$/.test(field) ? field : `[${field}]`;
  const word = fallback.trim();
  if (word === '') return `{{${name}}}`;
  const quote = word.includes('"') ? "'" : '"';
  return `{{defaultIfEmpty ${name} ${quote}${word.replaceAll(quote, '')}${quote}}}`;
}

/**
 * Puts a text where the caret stands in a box, in place of what is selected, and leaves the caret behind it; the
 * page hears of it as if it had been typed.
 */
export function insertAtCaret(box: HTMLTextAreaElement | HTMLInputElement | null, text: string): void {
  if (!box) return;
  const { length } = box.value;
  box.setRangeText(text, box.selectionStart ?? length, box.selectionEnd ?? length, 'end');
  box.dispatchEvent(new Event('input', { bubbles: true }));
  box.focus();
}
