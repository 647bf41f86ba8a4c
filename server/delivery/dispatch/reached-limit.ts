import { factsOf, type Medium } from '../../medium/media.ts';

/** A cap of the project's own over all campaigns. */
export interface FrequencyCap {
  messages: number;
  hours: number;
  /** Only this medium, or all when null. */
  medium: Medium | null;
}

/** A promotional message that one person was sent. */
export interface PastSend {
  medium: Medium;
  at: Date;
}

/** A limit that stands against one more message, and when the oldest message that counts to it no longer does. */
export interface ReachedLimit {
  reason: 'legalCap' | 'frequencyCap';
  freeAt: Date;
}

/** A message that waits for a limit is looked at again after so many minutes, if not later. */
export const shortestWaitMinutes = 15;

/**
 * Which limit one more promotional message to a person would exceed at `now`, the law's before the project's own; null
 * for none. The claim says the same in SQL; its property test holds the two together.
 */
export function reachedLimit(
  message: { medium: Medium; legalCap: { messages: number; hours: number } | null },
  sent: readonly PastSend[],
  frequencyCaps: readonly FrequencyCap[],
  now: Date,
): ReachedLimit | null {
  const { medium, legalCap } = message;
  const within = (hours: number, counts: (send: PastSend) => boolean) => {
    const since = now.getTime() - hours * 3_600_000;
    return sent.filter((send) => send.at.getTime() > since && counts(send)).map((send) => send.at.getTime());
  };
  const freeAt = (counted: readonly number[], hours: number) =>
    new Date(Math.min(...counted) + hours * 3_600_000);
  if (factsOf(medium).isBoundByHours && legalCap) {
    const counted = within(legalCap.hours, (send) => factsOf(send.medium).isBoundByHours);
    if (counted.length >= legalCap.messages)
      return { reason: 'legalCap', freeAt: freeAt(counted, legalCap.hours) };
  }
  for (const cap of frequencyCaps) {
    if (cap.medium !== null && cap.medium !== medium) continue;
    const counted = within(cap.hours, (send) => cap.medium === null || send.medium === cap.medium);
    if (counted.length >= cap.messages) return { reason: 'frequencyCap', freeAt: freeAt(counted, cap.hours) };
  }
  return null;
}
