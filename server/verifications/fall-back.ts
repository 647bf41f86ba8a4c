import type { Clock } from '../clock/clock.ts';
import type { Database } from '../database/connect.ts';
import type { Happening, MessageHappening } from '../http/happenings.ts';
import type { Listener } from '../http/listener.ts';
import { wakeWorkersOnCommit } from '../lanes/wake.ts';
import { parsePhoneNumber } from '../users/phone-number.ts';
import { carriersFor } from './carriers.ts';
import { requireProfile } from './profiles.sql.ts';
import { queueCode, takeMessageId } from './queue-code.ts';
import {
  findFailed,
  noteSentAgain,
  profilesWithSeveralChannels,
  projectOfCodes,
} from './verifications.sql.ts';

const isFailure = (happening: Happening): happening is MessageHappening =>
  happening.kind === 'message' && happening.what === 'bounce' && happening.campaignId === null;

/**
 * Listens for messages with a code that fail, in projects whose profiles name several media, and sends the code by the next one that was not tried yet. It is
 * the same code, and nobody need ask for it.
 */
export const codeFallback = (clock: Clock): Listener => ({
  kinds: ['message'],
  wantsOf: async (db, projectId) =>
    (await profilesWithSeveralChannels(db, projectId)) ? { kinds: ['message'], wants: isFailure } : null,
  hear: async (transaction, happenings) => {
    let isSent = false;
    for (const failed of happenings.filter(isFailure))
      if (await sendOtherwise(transaction, failed, clock.now())) isSent = true;
    if (isSent) await wakeWorkersOnCommit(transaction);
  },
});

async function sendOtherwise(
  transaction: Database,
  { projectId, lane, messageId }: MessageHappening,
  now: Date,
): Promise<boolean> {
  const failed = await findFailed(transaction, lane, messageId, now);
  if (!failed?.toAddress) return false;
  const { verification, toAddress: e164 } = failed;
  const profile = await requireProfile(transaction, projectId, verification.profile_id);
  const parsed = parsePhoneNumber(e164, 'US');
  const project = await projectOfCodes(transaction, projectId);
  if (!parsed.ok || parsed.country === null) return false;
  const number = { e164, country: parsed.country };
  const left = profile.channels.filter((medium) => !verification.sent_by.includes(medium));
  const { carriers } = await carriersFor(transaction, project, profile, {
    ...{ wanted: left, number, now },
  });
  const [carrier] = carriers;
  if (!carrier) return false;
  const next = await takeMessageId(transaction);
  const { medium } = carrier;
  const again = await noteSentAgain(transaction, verification, { medium, messageId: next, now });
  const user = { lane, id: verification.user_id };
  await queueCode(transaction, profile, user, number, carrier, again, now);
  return true;
}
