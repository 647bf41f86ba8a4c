/** The tag of a profile's field; a name that is no plain word stands in brackets: `{{[WhatsApp opt-in]}}`. */
export const tagOf = (field: string) => (/^[A-Za-z_]\w*$/.test(field) ? `{{${field}}}` : `{{[${field}]}}`);

/**
 * Puts a text where the caret stands in a box, in place of what is selected, and leaves the caret behind it; the
 * page hears of it as if it had been typed.
 */
export function insertAtCaret(box: HTMLTextAreaElement | null, text: string): void {
  if (!box) return;
  box.setRangeText(text, box.selectionStart, box.selectionEnd, 'end');
  box.dispatchEvent(new Event('input', { bubbles: true }));
  box.focus();
}
