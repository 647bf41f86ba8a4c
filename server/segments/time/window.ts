import { type Static, Type } from 'typebox';
import { refuse, strict } from '../leaf-kind.ts';
import type { Moving } from './flips.sql.ts';
import type { Interval } from './interval.ts';
import { fromMoment, type Moment, momentWords, readMoment, toMoment } from './moment.ts';

const count = (most: number) => Type.Optional(Type.Integer({ minimum: 1, maximum: most }));

/** A length of time. A day has 24 hours and a week 7 days, whatever clocks do. */
export const spanSchema = strict(
  { minutes: count(52_560_000), hours: count(876_000), days: count(36_500), weeks: count(5_200) },
  'One of minutes, hours, days (of 24 hours) or weeks (of 7 such days)',
);

const momentSchema = Type.String({
  maxLength: 40,
  description: 'A day (2026-11-23), or an instant with its offset (2026-11-23T17:00:00Z)',
});

/** When something happened, or a date lies. */
export const windowSchema = strict(
  {
    last: Type.Optional(spanSchema),
    next: Type.Optional(spanSchema),
    lastDays: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 36_500,
        description: 'Whole days of the calendar, today among them',
      }),
    ),
    from: Type.Optional(momentSchema),
    to: Type.Optional(momentSchema),
  },
  'last: up to now, and after the instant that lies so long back. next: after now, up to the instant so far ahead, itself included. lastDays: from the beginning of a day. from and to, both or one: days are in whole; of instants the first is in and the second is not',
);

/** A length of time that was read. */
export interface Span {
  milliseconds: number;
  /** `30 days`, `1 hour`. */
  words: string;
}

/** A window that was read. */
export interface Window {
  stored: Static<typeof windowSchema>;
  interval(now: Date): Interval;
  /** How it goes along with now; null for one that stands. */
  moving: Moving | null;
  /** Whether it is of days, so that it differs from zone to zone also for what happened at an instant. */
  isOfDays: boolean;
  /** Whether it has a beginning: what lies before need not be read. */
  hasBeginning: boolean;
  /** `in the last 30 days (30 × 24 hours)`; whose days are meant is said elsewhere. */
  words: string;
}

const unitMs = { minutes: 60_000, hours: 3_600_000, days: 86_400_000, weeks: 7 * 86_400_000 } as const;
const units = Object.keys(unitMs) as (keyof typeof unitMs)[];

/** Reads a length of time. @throws ApiError unless it says exactly one. */
export function readSpan(span: Static<typeof spanSchema>, place: string): Span {
  const [unit, ...more] = units.filter((each) => span[each] !== undefined);
  if (unit === undefined || more.length > 0)
    throw refuse(place, `must have exactly one of ${units.join(', ')}`);
  const number = span[unit] ?? 0;
  return {
    milliseconds: number * unitMs[unit],
    words: `${number.toLocaleString('en')} ${number === 1 ? unit.slice(0, -1) : unit}`,
  };
}

/** Reads a window. @throws ApiError unless it says exactly one. */
export function readWindow(window: Static<typeof windowSchema>, place: string): Window {
  const { last, next, lastDays, from, to } = window;
  const forms = [last, next, lastDays, from ?? to].filter((form) => form !== undefined);
  if (forms.length !== 1)
    throw refuse(
      place,
      'must have exactly one of last, next, lastDays, or from and to (both, or one of them)',
    );
  if (last) return sliding(window, readSpan(last, `${place}.last`), 'last');
  if (next) return sliding(window, readSpan(next, `${place}.next`), 'next');
  if (lastDays !== undefined) return ofDays(window, lastDays);
  return between(
    window,
    from === undefined ? null : readMoment(from, `${place}.from`),
    to === undefined ? null : readMoment(to, `${place}.to`),
    place,
  );
}

function sliding(stored: Window['stored'], { milliseconds, words }: Span, way: 'last' | 'next'): Window {
  const isInDays = /day|week/.test(words);
  const days = milliseconds / unitMs.days;
  const exactly = isInDays ? ` (${days.toLocaleString('en')} × 24 hours)` : '';
  return {
    stored,
    interval: (now) => {
      const other = new Date(now.getTime() + (way === 'last' ? -milliseconds : milliseconds));
      const [begin, end] = way === 'last' ? [other, now] : [now, other];
      return {
        from: { kind: 'instant', at: begin, isIncluded: false },
        until: { kind: 'instant', at: end, isIncluded: true },
      };
    },
    moving: { kind: way, milliseconds },
    isOfDays: false,
    hasBeginning: true,
    words: `in the ${way} ${words}${exactly}`,
  };
}

function ofDays(stored: Window['stored'], days: number): Window {
  return {
    stored,
    interval: (now) => ({
      from: { kind: 'today', plus: 1 - days },
      until: { kind: 'instant', at: now, isIncluded: true },
    }),
    moving: { kind: 'days', days },
    isOfDays: true,
    hasBeginning: true,
    words:
      days === 1
        ? 'today'
        : `today or on ${days === 2 ? 'the day' : `one of the ${(days - 1).toLocaleString('en')} days`} before`,
  };
}

function between(stored: Window['stored'], from: Moment | null, to: Moment | null, place: string): Window {
  const interval: Interval = { from: from && fromMoment(from), until: to && toMoment(to) };
  if (from && to && dateOf(from) > dateOf(to))
    throw refuse(place, 'ends before it begins; turn from and to round');
  return {
    stored,
    interval: () => interval,
    moving: null,
    isOfDays: from?.kind === 'day' || to?.kind === 'day',
    hasBeginning: from !== null,
    words: betweenWords(from, to),
  };
}

function betweenWords(from: Moment | null, to: Moment | null): string {
  const end = to && (to.kind === 'day' ? `to the end of ${momentWords(to)}` : `to before ${momentWords(to)}`);
  const begin =
    from &&
    (from.kind === 'day' ? `from the beginning of ${momentWords(from)}` : `from ${momentWords(from)}`);
  if (begin && end) return `${begin} ${end}`;
  return begin ? `${begin} on` : `up ${end}`;
}

const dateOf = (moment: Moment): number =>
  moment.kind === 'day' ? Date.parse(moment.day) : moment.at.getTime();
