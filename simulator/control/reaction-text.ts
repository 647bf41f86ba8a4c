/** What an iPhone writes for its own six signs, and when one is taken off again (Apple, Messages over SMS). */
const tapbacks: Record<string, { put: string; taken: string }> = {
  '❤️': { put: 'Loved', taken: 'a heart' },
  '👍': { put: 'Liked', taken: 'a like' },
  '👎': { put: 'Disliked', taken: 'a dislike' },
  '😂': { put: 'Laughed at', taken: 'a laugh' },
  '‼️': { put: 'Emphasized', taken: 'an exclamation' },
  '❓': { put: 'Questioned', taken: 'a question mark' },
};

/** A sign on an SMS has no form of its own: the phone sends a text that quotes the message. */
export function reactionText(
  emoji: string,
  quoted: string,
  { phone = 'iPhone', remove = false }: { phone?: 'iPhone' | 'android'; remove?: boolean },
): string {
  const quote = quoted === '' ? 'an image' : `“${quoted}”`;
  const tapback = tapbacks[emoji];
  if (remove) return `Removed ${phone === 'iPhone' && tapback ? tapback.taken : emoji} from ${quote}`;
  if (phone === 'android') return `${emoji} to ${quote}`;
  return tapback ? `${tapback.put} ${quote}` : `Reacted ${emoji} to ${quote}`;
}
