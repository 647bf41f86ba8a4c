import { type Network, record } from './network.ts';
import type { OwnedNumber } from './registry.ts';

/**
 * Words at which a network itself stops or resumes delivery. Toll-free numbers (any provider): STOP alone
 * stops, START and UNSTOP resume (support.twilio.com 360058144374). Long and short codes: Twilio's default
 * opt-out handling (twilio.com/docs, default keywords).
 */
const words = {
  tollFree: { stop: ['STOP'], start: ['START', 'UNSTOP'], help: [] },
  code: {
    stop: ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT'],
    start: ['START', 'YES', 'UNSTOP'],
    help: ['HELP', 'INFO'],
  },
} satisfies Record<string, { stop: string[]; start: string[]; help: string[] }>;

/** What a person's word did at the network. */
export type OptOutType = 'STOP' | 'START' | 'HELP';

/** What the network of toll-free numbers answers itself. */
const networkReplies: Record<OptOutType, string> = {
  STOP: 'NETWORK MSG: Texts from this number are now blocked because you replied STOP. Reply UNSTOP to get them again.',
  START: 'NETWORK MSG: Texts from this number are open to you again. Reply STOP to block them.',
  HELP: 'NETWORK MSG: Reply STOP to block texts from this number. Msg & data rates may apply.',
};

/** What Twilio's default opt-out handling answers (twilio.com/docs, default replies). */
const twilioReplies: Record<OptOutType, string> = {
  STOP: 'You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.',
  START:
    'You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
  HELP: 'Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
};

/** Whether a number is toll-free in the North American plan: 800, 833, 844, 855, 866, 877, 888. */
export function isTollFree(number: string): boolean {
  return /^\+18(00|33|44|55|66|77|88)\d{7}$/.test(number);
}

function typeOf(number: string, body: string): OptOutType | null {
  const word = body.trim().toUpperCase();
  const { stop, start, help }: { stop: string[]; start: string[]; help: string[] } = isTollFree(number)
    ? words.tollFree
    : words.code;
  if (stop.includes(word)) return 'STOP';
  if (start.includes(word)) return 'START';
  return help.includes(word) ? 'HELP' : null;
}

/**
 * Whether STOP to a number is obeyed before its owner hears it: toll-free numbers always, the others as the
 * behaviour says, or else as the number is set, which is Twilio's default handling unless that is off.
 */
function isObeyed(network: Network, owned: OwnedNumber, handset: string): boolean {
  if (isTollFree(owned.number)) return true;
  return network.behaviours.of(owned.number, handset).carrierOptOut ?? owned.optOutHandling !== 'off';
}

/**
 * Lets the network hear a text from `handset` to a number. A word it knows there changes the block, for that
 * number and the `senders` that stand with it in a service, and the network answers the handset itself.
 */
export function hearOptOut(
  network: Network,
  owned: OwnedNumber,
  senders: string[],
  handset: string,
  body: string,
): OptOutType | null {
  const { number, accountSid } = owned;
  const type = isObeyed(network, owned, handset) ? typeOf(number, body) : null;
  if (!type) return null;
  for (const sender of new Set([number, ...senders])) {
    const key = `${sender}/${handset}`;
    if (type === 'STOP') network.registry.blocks.set(key, new Date(network.now()).toISOString());
    if (type === 'START') network.registry.blocks.delete(key);
  }
  record(network, {
    wire: 'twilio',
    kind: 'network',
    id: network.newId('NM'),
    accountSid,
    from: number,
    to: handset,
    status: 'delivered',
    body: (isTollFree(number) ? networkReplies : twilioReplies)[type],
    media: [],
    segments: 1,
  });
  return type;
}

/** Whether the network blocks what `number` sends to `handset`. */
export function isBlocked(network: Network, number: string, handset: string): boolean {
  return network.registry.blocks.has(`${number}/${handset}`);
}
