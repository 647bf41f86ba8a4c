/**
 * A text as the database takes it: without NUL and without half of a surrogate pair. What comes from outside or
 * is cut out of a text may hold either, and one such sign fails the whole batch that its row is stored with.
 */
export function storableText(text: string): string {
  const formed = text.toWellFormed();
  return formed.includes('\0') ? formed.replaceAll('\0', '') : formed;
}
