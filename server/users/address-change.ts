import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { Medium } from '../database/schema.ts';
import { eachLane } from './by-lane.ts';
import { type ClosedGates, requireGates } from './gates.ts';
import { phoneKey } from './phone-key.ts';
import { keepOptOuts } from './suppression.ts';
import type { User } from './user-row.ts';

type Addresses = Pick<User, 'email' | 'phoneNumber' | 'whatsAppUserId'>;

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
  transaction: Database,
  gates: ClosedGates,
  projectId: number,
  changes: readonly AddressChange[],
): Promise<void> {
  const given = changes.filter((change) => lostOf(change) !== null);
  if (given.length === 0) return;
  await keepOptOuts(
    transaction,
    projectId,
    given.map((change) => ({ ...change.before, ...lostOf(change) })),
  );
  const left = given.flatMap((change) =>
    mediaLeft(change).map((medium) => ({
      ...{ medium, lane: change.before.lane, userId: change.before.id },
      ...{ phone: change.after.phoneNumber, whatsApp: change.after.whatsAppUserId },
    })),
  );
  const lanesEnded = await eachLane(
    left,
    (row) => row.lane,
    async (lane, rows) => {
      const users = rows.map((row) => row.userId);
      const media = rows.map((row) => row.medium);
      const ended = await sql`
        DELETE FROM subscription s
        USING unnest(${users}::bigint[], ${media}::text[]) AS l (user_id, medium)
        WHERE s.lane = ${lane} AND s.user_id = ANY(${users}::bigint[]) AND s.project_id = ${projectId}
          AND s.user_id = l.user_id
          AND s.status <> 'unsubscribed'
          AND EXISTS (SELECT FROM channel c WHERE c.medium = l.medium AND c.project_id = ${projectId}
            AND c.id = CASE s.kind WHEN 'channel' THEN s.target_id
              ELSE (SELECT t.channel_id FROM message_type t WHERE t.id = s.target_id) END)`.execute(
        transaction,
      );
      await sql`
        UPDATE message m SET status = CASE WHEN failed_at IS NULL THEN 'skipped' ELSE 'bounced' END,
          skip_reason = CASE WHEN failed_at IS NULL THEN 'noOptIn' END, retry_at = NULL
        FROM unnest(${users}::bigint[], ${media}::text[], ${rows.map((row) => row.phone)}::text[],
          ${rows.map((row) => row.whatsApp)}::text[]) AS l (user_id, medium, phone, whatsapp)
        WHERE m.lane = ${lane} AND m.user_id = ANY(${users}::bigint[]) AND m.project_id = ${projectId}
          AND m.user_id = l.user_id AND m.medium = l.medium
          AND m.to_address IS DISTINCT FROM l.phone AND m.to_address IS DISTINCT FROM l.whatsapp
          AND m.message_type_id IS NOT NULL
          AND (m.status = 'queued' OR m.retry_at IS NOT NULL)`.execute(transaction);
      return Number(ended.numAffectedRows ?? 0) > 0 ? [lane] : [];
    },
  );
  requireGates(gates, lanesEnded.flat());
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
    return isSameNumber(before.phoneNumber, after.phoneNumber) ? [] : ['sms', 'whatsApp'];
  const keepsAccount = before.whatsAppUserId === after.whatsAppUserId;
  return before.whatsAppUserId === null || keepsAccount ? [] : ['whatsApp'];
}

function isSameNumber(before: string | null, after: string | null): boolean {
  return before === after || (before !== null && after !== null && phoneKey(before) === phoneKey(after));
}
