/** Meta's words for a template that may be sent: one that is flagged still is, and so is one brought back. */
const sending: ReadonlySet<string> = new Set(['APPROVED', 'REINSTATED', 'FLAGGED', 'UNARCHIVED', 'UNLOCKED']);

/** Meta's word for where a template stands, `APPROVED` for all that send. */
export function statusOf(word: string): string {
  return sending.has(word) ? 'APPROVED' : word;
}
