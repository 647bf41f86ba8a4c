import { factsOf, type Medium, mediaWhich } from '../medium/media.ts';
import type { ProfileAddressKind } from '../medium/medium.ts';
import type { UserRef } from './identity.ts';
import { phoneKey } from './phone-key.ts';

/** An address of somebody: what kind it is of and how it is written. */
export interface AddressKey {
  kind: string;
  value: string;
}

/** One as it is stored, with what is known of it. */
export interface Address extends AddressKey {
  addedAt: Date;
  /** By medium: nobody is reached at it there. */
  unreachable: Readonly<Record<string, Unreached>>;
}

/** That nobody is reached at an address, by the carrier's code, and since when (ISO 8601). */
export interface Unreached {
  code: string;
  since: string;
}

/** Somebody with addresses of theirs. */
export interface AddressHolder extends UserRef {
  addresses: readonly AddressKey[];
}

/** The addresses that a profile has as fields, a phone in E.164. */
export interface ProfileAddresses {
  email: string | null;
  phoneNumber: string | null;
  whatsAppUserId: string | null;
}

const fieldOf = {
  email: 'email',
  phone: 'phoneNumber',
  whatsApp: 'whatsAppUserId',
} as const satisfies Record<ProfileAddressKind, keyof ProfileAddresses>;

const profileKinds = Object.keys(fieldOf) as ProfileAddressKind[];

/** The kinds of address of which a person may have as many as there are: all that are no field of the profile. */
export const isFurtherKind = (kind: string): boolean => !Object.hasOwn(fieldOf, kind);

/** The addresses of a profile, as people have them: each once, also where a number was given as a WhatsApp user id too. */
export function addressesOf(profile: ProfileAddresses): AddressKey[] {
  const found = profileKinds.flatMap((kind) => {
    const value = profile[fieldOf[kind]];
    return value === null ? [] : { kind, value };
  });
  return found.filter(({ value }, index) => found.findIndex((other) => other.value === value) === index);
}

/**
 * A person's addresses on a medium, that at which it reaches them first: those where they are reached before those where
 * nobody is, then in the medium's own order of kinds, then the newest. `choosing` (address-rows.sql.ts) says the same
 * in SQL.
 */
export function addressesOn<Known extends AddressKey & Partial<Address>>(
  medium: string,
  addresses: readonly Known[],
): Known[] {
  const kinds = factsOf(medium).addresses;
  const rankOf = ({ kind, addedAt, unreachable }: Known) => [
    unreachable?.[medium] ? 1 : 0,
    kinds.indexOf(kind),
    -(addedAt?.getTime() ?? 0),
  ];
  return addresses
    .filter(({ kind }) => kinds.includes(kind))
    .map((address) => ({ address, rank: rankOf(address) }))
    .sort((a, b) => {
      const at = a.rank.findIndex((place, index) => place !== b.rank[index]);
      return at < 0 ? (a.address.value < b.address.value ? -1 : 1) : a.rank[at]! - b.rank[at]!;
    })
    .map(({ address }) => address);
}

/** Where a medium reaches a person of this profile, as far as that tells; null where it does not. */
export function addressOn(medium: string, profile: ProfileAddresses): string | null {
  return addressesOn(medium, addressesOf(profile))[0]?.value ?? null;
}

/** Whether an address is among these, a number in any spelling. */
export function isAmong(address: string, addresses: readonly AddressKey[]): boolean {
  const isNumber = address.startsWith('+');
  return addresses.some(
    ({ value }) =>
      value === address || (isNumber && value.startsWith('+') && phoneKey(value) === phoneKey(address)),
  );
}

/** The media that reach people at a kind of address. */
export const mediaAt = (kind: string): Medium[] => mediaWhich(({ addresses }) => addresses.includes(kind));
