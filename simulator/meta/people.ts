import { hash } from 'node:crypto';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { dialledNumber, whatsAppSpelling } from '../ledger/spelling.ts';
import type { Network } from '../network/network.ts';
import type { Person } from '../network/registry.ts';

function countryOf(handset: string): string {
  return parsePhoneNumberFromString(handset)?.country ?? 'US';
}

/** A person's user id: a country, perhaps ENT, and up to 128 letters and digits (Meta, 2026). */
export const userIdForm = /^[A-Z]{2}(\.ENT)?\.[A-Za-z0-9]{1,128}$/;

/**
 * A person's user id as one business sees it: country and up to 128 letters and digits (Meta, business-scoped
 * user ids, 2026), the same whenever it is asked for.
 */
function derivedUserId(wabaId: string, handset: string): string {
  const digits = BigInt(`0x${hash('sha256', `${wabaId}/${handset}`).slice(0, 15)}`);
  return `${countryOf(handset)}.${digits}`;
}

/** Meets the people of a business. */
export interface People {
  /** The user id of a handset's owner. */
  userIdOf(wabaId: string, handset: string): string;
  /** The handset behind a recipient: a number in any writing, or a user id. */
  handsetOf(recipient: string): string;
  /** The digits of a person's number as WhatsApp spells them in webhooks and answers; null for who has none or shows only a username. */
  numberShown(userId: string | undefined, handset: string): string | null;
  /** What is known of a user id. */
  find(userId: string): Person | undefined;
  /** Writes down how a person shows themselves. */
  keep(wabaId: string, person: Person): void;
}

/** People as the registry knows them; ids of others are derived and remembered while the program runs. */
export function createPeople(network: Network): People {
  const { people } = network.registry;
  const own = new Map<string, string>();
  const handsets = new Map<string, string>();
  const known = new Map<string, Person>();
  const remember = (key: string, person: Person) => {
    own.set(key, person.userId);
    handsets.set(person.userId, person.handset);
    known.set(person.userId, person);
  };
  for (const [key, person] of people.entries()) remember(key, person);
  return {
    userIdOf(wabaId, spelt) {
      const handset = dialledNumber(spelt);
      const key = `${wabaId}/${handset}`;
      const given = own.get(key);
      if (given !== undefined) return given;
      const userId = userIdForm.test(handset) ? handset : derivedUserId(wabaId, handset);
      own.set(key, userId);
      handsets.set(userId, handset);
      return userId;
    },
    handsetOf(recipient) {
      return handsets.get(recipient) ?? recipient;
    },
    numberShown(userId, handset) {
      const isHidden = userId !== undefined && known.get(userId)?.usernameOnly;
      return isHidden || !handset.startsWith('+') ? null : whatsAppSpelling(handset).slice(1);
    },
    find: (userId) => known.get(userId),
    keep(wabaId, person) {
      const kept = { ...person, handset: dialledNumber(person.handset) };
      const key = `${wabaId}/${kept.handset}`;
      people.set(key, kept);
      remember(key, kept);
    },
  };
}
