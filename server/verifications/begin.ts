import type { Database } from '../database/connect.ts';
import type { CallerProject, Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import type { Medium } from '../medium/media.ts';
import { addressHash } from '../users/address-hash.ts';
import { findOrCreateUser, findUsers } from '../users/find-users.ts';
import { refuseForgotten } from '../users/forgotten.ts';
import { identityOfKey, type UserRef } from '../users/identity.ts';
import { parsePhoneNumber } from '../users/phone-number.ts';
import { retrying, TryAgain } from '../users/try-again.ts';
import { type Carrier, type CodeNumber, carriersFor } from './carriers.ts';
import { budgetReached, giveTurnBack, type Refusal, spend, takeTurn } from './guard.sql.ts';
import { dayMs, limits, nextSendAt, openOf, wrongTries } from './limits.ts';
import { keyOfClient, keysOfNumber } from './places-counted.ts';
import type { Profile } from './profiles.sql.ts';
import { queueCode, takeMessageId } from './queue-code.ts';
import { insertVerification, lockNewest, lockPerson, noteSentAgain } from './verifications.sql.ts';

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

/**
 * Sends somebody a code, or the same code again while it lives. A number that nobody has becomes a person's, who is
 * forgotten after a day where no code is checked (forget-newcomers.sql.ts). What is answered does not depend on whether it was known.
 * @throws ApiError InvalidPhoneNumber; BadParams for a country that is not the profile's; RateLimitExceeded with
 * `retryAfterSeconds` and the limit; SenderRefused where nothing may carry it; OptOutStands where the number refused such messages.
 */
export async function beginVerification(
  context: Context,
  project: CallerProject,
  profile: Profile,
  call: BeginCall,
): Promise<Begun> {
  const { db, clock } = context;
  const now = clock.now();
  const number = readNumber(call.phoneNumber, project, profile);
  if (call.channel && !profile.channels.includes(call.channel))
    throw new ApiError(
      'BadParams',
      `channel ${call.channel} is none of the profile's: ${profile.channels.join(', ')}`,
      { field: 'channel', value: call.channel },
    );
  const places = keysOfNumber(number.e164, number.country);
  const client = keyOfClient(profile.id, call.clientAddress);
  const refusal = await db
    .transaction()
    .execute((transaction) => takeTurn(transaction, profile, client ? [...places, client] : places, now));
  if (refusal) throw limitReached(refusal, now);
  try {
    return await sendInTurn(context, project, profile, { call, number, now });
  } catch (error) {
    await giveTurnBack(db, profile, places, now);
    throw error;
  }
}

/** Sends the code of a call that has its turn. @throws ApiError as `beginVerification` does. */
async function sendInTurn(
  context: Context,
  project: CallerProject,
  profile: Profile,
  { call, number, now }: { call: BeginCall; number: CodeNumber; now: Date },
): Promise<Begun> {
  const { db, people } = context;
  const wanted = call.channel ? [call.channel] : profile.channels;
  const asked = { wanted, number, locale: call.locale, now };
  const carriers = await requireCarriers(db, project, profile, asked);
  const key = { phone: number.e164 };
  // Whoever is merged or deleted meanwhile is looked for anew.
  const { begun, lane } = await retrying(async () => {
    const [known] = await findUsers(db, project.id, [key]);
    if (!known) await refuseForgotten(db, project.id, identityOfKey(key));
    const user = known ?? (await findOrCreateUser(people, project.id, key, now));
    const sending = { profile, number, carriers, isNewcomer: !known, locale: call.locale ?? null };
    const outcome = await db.transaction().execute((transaction) => send(transaction, sending, user, now));
    return { begun: outcome, lane: user.lane };
  });
  if (!('messageId' in begun))
    throw 'waitUntil' in begun ? tooSoon(begun.waitUntil, now) : limitReached(begun, now);
  context.wake([{ flow: 'transactional', lane, due: begun.senderId }]);
  return begun;
}

/** The number in E.164 with its country. @throws ApiError. */
export function readNumber(
  raw: string,
  project: Pick<CallerProject, 'defaultCountry'>,
  profile: Profile,
): CodeNumber {
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

async function requireCarriers(
  db: Database,
  project: CallerProject,
  profile: Profile,
  asked: Parameters<typeof carriersFor>[3],
): Promise<[Carrier, ...Carrier[]]> {
  const { carriers, refusals } = await carriersFor(db, project, profile, asked);
  const [first, ...others] = carriers;
  if (first) return [first, ...others];
  const said = refusals.map(({ medium, reason }) => `${medium}: ${reason}`).join('; ');
  throw new ApiError(
    refusals.every(({ reason }) => reason === 'optedOut') ? 'OptOutStands' : 'SenderRefused',
    `No code can be sent to this number in ${asked.number.country} (${said})`,
    { field: 'phoneNumber', refusals },
  );
}

interface Sending {
  profile: Profile;
  number: CodeNumber;
  carriers: [Carrier, ...Carrier[]];
  isNewcomer: boolean;
  locale: string | null;
}

/** Writes code and message, or says why not, and when it may be asked for again. */
async function send(
  transaction: Database,
  { profile, number, carriers, isNewcomer, locale }: Sending,
  user: UserRef,
  now: Date,
): Promise<(Begun & { senderId: number }) | { waitUntil: Date } | Refusal> {
  if (!(await lockPerson(transaction, user))) throw new TryAgain();
  const hash = addressHash(profile.project_id, number.e164);
  const ofDay = await lockNewest(transaction, user, hash, new Date(now.getTime() - dayMs));
  if (wrongTries(ofDay) >= limits.triesADay) return { waitUntil: new Date(now.getTime() + dayMs) };
  const open = openOf(ofDay, profile, now);
  const sentOfDay = ofDay.flatMap((each) => each.sent_at);
  const waitUntil = nextSendAt(open?.sent_at ?? [], sentOfDay, now);
  if (waitUntil) return { waitUntil };
  // Asked for again: by a medium that was not tried yet, where there is one.
  const carrier = carriers.find(({ medium }) => !open?.sent_by.includes(medium)) ?? carriers[0];
  const { medium, senderId } = carrier;
  const price = carrier.priceMicros(open?.digits ?? profile.code_length);
  const places = keysOfNumber(number.e164, number.country);
  if (!(await spend(transaction, profile, places, price, now))) return budgetReached(now);
  const messageId = await takeMessageId(transaction);
  const verification = open
    ? await noteSentAgain(transaction, open, { medium, messageId, locale, now })
    : await insertVerification(transaction, profile, user, {
        ...{ hash, medium, messageId, isNewcomer, locale, now },
      });
  await queueCode(transaction, profile, user, number, carrier, verification, now);
  return {
    ...{ lane: user.lane, id: verification.id, messageId, medium, senderId },
    expiresAt: verification.expires_at,
    resendAt: nextSendAt(verification.sent_at, [...sentOfDay, now], now),
  };
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
