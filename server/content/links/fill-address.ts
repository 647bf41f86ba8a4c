/** Whether a text ends within an address, so that what follows without a space is a part of it. */
export function endsInAddress(text: string): boolean {
  let start = text.length;
  while (start > 0 && !/[\s"'<>]/.test(text[start - 1] ?? '')) start--;
  return /https?:\/\//i.test(text.slice(start));
}

/**
 * A value as it may stand inside an address: spaces, letters beyond ASCII and what no address holds are percent-encoded;
 * slashes, and escapes that are there already, stay.
 */
export function fillAddress(value: string): string {
  return value
    .trim()
    .toWellFormed()
    .replace(/%(?![0-9A-Fa-f]{2})|[^\x21-\x7e]|["<>\\^`{|}]/gu, encodeURIComponent);
}

/**
 * A value as one part of an address, a step of its path or a parameter: whatever has a meaning in addresses is percent-encoded
 * too. Escapes that are there already stay.
 */
export function fillPart(value: string): string {
  return value
    .trim()
    .toWellFormed()
    .replace(/%(?![0-9A-Fa-f]{2})|[^\w.~%-]/gu, encodeURIComponent);
}
