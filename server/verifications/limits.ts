import type { Profile } from './profiles.sql.ts';
import type { Verification } from './verifications.sql.ts';

/**
 * What keeps codes from being guessed, and from being asked for by nobody who wants them. Guessing: NIST SP 800-63B-4, 3.1.3
 * (at least 6 digits, 10 minutes, wrong tries counted over codes); asking: what Twilio Verify and Telnyx advise against pumping.
 */
export const limits = {
  /** Wrong codes, after which a code is worth nothing. */
  tries: 5,
  /** Wrong codes of a person in a day since the last right one, after which none is sent. */
  triesADay: 20,
  /** Seconds until a person may ask for the code again: after the first message, the second, and all others. */
  waits: [30, 60, 120],
  /** Messages to one person in an hour, and in a day. */
  sendsAnHour: 5,
  sendsADay: 10,
  /** Codes asked for from one address of the internet in an hour, and codes checked. */
  clientBegins: 20,
  clientChecks: 100,
  /** Codes asked for in an hour to the 10,000 numbers that differ in their last four digits. */
  prefixBegins: 30,
  /** Of so many sent in a day to such numbers, or to a country, fewer than this share were checked: sending there ends. */
  blocks: {
    prefix: { sent: 50, share: 0.2, hours: 24 },
    country: { sent: 200, share: 0.2, hours: 1 },
  },
} as const;

const hourMs = 3_600_000;
/** The day over which tries and messages of a number are counted. */
export const dayMs = 24 * hourMs;

/** When the next message may be asked for after those that were sent at these times, oldest first; null for at once. */
export function nextSendAt(sentAt: readonly Date[], ofDay: readonly Date[], now: Date): Date | null {
  const last = sentAt.at(-1);
  const wait = limits.waits[Math.min(sentAt.length, limits.waits.length) - 1];
  const waits = last && wait !== undefined ? [new Date(last.getTime() + wait * 1_000)] : [];
  const instants = [
    ...waits,
    ...roomAt(ofDay, limits.sendsAnHour, hourMs, now),
    ...roomAt(ofDay, limits.sendsADay, dayMs, now),
  ].filter((at) => at > now);
  return instants.length === 0 ? null : new Date(Math.max(...instants.map((at) => at.getTime())));
}

/** When fewer than so many of these times lie within a length of time. */
function roomAt(times: readonly Date[], most: number, lengthMs: number, now: Date): Date[] {
  const within = times.filter((at) => at.getTime() > now.getTime() - lengthMs);
  const frees = within.toSorted((a, b) => b.getTime() - a.getTime())[most - 1];
  return frees ? [new Date(frees.getTime() + lengthMs)] : [];
}

/** Of the codes of a person, the newest first, that of a profile which can still be checked. */
export const openOf = (newestFirst: readonly Verification[], { id }: Pick<Profile, 'id'>, now: Date) =>
  newestFirst.find((each) => each.profile_id === id && each.state === 'open' && each.expires_at > now);

/** Wrong codes since the last right one. A new code does not begin the count anew (NIST SP 800-63B-4, 3.1.3.3). */
export function wrongTries(newestFirst: readonly Pick<Verification, 'state' | 'tries'>[]): number {
  const right = newestFirst.findIndex(({ state }) => state === 'verified');
  const since = right < 0 ? newestFirst : newestFirst.slice(0, right);
  return since.reduce((sum, { tries }) => sum + tries, 0);
}
