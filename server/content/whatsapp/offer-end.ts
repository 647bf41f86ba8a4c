/** When an offer ends, in milliseconds since 1970: an instant with its zone, or seconds or milliseconds since 1970; null for anything else. */
export function offerEnd(text: string): number | null {
  const written = text.trim();
  if (/^\d{10}$/.test(written)) return Number(written) * 1000;
  if (/^\d{13}$/.test(written)) return Number(written);
  // As profiles have it too: 2026-12-24 18:00:00 +00:00.
  const instant = written.replace(/^(\d{4}-\d\d-\d\d) /, '$1T').replace(/ (?=[+-]\d\d:?\d\d$|Z$)/, '');
  try {
    return Temporal.Instant.from(instant).epochMilliseconds;
  } catch {
    return null;
  }
}
