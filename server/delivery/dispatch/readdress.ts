import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { Announce } from '../../http/happenings.ts';
import { factsOf } from '../../medium/media.ts';
import { readAddresses } from '../../users/address-rows.sql.ts';
import { type Address, addressesOn, isAmong } from '../../users/addresses.ts';
import { changeMessages } from '../rollups/count-changes.sql.ts';
import { announceSkips, asSkipped, type Skipped, skipGiven } from '../skip-queued.ts';
import type { SkipReason } from '../skip-reason.ts';
import type { ActiveSender } from './active-senders.ts';
import type { MovedMessage } from './claim-due.ts';

/**
 * Settles messages whose person changed an address after they were admitted, or is not reached there any more. The person takes
 * consent to email along, so that an email follows to the address that is chosen now; an opt-in to texts was given for a
 * number (users/address-change.ts), so that these follow to another spelling of it alone and are skipped else, as is what somebody
 * asked for at an address that is theirs no more. Of somebody who is gone neither address
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
  const present = await readAddresses(
    db,
    lane,
    messages.map((message) => message.userId),
  );
  const settled = messages.map((message) => ({
    id: message.id,
    ...presentAddress(medium, message, present.get(message.userId)),
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
  { toAddress, basis }: MovedMessage,
  addresses: readonly Address[] | undefined,
): { toAddress: string | null; skip: SkipReason | null } {
  if (!addresses) return { toAddress: null, skip: 'userDeleted' };
  const { isConsentOfPerson } = factsOf(medium);
  const asksOptIn = basis !== 'ownRequest';
  const reaching = addressesOn(medium, addresses);
  const present = isConsentOfPerson
    ? reaching[0]
    : reaching.find((address) => toAddress !== null && isAmong(toAddress, [address]));
  if (!present) return { toAddress, skip: isConsentOfPerson || !asksOptIn ? 'noAddress' : 'noOptIn' };
  return { toAddress: present.value, skip: present.unreachable[medium] && asksOptIn ? 'unreachable' : null };
}
