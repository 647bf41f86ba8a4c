import { suppressedChannels } from '../consent/suppression.sql.ts';
import type { Database } from '../database/connect.ts';
import { loadCandidates } from '../delivery/admission/admission-plan.ts';
import { insertMessages, takeMessageIds } from '../delivery/admission/new-message.ts';
import type { CallerProject, Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import type { Medium } from '../medium/media.ts';
import { takeRequestId } from '../requests/request-key.sql.ts';
import { chooseSender } from '../senders/choose-sender.ts';
import { loadPrices } from '../senders/rates/prices.ts';
import { addressHash } from '../users/address-hash.ts';
import { findOrCreateUser, findUsers } from '../users/find-users.ts';
import { refuseForgotten } from '../users/forgotten.ts';
import { identityOfKey, type UserRef } from '../users/identity.ts';
import { parsePhoneNumber } from '../users/phone-number.ts';
import { codeText } from './code-texts.ts';
import { addToTallies, type Refusal, type TallyKey, takeTurn } from './guard.sql.ts';
import { limits, nextSendAt } from './limits.ts';
import { keyOfClient, keysOfNumber } from './places-counted.ts';
import type { Profile } from './profiles.sql.ts';
import {
  endedChannels,
  insertVerification,
  lockPerson,
  newestVerifications,
  noteSentAgain,
  transactionalChannels,
  type Verification,
} from './verifications.sql.ts';

/** A call to send a code. */
export interface BeginCall {
  phoneNumber: string;
  /** By which medium; absent for the profile's first that reaches the person. */
  channel?: Medium | undefined;
  /** The language of the text, `de` or `de-AT`; absent for the profile's own words or English. */
  locale?: string | undefined;
  /** The internet address of whoever asks the caller for the code. */
  clientAddress?: string | undefined;
}

/** A code that is on its way. */
export interface Begun {
  lane: number;
  id: number;
  messageId: number;
  medium: Medium;
  expiresAt: Date;
  /** When it may be asked for once more. */
  resendAt: Date | null;
}

/** A code is of no use to who has given up waiting for it: it leaves within so many seconds, or not at all. */
const leavesWithinSeconds = 120;

/**
 * Sends somebody a code, or the same code again while it lives. A number that nobody has becomes a person's, who is
 * forgotten after a day where no code is checked (forget-newcomers.sql.ts). What is answered does not depend on whether it was known.
 * @throws ApiError InvalidPhoneNumber; BadParams for a country that is not the profile's; RateLimitExceeded with
 * `retryAfterSeconds` and the limit; SenderRefused where no sender may carry it; OptOutStands where the number refused such messages.
 */
export async function beginVerification(
  context: Context,
  project: CallerProject,
  profile: Profile,
  call: BeginCall,
): Promise<Begun> {
  const { db, clock, people } = context;
  const now = clock.now();
  const { e164, country } = readNumber(call.phoneNumber, project, profile);
  const places = keysOfNumber(e164, country);
  const client = keyOfClient(profile.id, call.clientAddress);
  const refusal = await db
    .transaction()
    .execute((transaction) => takeTurn(transaction, profile, client ? [...places, client] : places, now));
  if (refusal) throw limitReached(refusal, now);
  const carriers = await carriersFor(db, project, profile, call, { e164, country }, now);
  const [known] = await findUsers(db, project.id, [{ phone: e164 }]);
  if (!known) await refuseForgotten(db, project.id, identityOfKey({ phone: e164 }));
  const user = known ?? (await findOrCreateUser(people, project.id, { phone: e164 }, now));
  const sending = { project, profile, call, e164, places, carriers, isNewcomer: !known };
  const begun = await db.transaction().execute((transaction) => send(transaction, sending, user, now));
  if ('waitUntil' in begun) {
    await addToTallies(db, profile, places, 'refused', now);
    throw tooSoon(begun.waitUntil, now);
  }
  context.wake([{ flow: 'transactional', lane: user.lane, due: begun.senderId }]);
  return begun;
}

/** The number in E.164 with its country. @throws ApiError. */
export function readNumber(
  raw: string,
  project: Pick<CallerProject, 'defaultCountry'>,
  profile: Profile,
): { e164: string; country: string } {
  const parsed = parsePhoneNumber(raw, project.defaultCountry);
  const refuse = (reason: string) =>
    new ApiError('InvalidPhoneNumber', `phoneNumber: ${reason}`, { field: 'phoneNumber', value: raw });
  if (!parsed.ok) throw refuse(parsed.reason);
  if (parsed.kind === 'tollFree' || parsed.kind === 'fixedLine')
    throw refuse('no messages reach this kind of line; give a mobile number');
  if (parsed.country !== null && profile.countries.includes(parsed.country))
    return { e164: parsed.e164, country: parsed.country };
  throw new ApiError(
    'BadParams',
    `phoneNumber is of ${parsed.country ?? 'no one country'}, where the profile “${profile.name}” sends no codes; it sends them to ${profile.countries.join(', ')}: add the country to its countries if people there are yours`,
    { field: 'phoneNumber', country: parsed.country, countries: profile.countries },
  );
}

/** What may carry a code to a number, the profile's first medium first. */
interface Carrier {
  medium: Medium;
  senderId: number;
  channelId: number;
  body: string;
  segments: number;
  priceMicros: number;
}

async function carriersFor(
  db: Database,
  project: CallerProject,
  profile: Profile,
  call: BeginCall,
  { e164, country }: { e164: string; country: string },
  now: Date,
): Promise<[Carrier, ...Carrier[]]> {
  if (call.channel && !profile.channels.includes(call.channel))
    throw new ApiError(
      'BadParams',
      `channel ${call.channel} is none of the profile's: ${profile.channels.join(', ')}`,
      { field: 'channel', value: call.channel },
    );
  const wanted = call.channel ? [call.channel] : profile.channels;
  const [candidates, channels, price, suppressed] = await Promise.all([
    loadCandidates(db, project.id),
    transactionalChannels(db, project.id),
    loadPrices(db, project.id),
    suppressedChannels(db, project.id, e164),
  ]);
  const ended = await endedChannels(db, project.id, e164);
  const carriers: Carrier[] = [];
  const refusals: string[] = [];
  for (const medium of wanted) {
    const channel = channels.find((each) => each.medium === medium);
    if (!channel || suppressed.has(channel.id) || ended.has(channel.id)) {
      refusals.push(`${medium}: the number has refused such messages`);
      continue;
    }
    const own = candidates.filter(
      (sender) => sender.medium === medium && profile.sender_ids.includes(sender.id),
    );
    const chosen = chooseSender(
      {
        choice: own.length > 0 ? { kind: 'pool', senderIds: own.map(({ id }) => id) } : { kind: 'any' },
        ...{ medium, purpose: 'transactional', country, sticky: null, userId: Number(e164.slice(-9)) },
      },
      candidates,
    );
    if ('refusal' in chosen) {
      refusals.push(`${medium}: ${chosen.refusal}`);
      continue;
    }
    const { body, segments } = codeText(wordingOf(profile, project), call.locale);
    const sender = candidates.find(({ id }) => id === chosen.senderId)!;
    const asked = { sender, country, category: 'AUTHENTICATION', segments, isMms: false, at: now };
    carriers.push({
      ...{ medium, senderId: chosen.senderId, channelId: channel.id, body, segments },
      priceMicros: price(asked),
    });
  }
  const [first, ...others] = carriers;
  if (first) return [first, ...others];
  const refused = refusals.every((each) => each.includes('has refused'));
  throw new ApiError(
    refused ? 'OptOutStands' : 'SenderRefused',
    `No code can be sent to ${country}: ${refusals.join('; ')}`,
    { field: 'phoneNumber', refusals },
  );
}

/** How a profile's codes are told. */
export const wordingOf = (profile: Profile, project: Pick<CallerProject, 'brand' | 'name'>) => ({
  brand: profile.brand ?? (project.brand || project.name),
  // Checked when it was saved.
  texts: profile.texts as Record<string, string>,
  codeLength: profile.code_length,
  webDomain: profile.web_domain,
  appHash: profile.app_hash,
});

interface Sending {
  project: CallerProject;
  profile: Profile;
  call: BeginCall;
  e164: string;
  places: TallyKey[];
  carriers: [Carrier, ...Carrier[]];
  isNewcomer: boolean;
}

/** Writes code and message, or says when it may be asked for again. */
async function send(
  transaction: Database,
  sending: Sending,
  user: UserRef,
  now: Date,
): Promise<(Begun & { senderId: number }) | { waitUntil: Date }> {
  const { project, profile, e164, carriers } = sending;
  // Of two calls at once for one person the second sees what the first has sent.
  await lockPerson(transaction, user);
  const hash = addressHash(project.id, e164);
  const ofDay = await newestVerifications(transaction, user, hash, new Date(now.getTime() - dayMs));
  const failures = wrongTries(ofDay);
  if (failures >= limits.triesADay) return { waitUntil: new Date(now.getTime() + dayMs) };
  const open = ofDay.find(
    (each) => each.profile_id === profile.id && each.state === 'open' && each.expires_at > now,
  );
  const sentAt = open?.sent_at ?? [];
  const waitUntil = nextSendAt(
    sentAt,
    ofDay.flatMap((each) => each.sent_at),
    now,
  );
  if (waitUntil) return { waitUntil };
  // Asked for again, without word of how: by another medium than the last time, where there is one.
  const next =
    sending.call.channel || !open ? 0 : carriers.findIndex(({ medium }) => medium === open.medium) + 1;
  const carrier = carriers[next % carriers.length] ?? carriers[0];
  const verification = open
    ? await noteSentAgain(transaction, open, carrier.medium, now)
    : await insertVerification(transaction, profile, user, {
        hash,
        medium: carrier.medium,
        isNewcomer: sending.isNewcomer,
        now,
      });
  const messageId = await insertMessage(transaction, sending, user, carrier, verification.seed, now);
  await addToTallies(transaction, profile, sending.places, 'sent', now, carrier.priceMicros);
  return {
    ...{
      lane: user.lane,
      id: verification.id,
      messageId,
      medium: carrier.medium,
      senderId: carrier.senderId,
    },
    expiresAt: verification.expires_at,
    resendAt: nextSendAt(
      verification.sent_at,
      ofDay.flatMap((each) => (each.id === open?.id ? verification.sent_at : each.sent_at)),
      now,
    ),
  };
}

const dayMs = 24 * 3_600_000;

/** Wrong codes since the last right one. A new code does not begin the count anew (NIST SP 800-63B-4, 3.1.3.3). */
function wrongTries(newestFirst: readonly Verification[]): number {
  const right = newestFirst.findIndex(({ state }) => state === 'verified');
  const since = right < 0 ? newestFirst : newestFirst.slice(0, right);
  return since.reduce((sum, { tries }) => sum + tries, 0);
}

async function insertMessage(
  transaction: Database,
  { project, profile, e164 }: Sending,
  user: UserRef,
  carrier: Carrier,
  seed: string,
  now: Date,
): Promise<number> {
  const requestId = await takeRequestId(transaction);
  const [id] = await takeMessageIds(transaction, 1);
  if (id === undefined) throw new Error('the database gave no id');
  await insertMessages(transaction, user.lane, [
    {
      ...{ id, userId: user.id, projectId: project.id, requestId, campaignId: null, templateId: null },
      ...{ channelId: carrier.channelId, messageTypeId: null, medium: carrier.medium },
      ...{ purpose: 'transactional', basis: 'ownRequest', senderId: carrier.senderId, toAddress: e164 },
      content: { kind: 'sms', body: carrier.body, code: { seed, digits: profile.code_length } },
      ...{ segments: carrier.segments, priceMicros: carrier.priceMicros, skipReason: null, detail: null },
      // Before all else that waits for the sender.
      ...{ notBefore: now, dueAt: new Date(0), closesAt: null },
      leaveBefore: new Date(now.getTime() + leavesWithinSeconds * 1_000),
      ...{ legalCap: null, legalCapHours: null, onQuiet: 'delay', onCap: 'skip', links: [], createdAt: now },
    },
  ]);
  return id;
}

const secondsUntil = (until: Date, now: Date) =>
  Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1_000));

function tooSoon(waitUntil: Date, now: Date): ApiError {
  const retryAfterSeconds = secondsUntil(waitUntil, now);
  return new ApiError(
    'RateLimitExceeded',
    `phoneNumber was sent a code already, and may be sent the next one in ${retryAfterSeconds} seconds`,
    { field: 'phoneNumber', limit: 'number', retryAfterSeconds },
  );
}

const saidOf: Record<Refusal['limit'], string> = {
  client: 'clientAddress has asked for too many codes within the hour',
  prefix: 'too many codes were asked for within the hour for numbers that differ in their last digits only',
  prefixBlocked: 'codes to numbers beside this one were hardly ever checked, so none are sent there for now',
  countryBlocked: 'codes to this country were hardly ever checked of late, so none are sent there for now',
  hourly: 'the profile has reached its hourlyLimit',
  budget: 'the profile has reached its dailyBudget',
};

function limitReached({ limit, until }: Refusal, now: Date): ApiError {
  const retryAfterSeconds = until ? secondsUntil(until, now) : null;
  return new ApiError('RateLimitExceeded', `No code is sent: ${saidOf[limit]}`, { limit, retryAfterSeconds });
}
