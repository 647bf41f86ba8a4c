import { newLinkCode } from './links/link-code.ts';
import { storedTarget } from './unsubscribe-target.ts';

/** An unsubscribe link of one message: `link` is stored as a row of the table `link`, `url` goes into the message. */
export interface UnsubscribeLink {
  code: string;
  /** For the column `link.url`. */
  stored: string;
  /** Where the person goes. */
  url: string;
}

/** Makes the unsubscribe link of one message to a user of this lane: of a channel and the address the message goes to. */
export function newUnsubscribeLink(
  publicUrl: string,
  lane: number,
  target: { channelId: number; address: string },
): UnsubscribeLink {
  const code = newLinkCode(lane);
  return { code, stored: storedTarget(target), url: `${publicUrl}/u/${code}` };
}
