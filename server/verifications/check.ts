import { timingSafeEqual } from 'node:crypto';
import type { Database } from '../database/connect.ts';
import { codeOf } from '../delivery/one-time-code.ts';
import { insertEvents, takeEventIds } from '../events/insert-events.ts';
import type { CallerProject, Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { addressHash } from '../users/address-hash.ts';
import { findHolders } from '../users/find-users.ts';
import { plainDigits } from '../users/phone-number.ts';
import { readNumber } from './begin.ts';
import { addToTallies, checksTooMany } from './guard.sql.ts';
import { dayMs, limits, openOf, wrongTries } from './limits.ts';
import { keyOfClient, keysOfNumber } from './places-counted.ts';
import type { Profile } from './profiles.sql.ts';
import {
  endVerification,
  lockNewest,
  lockOpen,
  lockPerson,
  noteTries,
  type Verification,
} from './verifications.sql.ts';

/** A call to check a code. */
export interface CheckCall {
  phoneNumber: string;
  /** As the person typed it. */
  code: string;
  clientAddress?: string | undefined;
}

/** The event that a right code leaves with its person. */
const verifiedEvent = 'phoneVerified';

/**
 * Whether a code is the one that was last sent to a number by a profile, still lives and was not used. A wrong one counts, and after five the
 * code is worth nothing, after twenty of a day every code. Whatever the reason a code is not right, the answer is the same.
 * @throws ApiError InvalidPhoneNumber, BadParams; RateLimitExceeded after too many checks for one `clientAddress`.
 */
export async function checkVerification(
  context: Context,
  project: CallerProject,
  profile: Profile,
  call: CheckCall,
): Promise<boolean> {
  const { db, clock, secrets, announce } = context;
  const now = clock.now();
  const { e164, country } = readNumber(call.phoneNumber, project, profile);
  const client = keyOfClient(profile.id, call.clientAddress);
  if (client) {
    if (await checksTooMany(db, profile, client, now))
      throw new ApiError(
        'RateLimitExceeded',
        'clientAddress has had too many codes checked within the hour',
        {
          limit: 'client',
          retryAfterSeconds: 3_600,
        },
      );
    await addToTallies(db, profile, [client], 'checked', now);
  }
  const [holders = []] = await findHolders(db, project.id, [{ phone: e164 }]);
  const typed = plainDigits(call.code).replaceAll(/[\s\p{Pd}.]/gu, '');
  const hash = addressHash(project.id, e164);
  for (const user of holders) {
    const isRight = await db.transaction().execute(async (transaction) => {
      if (!(await lockPerson(transaction, user))) return false;
      const ofDay = await lockNewest(transaction, user, hash, new Date(now.getTime() - dayMs));
      const open = openOf(ofDay, profile, now);
      if (!open || wrongTries(ofDay) >= limits.triesADay) return false;
      const tries = open.tries + 1;
      const right = isSame(typed, codeOf(secrets, open));
      await settle(transaction, open, right, tries, now);
      if (!right) return false;
      await addToTallies(transaction, profile, keysOfNumber(e164, country), 'verified', now);
      const [id = 0] = await takeEventIds(transaction, 1);
      const data = { profile: profile.name, channel: open.sent_by.at(-1) };
      const event = { user, id, name: verifiedEvent, kind: 'custom', data, happenedAt: now };
      await insertEvents(transaction, project.id, [event], now);
      await announce(transaction, [
        {
          ...({ kind: 'event', name: verifiedEvent, eventId: id } as const),
          ...{ projectId: project.id, lane: user.lane, userId: user.id, at: now },
        },
      ]);
      return true;
    });
    if (isRight) return true;
  }
  return false;
}

/** Takes back the code that a number was sent and has not used; false where there is none. */
export async function cancelVerification(
  { db, clock }: Context,
  project: CallerProject,
  profile: Profile,
  phoneNumber: string,
): Promise<boolean> {
  const now = clock.now();
  const { e164 } = readNumber(phoneNumber, project, profile);
  const [holders = []] = await findHolders(db, project.id, [{ phone: e164 }]);
  const hash = addressHash(project.id, e164);
  let isCancelled = false;
  for (const user of holders)
    await db.transaction().execute(async (transaction) => {
      const open = await lockOpen(transaction, profile, user, hash, now);
      if (!open) return;
      isCancelled = true;
      await endVerification(transaction, open, 'cancelled', open.tries, now);
    });
  return isCancelled;
}

async function settle(
  transaction: Database,
  open: Verification,
  right: boolean,
  tries: number,
  now: Date,
): Promise<void> {
  if (right) return endVerification(transaction, open, 'verified', open.tries, now);
  if (tries >= limits.tries) return endVerification(transaction, open, 'exhausted', tries, now);
  return noteTries(transaction, open, tries);
}

/** Compares in a time that does not tell how much is alike. */
function isSame(typed: string, code: string): boolean {
  const [one, other] = [Buffer.from(typed, 'utf8'), Buffer.from(code, 'utf8')];
  return one.length === other.length && timingSafeEqual(one, other);
}
