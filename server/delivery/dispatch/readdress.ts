import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { Announce } from '../../http/happenings.ts';
import { factsOf } from '../../medium/media.ts';
import { type Addresses, addressOn } from '../../users/addresses.ts';
import { phoneKey } from '../../users/phone-key.ts';
import { changeMessages } from '../rollups/count-changes.sql.ts';
import { announceSkips, asSkipped, type Skipped, skipGiven } from '../skip-queued.ts';
import type { SkipReason } from '../skip-reason.ts';
import type { ActiveSender } from './active-senders.ts';
import type { MovedMessage } from './claim-due.ts';

/** The addresses of a user as they stand now. */
interface Present extends Addresses {
  id: number;
}

/**
 * Settles messages whose person changed an address after they were admitted. The person takes consent to email along,
 * so that an email follows to the new address; an opt-in to texts was given for a number (users/address-change.ts),
 * so that these follow to another spelling of it alone and are skipped else. Of somebody who is gone neither address
 * nor content is kept. One lane; what changes meanwhile the next claim sees.
 */
export async function readdress(
  { db, announce }: { db: Database; announce: Announce },
  lane: number,
  { medium }: Pick<ActiveSender, 'medium'>,
  messages: readonly MovedMessage[],
  now: Date,
): Promise<void> {
  if (messages.length === 0) return;
  const { rows: users } = await sql<Present>`
    SELECT id, phone_number AS "phoneNumber", whatsapp_user_id AS "whatsAppUserId", email FROM users
    WHERE lane = ${lane} AND id = ANY (${messages.map((message) => message.userId)}::bigint[])
  `.execute(db);
  const byId = new Map(users.map((user) => [user.id, user]));
  const settled = messages.map((message) => ({
    id: message.id,
    ...presentAddress(medium, message, byId.get(message.userId)),
  }));
  await db.transaction().execute(async (transaction) => {
    const { rows } = await changeMessages<Skipped>({
      lane,
      which: sql`id = ANY (${settled.map((each) => each.id)}::bigint[]) AND status = 'queued'`,
      given: sql`unnest(
        ${settled.map((each) => each.id)}::bigint[], ${settled.map((each) => each.toAddress)}::text[],
        ${settled.map((each) => each.skip)}::text[]
      ) AS given (id, to_address, skip)`,
      set: sql`to_address = given.to_address,
        content = CASE WHEN given.skip = 'userDeleted' THEN NULL ELSE content END,
        metadata = CASE WHEN given.skip = 'userDeleted' THEN NULL ELSE metadata END, ${skipGiven}`,
      told: asSkipped,
    }).execute(transaction);
    await announceSkips(transaction, announce, lane, rows, now);
  });
}

function presentAddress(
  medium: ActiveSender['medium'],
  { toAddress }: MovedMessage,
  user: Present | undefined,
): { toAddress: string | null; skip: SkipReason | null } {
  if (!user) return { toAddress: null, skip: 'userDeleted' };
  if (factsOf(medium).isConsentOfPerson) {
    const present = addressOn(medium, user);
    return present === null ? { toAddress, skip: 'noAddress' } : { toAddress: present, skip: null };
  }
  const { phoneNumber } = user;
  const isRespelt =
    phoneNumber !== null && toAddress !== null && phoneKey(phoneNumber) === phoneKey(toAddress);
  return isRespelt ? { toAddress: phoneNumber, skip: null } : { toAddress, skip: 'noOptIn' };
}
