import { legalCap, sendWindow } from '../../consent/hours/window.ts';
import type { Purpose } from '../../database/tables/consent.ts';
import { factsOf, type Medium } from '../../medium/media.ts';
import { parsePlaceKey } from '../../users/place/place-key.ts';

/** When a message may leave, or why it never shall. */
export type Timing =
  | {
      dueAt: Date;
      /** End of the lawful window, exclusive; null where no law of hours binds the message. */
      closesAt: Date | null;
      /** A law's limit of promotional messages to this person in so many rolling hours. */
      cap: { messages: number; hours: number } | null;
    }
  | { skip: 'quietHours' | 'placeUnknown' };

export interface TimingRequest {
  medium: Medium;
  purpose: Purpose;
  /** Every place the person may be in (users/place). */
  placeKey: string;
  /** The request's own earliest time, not before now. */
  from: Date;
  /** Whether rules borrowed by caution bind too. */
  caution: boolean;
  /** What the campaign chose for a message whose hours are closed. */
  onQuiet: string;
}

/**
 * When the laws of hours let a message leave. They bind promotional messages of the media that they speak of; all others
 * go at any hour.
 */
export function lawfulTiming(request: TimingRequest): Timing {
  const { medium, purpose, from } = request;
  if (purpose === 'transactional' || !factsOf(medium).isBoundByHours)
    return { dueAt: from, closesAt: null, cap: null };
  try {
    return timingAtPlaces(request);
  } catch (error) {
    // A place that cannot be read, or a zone that the runtime does not know, is no place; it holds up nobody else.
    if (error instanceof RangeError) return { skip: 'placeUnknown' };
    throw error;
  }
}

function timingAtPlaces({ placeKey, from, caution, onQuiet }: TimingRequest): Timing {
  const places = parsePlaceKey(placeKey);
  const window = sendWindow(places, from, { caution });
  const cap = legalCap(places, from, { caution });
  if (window.open) return { dueAt: from, closesAt: window.until, cap };
  if (window.opensAt === null)
    return { skip: window.reason === 'placeUnknown' ? 'placeUnknown' : 'quietHours' };
  if (onQuiet === 'skip') return { skip: 'quietHours' };
  const next = sendWindow(places, window.opensAt, { caution });
  return { dueAt: window.opensAt, closesAt: next.open ? next.until : null, cap };
}

/** The same, worked out once for each place and minute: most of an audience share a few places. */
export function memoisedTiming(): (request: TimingRequest) => Timing {
  const known = new Map<string, Timing>();
  return (request) => {
    if (request.purpose === 'transactional' || !factsOf(request.medium).isBoundByHours)
      return lawfulTiming(request);
    const key = `${request.placeKey} ${request.from.getTime()} ${request.caution} ${request.onQuiet}`;
    const found = known.get(key);
    if (found) return found;
    const timing = lawfulTiming(request);
    if (known.size > 10_000) known.clear();
    known.set(key, timing);
    return timing;
  };
}

/** Half of the least time by which zones, and so the days on which laws begin, differ. */
const quarterMs = 15 * 60_000;

/**
 * The same for who asks about many instants: what is found of a place holds until its hours open or close, within a quarter of an hour, in which
 * no day begins anywhere and so no law does.
 */
export function timingOfInstants(): (request: TimingRequest) => Timing {
  const known = new Map<string, { from: number; until: number; timing: Timing }[]>();
  return (request) => {
    const { medium, purpose, placeKey, from, caution, onQuiet } = request;
    if (purpose === 'transactional' || !factsOf(medium).isBoundByHours) return lawfulTiming(request);
    const at = from.getTime();
    const key = `${placeKey} ${Math.floor(at / quarterMs)} ${caution} ${onQuiet}`;
    const spans = known.get(key) ?? [];
    const found = spans.find((span) => span.from <= at && at < span.until);
    if (found) return shifted(found.timing, from);
    const timing = lawfulTiming(request);
    const until = endOf(timing, at);
    if (until !== null) {
      if (known.size > 100_000) known.clear();
      known.set(key, [...spans, { from: at, until, timing }]);
    }
    return timing;
  };
}

/** Until when a timing holds for who asks later; null where that is not known. Pure. */
function endOf(timing: Timing, at: number): number | null {
  if ('skip' in timing) return null;
  const { dueAt, closesAt } = timing;
  return dueAt.getTime() > at ? dueAt.getTime() : (closesAt?.getTime() ?? Number.POSITIVE_INFINITY);
}

/** Who asks while hours are open may send at once. Pure. */
const shifted = (timing: Timing, from: Date): Timing =>
  'skip' in timing || timing.dueAt > from ? timing : { ...timing, dueAt: from };
