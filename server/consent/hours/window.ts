import type { Place } from '../../users/place/place.ts';
import { placeKey } from '../../users/place/place-key.ts';
import type { Cap } from './hours-row.ts';
import { commonIntervals, DAY, type HoursOfDay } from './open-intervals.ts';
import { nightHold } from './other-countries.ts';
import { isKept, promotionalHours, rowHours, rulesFor } from './rules-for.ts';

/**
 * Whether a message may leave now. Open: until when (exclusive). Closed: from when it may, or null when the
 * places are unknown or no instant of the next 14 days is open at all of them.
 */
export type SendWindow =
  | { readonly open: true; readonly until: Date }
  | { readonly open: false; readonly opensAt: Date }
  | { readonly open: false; readonly opensAt: null; readonly reason: 'placeUnknown' | 'neverOpen' };

/** `caution`: keep the rules of caution too, as is the default. */
export interface HoursOptions {
  readonly caution: boolean;
}

/** A cap of law: at most so many promotional messages within so many rolling hours. */
export interface LegalCap {
  readonly messages: number;
  readonly hours: number;
  readonly law: string;
}

const SEARCHED_DAYS = 14;
const withCaution: HoursOfDay = (place, day) => promotionalHours(place, day, true);
const withoutCaution: HoursOfDay = (place, day) => promotionalHours(place, day, false);
const outsideNight: HoursOfDay = (place, day) => rowHours(nightHold, place, day);

/**
 * When promotional messages (SMS and WhatsApp alike) may reach a person who may be at any of these places: the
 * instants that the law of every one of them allows. No place means unknown, and is never open.
 */
export function sendWindow(places: readonly Place[], at: Date, options?: HoursOptions): SendWindow {
  return options?.caution === false
    ? findWindow(places, at, 'law', withoutCaution)
    : findWindow(places, at, 'law and caution', withCaution);
}

/** When transactional messages that can wait may leave: outside 22:00 to 07:00 at every place. */
export function transactionalWindow(places: readonly Place[], at: Date): SendWindow {
  return findWindow(places, at, 'night', outsideNight);
}

/** The strictest cap of law of all the places, on all days, or null. Count every promotional message to it. */
export function legalCap(places: readonly Place[], at: Date, options?: HoursOptions): LegalCap | null {
  let strictest: LegalCap | null = null;
  for (const place of places) {
    for (const row of rulesFor(place, at)) {
      if (!row.cap || !isKept(row, options?.caution ?? true)) continue;
      if (strictest === null || isStricter(row.cap, strictest)) {
        strictest = { messages: row.cap.messages, hours: row.cap.hours, law: row.law };
      }
    }
  }
  return strictest;
}

/** Fewer messages, or as many in a longer time. */
function isStricter(cap: Cap, than: LegalCap): boolean {
  return cap.messages < than.messages || (cap.messages === than.messages && cap.hours > than.hours);
}

function findWindow(places: readonly Place[], at: Date, rule: string, hoursOf: HoursOfDay): SendWindow {
  if (places.length === 0) return { open: false, opensAt: null, reason: 'placeUnknown' };
  const key = keyOf(places);
  const now = at.getTime();
  const horizon = now + SEARCHED_DAYS * DAY;
  let until: number | null = null;
  for (let day = Math.floor(now / DAY); day * DAY <= horizon; day++) {
    for (const [start, end] of commonIntervals(places, key, day, rule, hoursOf)) {
      if (end <= now) continue;
      if (until !== null && start > until) return { open: true, until: new Date(until) };
      if (until === null && start > now) return opening(start, horizon);
      until = end;
    }
    if (until !== null && until < (day + 1) * DAY) return { open: true, until: new Date(until) };
  }
  return until === null ? opening(Number.POSITIVE_INFINITY, horizon) : { open: true, until: new Date(until) };
}

function opening(start: number, horizon: number): SendWindow {
  if (start > horizon) return { open: false, opensAt: null, reason: 'neverOpen' };
  return { open: false, opensAt: new Date(start) };
}

const keys = new WeakMap<readonly Place[], string>();

/** The key of a set of places, worked out once for an array that comes again. */
function keyOf(places: readonly Place[]): string {
  let key = keys.get(places);
  if (key === undefined) {
    key = placeKey(places);
    keys.set(places, key);
  }
  return key;
}
