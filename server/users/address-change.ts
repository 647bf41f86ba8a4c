import type { Database } from '../database/connect.ts';
import type { Medium } from '../medium/media.ts';
import { type AddressHolder, addressesOf, isAmong, mediaAt, type ProfileAddresses } from './addresses.ts';
import type { ClosedGates } from './gates.ts';
import type { People } from './people.ts';
import { phoneKey } from './phone-key.ts';
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

/** The addresses that a change takes away; another spelling of a number is none. */
function lostOf({ before, after }: AddressChange): AddressHolder[] {
  const kept = addressesOf(after);
  const addresses = addressesOf(before).filter(
    ({ kind, value }) =>
      !isAmong(
        value,
        kept.filter((each) => each.kind === kind),
      ),
  );
  return addresses.length === 0 ? [] : [{ lane: before.lane, id: before.id, addresses }];
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
