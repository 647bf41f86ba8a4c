import type { Database } from '../database/connect.ts';
import type { Medium } from '../medium/media.ts';
import { type Addresses, mediaAt } from './addresses.ts';
import type { ClosedGates } from './gates.ts';
import type { People } from './people.ts';
import { phoneKey } from './phone-key.ts';
import type { User } from './user-row.ts';

/** A user whose addresses change. */
export interface AddressChange {
  before: User;
  after: Addresses;
}

/**
 * Leaves behind what is bound to addresses that users no longer have: an opt-out stays with the address, so that
 * whoever has it next is opted out until they opt in themselves; an opt-in to texts does not follow to another
 * number, since consent is given for a number (47 CFR 64.1200(f)(9)(i)) and numbers pass to strangers. So the
 * user's opt-ins on SMS and WhatsApp end (their opt-outs stand), and what waits for the old number is skipped.
 * Consent to email is the person's, who takes it along (as Iterable has it). Another spelling of a number is no
 * other number. To be called in the change's transaction, before addresses are claimed anew.
 */
export async function leaveAddresses(
  people: People,
  transaction: Database,
  gates: ClosedGates,
  projectId: number,
  changes: readonly AddressChange[],
  at: Date,
): Promise<void> {
  const parted = changes.flatMap((change) => {
    const lost = lostOf(change);
    return lost ? [{ ...change.before, ...lost }] : [];
  });
  if (parted.length === 0) return;
  const media = changes.flatMap((change) =>
    mediaLeft(change).map((medium) => ({
      ...{ medium, lane: change.before.lane, userId: change.before.id },
      ...{ phoneNumber: change.after.phoneNumber, whatsAppUserId: change.after.whatsAppUserId },
    })),
  );
  for (const capability of people.capabilities)
    await capability.leaveAddresses?.(transaction, {
      announce: people.announce,
      ...{ projectId, gates, parted, media, at },
    });
}

/** The addresses that a change takes away, null for each that stays; null when none goes. */
function lostOf({ before, after }: AddressChange): Addresses | null {
  const lost = (name: keyof Addresses) => (before[name] === after[name] ? null : before[name]);
  const addresses = {
    email: lost('email'),
    phoneNumber: isSameNumber(before.phoneNumber, after.phoneNumber) ? null : before.phoneNumber,
    whatsAppUserId: lost('whatsAppUserId'),
  };
  return Object.values(addresses).some((address) => address !== null) ? addresses : null;
}

/**
 * The media on which the number that messages went to is the user's no longer. A number that is learnt beside a
 * WhatsApp user id that stays is the same account's, and no change.
 */
function mediaLeft({ before, after }: AddressChange): Medium[] {
  if (before.phoneNumber !== null)
    return isSameNumber(before.phoneNumber, after.phoneNumber) ? [] : mediaAt('phone');
  const keepsAccount = before.whatsAppUserId === after.whatsAppUserId;
  return before.whatsAppUserId === null || keepsAccount ? [] : mediaAt('whatsApp');
}

function isSameNumber(before: string | null, after: string | null): boolean {
  return before === after || (before !== null && after !== null && phoneKey(before) === phoneKey(after));
}
