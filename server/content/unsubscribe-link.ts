import { newLinkCode } from './links/link-code.ts';

/** Whom an unsubscribe link is about: a channel and the address the message went to. */
export interface UnsubscribeTarget {
  channelId: number;
  address: string;
}

/** An unsubscribe link of one message: `link` is stored as a row of the table `link`, `url` goes into the message. */
export interface UnsubscribeLink {
  code: string;
  /** For the column `link.url`. */
  stored: string;
  /** Where the person goes. */
  url: string;
}

const scheme = 'unsubscribe:';

/** Makes the unsubscribe link of one message to a user of this lane. */
export function newUnsubscribeLink(
  publicUrl: string,
  lane: number,
  target: UnsubscribeTarget,
): UnsubscribeLink {
  const code = newLinkCode(lane);
  const stored = `${scheme}${target.channelId}:${target.address}`;
  return { code, stored, url: `${publicUrl}/u/${code}` };
}

/** Reads `link.url`; null when the link leads to a page. */
export function readUnsubscribeTarget(stored: string): UnsubscribeTarget | null {
  const parts = /^unsubscribe:(\d+):(.+)$/.exec(stored);
  return parts?.[1] && parts[2] ? { channelId: Number(parts[1]), address: parts[2] } : null;
}
