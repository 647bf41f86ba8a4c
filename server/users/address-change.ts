import type { Database } from '../database/connect.ts';
import { type Medium, mediaWhich } from '../medium/media.ts';
import {
  type AddressHolder,
  type AddressKey,
  addressesOf,
  isAmong,
  type ProfileAddresses,
} from './addresses.ts';
import type { ClosedGates } from './gates.ts';
import type { People } from './people.ts';
import type { User } from './user-row.ts';

/** A user whose addresses change. */
export interface AddressChange {
  before: User;
  after: ProfileAddresses;
}

/**
 * Leaves behind what is bound to addresses that users no longer have: an opt-out stays with the address, so that
 * whoever has it next is opted out until they opt in themselves; an opt-in to texts does not follow to another
 * number, since consent is given for a number (47 CFR 64.1200(f)(9)(i)) and numbers pass to strangers. So the
 * user's opt-ins on SMS and WhatsApp end (their opt-outs stand), and what waits for the old number is skipped. So it is
 * on WhatsApp with a user id that becomes another one, also where the number stays: the account may be somebody else's by now, as
 * it is when Meta tells of it. Consent to email is the person's, who takes it along (as Iterable has it). Another spelling of
 * a number is no other number, and an address that is learnt beside those that stay ends nothing. To be called in the
 * change's transaction, before addresses are claimed anew.
 */
export async function leaveAddresses(
  people: People,
  transaction: Database,
  gates: ClosedGates,
  projectId: number,
  changes: readonly AddressChange[],
  at: Date,
): Promise<void> {
  const parted = changes.flatMap(lostOf);
  if (parted.length === 0) return;
  const media = changes.flatMap((change) =>
    mediaLeft(change).map((medium) => ({
      ...{ medium, lane: change.before.lane, userId: change.before.id },
      kept: addressesOf(change.after).map(({ value }) => value),
    })),
  );
  for (const capability of people.capabilities)
    await capability.leaveAddresses?.(transaction, {
      announce: people.announce,
      ...{ projectId, gates, parted, media, at },
    });
}

/** The addresses that a change takes away, where it takes any. */
function lostOf({ before, after }: AddressChange): AddressHolder[] {
  const addresses = lostAddresses({ before, after });
  return addresses.length === 0 ? [] : [{ lane: before.lane, id: before.id, addresses }];
}

/** Another spelling of a number is none. */
function lostAddresses({ before, after }: AddressChange): AddressKey[] {
  const kept = addressesOf(after);
  return addressesOf(before).filter(
    ({ kind, value }) =>
      !isAmong(
        value,
        kept.filter((each) => each.kind === kind),
      ),
  );
}

/** The media on which opt-ins were given for an address that a change takes away. */
function mediaLeft(change: AddressChange): Medium[] {
  const lost = lostAddresses(change).map(({ kind }) => kind);
  return mediaWhich(
    ({ addresses, isConsentOfPerson }) => !isConsentOfPerson && lost.some((kind) => addresses.includes(kind)),
  );
}
