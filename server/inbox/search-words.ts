/** Words looked for at once. */
const mostWords = 8;

/** A query (tsquery of `simple`) for what was said with words that begin so, all of them; null where there is none. Pure. */
export function wordsQuery(text: string): string | null {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const asked = [...new Set(words)].slice(0, mostWords);
  return asked.length === 0 ? null : asked.map((word) => `'${word}':*`).join(' & ');
}
