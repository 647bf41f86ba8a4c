import type { Database } from '../database/connect.ts';
import { encodeMessageId } from '../database/message-id.ts';
import { insertMessages, takeMessageIds } from '../delivery/admission/new-message.ts';
import { takeRequestId } from '../requests/request-key.sql.ts';
import type { UserRef } from '../users/identity.ts';
import type { Carrier, CodeNumber } from './carriers.ts';
import type { Profile } from './profiles.sql.ts';
import type { Verification } from './verifications.sql.ts';

/** A code is of no use to who has given up waiting for it: it leaves within so many seconds, or not at all. */
const leavesWithinSeconds = 120;

/** Takes the number of a code's next message. */
export async function takeMessageId(transaction: Database): Promise<number> {
  const [id] = await takeMessageIds(transaction, 1);
  if (id === undefined) throw new Error('the database gave no id');
  return id;
}

/** Queues a message with a code, before all else that waits for its sender. */
export async function queueCode(
  transaction: Database,
  profile: Profile,
  user: UserRef,
  number: CodeNumber,
  carrier: Carrier,
  { seed, digits, message_id: id }: Pick<Verification, 'seed' | 'digits' | 'message_id'>,
  now: Date,
): Promise<void> {
  const requestId = await takeRequestId(transaction);
  const said = { ...carrier.say({ seed, digits }), priceMicros: carrier.priceMicros(digits) };
  const written = await insertMessages(transaction, user.lane, [
    {
      ...{
        id,
        userId: user.id,
        projectId: profile.project_id,
        requestId,
        campaignId: null,
        templateId: null,
      },
      ...{ channelId: carrier.channelId, messageTypeId: null, medium: carrier.medium },
      ...{ purpose: 'transactional', basis: 'ownRequest', senderId: carrier.senderId },
      ...{ toAddress: number.e164, ...said, skipReason: null, detail: null },
      ...{ notBefore: now, dueAt: new Date(0), closesAt: null },
      leaveBefore: new Date(now.getTime() + leavesWithinSeconds * 1_000),
      ...{ legalCap: null, legalCapHours: null, onQuiet: 'delay', onCap: 'skip', links: [], createdAt: now },
    },
  ]);
  if (written.size === 0) throw new Error(`message ${encodeMessageId(user.lane, id)} was there already`);
}
