/**
 * Whether two addresses, hosts or the like name one place, so that stored secrets may stay. Only for what the form asks:
 * the server decides.
 */
export function isSamePlace(before: unknown, after: unknown): boolean {
  return oneSpelling(before) === oneSpelling(after);
}

function oneSpelling(value: unknown): string {
  const text = String(value).trim();
  return (URL.canParse(text) ? new URL(text).href : text.toLowerCase()).replace(/\/+$/, '');
}
