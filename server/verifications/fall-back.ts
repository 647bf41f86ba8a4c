import type { Clock } from '../clock/clock.ts';
import type { Database } from '../database/connect.ts';
import type { Happening, MessageHappening } from '../http/happenings.ts';
import type { Listener } from '../http/listener.ts';
import { wakeWorkersOnCommit } from '../lanes/wake.ts';
import { parsePhoneNumber } from '../users/phone-number.ts';
import { carriersFor } from './carriers.ts';
import { spend } from './guard.sql.ts';
import { keysOfNumber } from './places-counted.ts';
import { requireProfile } from './profiles.sql.ts';
import { queueCode, takeMessageId } from './queue-code.ts';
import {
  findFailed,
  noteSentAgain,
  profilesWithSeveralChannels,
  projectOfCodes,
  type Verification,
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
    const now = clock.now();
    const failed: Failed[] = [];
    // All codes are locked before the first is paid for (spend).
    for (const { projectId, lane, messageId } of happenings.filter(isFailure).toSorted(byMessage)) {
      const found = await findFailed(transaction, lane, messageId, now);
      if (found?.toAddress)
        failed.push({ projectId, lane, e164: found.toAddress, verification: found.verification });
    }
    failed.sort((a, b) => a.verification.profile_id - b.verification.profile_id);
    let isSent = false;
    for (const each of failed) if (await sendOtherwise(transaction, each, now)) isSent = true;
    if (isSent) await wakeWorkersOnCommit(transaction);
  },
});

const byMessage = (a: MessageHappening, b: MessageHappening) => a.messageId - b.messageId;

/** A code whose message failed, and can still be checked. */
interface Failed {
  projectId: number;
  lane: number;
  e164: string;
  verification: Verification;
}

async function sendOtherwise(
  transaction: Database,
  { projectId, lane, e164, verification }: Failed,
  now: Date,
): Promise<boolean> {
  const profile = await requireProfile(transaction, projectId, verification.profile_id);
  const parsed = parsePhoneNumber(e164, 'US');
  const project = await projectOfCodes(transaction, projectId);
  if (!parsed.ok || parsed.country === null) return false;
  const number = { e164, country: parsed.country };
  const left = profile.channels.filter((medium) => !verification.sent_by.includes(medium));
  const { carriers } = await carriersFor(transaction, project, profile, {
    ...{ wanted: left, number, locale: verification.locale ?? undefined, now },
  });
  const [carrier] = carriers;
  if (!carrier) return false;
  const { medium } = carrier;
  const { digits, locale } = verification;
  const places = keysOfNumber(number.e164, number.country);
  if (!(await spend(transaction, profile, places, carrier.priceMicros(digits), now))) return false;
  const messageId = await takeMessageId(transaction);
  const again = await noteSentAgain(transaction, verification, { medium, messageId, locale, now });
  const user = { lane, id: verification.user_id };
  await queueCode(transaction, profile, user, number, carrier, again, now);
  return true;
}
