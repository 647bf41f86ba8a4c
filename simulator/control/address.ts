import type { People } from '../meta/people.ts';
import type { Network } from '../network/network.ts';
import { toNumber } from '../network/registry.ts';

/**
 * An address as it came in a path, query or body, in the ledger's form: a number in any usual writing is E.164,
 * a mail address is in lower case, a WhatsApp user id stands for its handset, a phone-number id for its number.
 */
export function addressIn(network: Network, people: People, text: string): string {
  // `+` may have become a blank on its way.
  const given = text.startsWith(' ') ? `+${text.trim()}` : text.trim();
  const owner = network.registry.businessOf(given);
  if (owner) return owner.displayNumber;
  if (given.includes('@')) return given.toLowerCase();
  return people.handsetOf(toNumber(given.replace(/^(whatsapp|sms|tel):/i, '')));
}

/** Whether an address is a phone number in E.164: `+`, no leading zero, 7 to 15 digits. */
export function isPhoneNumber(address: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(address);
}
