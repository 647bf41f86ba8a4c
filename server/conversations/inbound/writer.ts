import type { CallingAccount } from '../../delivery/callbacks/account-cache.ts';
import { findOrCreateUser, findUsers } from '../../users/find-users.ts';
import type { UserKey, UserRef } from '../../users/identity.ts';
import type { People } from '../../users/people.ts';
import { parsePhoneNumber } from '../../users/phone-number.ts';
import { reachedAt } from '../../users/whatsapp-number.ts';
import { findAnswered, lastWrittenTo } from './writer.sql.ts';

/** What a network says of who wrote: a number as it spells it, a WhatsApp user id, the message that is answered. */
export interface Signature {
  phone?: string | undefined;
  whatsAppUserId?: string | undefined;
  /** The provider's id of the message that this one answers. */
  inReplyTo?: string | undefined;
}

/** Who wrote, and everybody who is meant where it is a refusal: all who have the number, `user` among them. */
export interface Writer {
  user: UserRef;
  users: UserRef[];
  /** The number or WhatsApp user id it came from, as the network spells it. */
  address: string;
  /** Our message that was answered, in the lane that it was sent in; null for none that is known. */
  answered: { lane: number; id: number } | null;
}

/**
 * Finds whose words these are, and makes a user of a stranger. An answer to one of our messages is from that
 * message's person, whatever number it spells. Else it is from who has the number (in any spelling); where several
 * share it, from the one whom this sender wrote to last there, else the oldest. Null when nobody is named.
 */
export async function findWriter(
  people: People,
  from: CallingAccount,
  senderId: number | null,
  signature: Signature,
  at: Date,
): Promise<Writer | null> {
  const { db } = people;
  const { phone, whatsAppUserId, inReplyTo } = signature;
  const address = phone ?? whatsAppUserId;
  if (address === undefined) return null;
  const { projectId } = from;
  const read = phone ? parsePhoneNumber(phone, 'US') : null;
  const number = read?.ok ? read.e164 : phone;
  const { holders, byOtherName } = number
    ? await reachedAt(db, projectId, number)
    : { holders: [], byOtherName: [] };
  const reached = [...holders, ...byOtherName];
  const [owner] = whatsAppUserId ? await findUsers(db, projectId, [{ whatsAppUserId }]) : [];
  const answered = inReplyTo ? await findAnswered(db, from, inReplyTo) : null;
  const user =
    answered?.person ??
    (reached.length > 1 ? await lastWrittenTo(db, senderId, reached, number ?? address) : undefined) ??
    (holders.length === 0 ? reached[0] : undefined) ??
    (await findOrCreateUser(people, projectId, keysOf(number, whatsAppUserId), at));
  const meant = [user, ...reached, ...(owner ? [owner] : []), ...(answered?.sharers ?? [])];
  return {
    ...{ user, users: [...new Map(meant.map((each) => [each.id, each])).values()], address },
    answered: answered?.message ?? null,
  };
}

/** By which keys the writer is known, the surest first. On WhatsApp there may be no phone number at all. */
function keysOf(phone: string | undefined, whatsAppUserId: string | undefined): [UserKey, ...UserKey[]] {
  if (!phone) return [{ whatsAppUserId: whatsAppUserId ?? '' }];
  return whatsAppUserId ? [{ phone }, { whatsAppUserId }] : [{ phone }];
}
