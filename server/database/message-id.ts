/** One for each lane. */
const laneLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A message's id as the world outside sees it: one base64url character for its lane, then its id in base 36. */
export function encodeMessageId(lane: number, id: number): string {
  return `${laneLetters[lane]}${id.toString(36)}`;
}

/** Lane and id behind such a text; null when it is none of ours. */
export function decodeMessageId(text: string): { lane: number; id: number } | null {
  if (!/^[A-Za-z0-9_-][1-9a-z][0-9a-z]{0,10}$/.test(text)) return null;
  const lane = laneLetters.indexOf(text.charAt(0));
  const id = Number.parseInt(text.slice(1), 36);
  return Number.isSafeInteger(id) ? { lane, id } : null;
}
