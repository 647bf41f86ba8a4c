import { factsOf, type Medium, mediaWhich } from '../medium/media.ts';
import type { AddressKind } from '../medium/medium.ts';
import type { User } from './user-row.ts';

/** The addresses of a person, of each kind. */
export type Addresses = Pick<User, 'email' | 'phoneNumber' | 'whatsAppUserId'>;

const fieldOf = {
  email: 'email',
  phone: 'phoneNumber',
  whatsApp: 'whatsAppUserId',
} as const satisfies Record<AddressKind, keyof Addresses>;

/** A person's addresses on a medium, that at which it reaches them first. */
export function addressesOn(medium: string, user: Addresses): string[] {
  return factsOf(medium).addresses.flatMap((kind) => user[fieldOf[kind]] ?? []);
}

/** Where a medium reaches a person; null where it does not. */
export function addressOn(medium: string, user: Addresses): string | null {
  return addressesOn(medium, user)[0] ?? null;
}

/** The media that reach people at a kind of address. */
export const mediaAt = (kind: AddressKind): Medium[] =>
  mediaWhich(({ addresses }) => addresses.includes(kind));
