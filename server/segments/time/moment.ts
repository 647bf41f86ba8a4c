import { refuse } from '../leaf-kind.ts';
import { addDays, type End } from './interval.ts';

/** A day, or an instant, as a definition names it. */
export type Moment = { kind: 'day'; day: string } | { kind: 'instant'; at: Date };

/** Years that are read as such: of what lies in the last one of four digits the next day could not be written. */
const years = /^(?!9999)[1-9]\d{3}-/;

/** Reads one. @throws ApiError for a text that is neither. */
export function readMoment(text: string, place: string): Moment {
  const moment = years.test(text) ? (dayOf(text) ?? instantOf(text)) : null;
  if (moment) return moment;
  throw refuse(
    place,
    `${text} is neither a day, as 2026-11-23, nor an instant with its offset, as 2026-11-23T17:00:00Z, of the years 1000 to 9998`,
  );
}

/** Reads a day. @throws ApiError for a text that is none. */
export function readDay(text: string, place: string): string {
  const moment = years.test(text) ? dayOf(text) : null;
  if (moment) return moment.day;
  throw refuse(place, `${text} is no day of the years 1000 to 9998; write it as 2026-11-23`);
}

function dayOf(text: string): { kind: 'day'; day: string } | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  try {
    return { kind: 'day', day: Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() };
  } catch {
    return null;
  }
}

function instantOf(text: string): Moment | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text)) return null;
  try {
    return { kind: 'instant', at: new Date(Temporal.Instant.from(text).epochMilliseconds) };
  } catch {
    return null;
  }
}

/** From a moment on: a day from its beginning, an instant itself included. */
export const fromMoment = (moment: Moment): End =>
  moment.kind === 'day' ? moment : { ...moment, isIncluded: true };

/** Up to a moment that is still in: a day to its end; an instant itself is out, since one interval ends where the next begins. */
export const toMoment = (moment: Moment): End =>
  moment.kind === 'day' ? { kind: 'day', day: addDays(moment.day, 1) } : { ...moment, isIncluded: false };

/** Before a moment: a day itself is out, and so is an instant. */
export const beforeMoment = (moment: Moment): End =>
  moment.kind === 'day' ? moment : { ...moment, isIncluded: false };

/** After a moment: after a day from the next one on. */
export const afterMoment = (moment: Moment): End =>
  moment.kind === 'day' ? { kind: 'day', day: addDays(moment.day, 1) } : { ...moment, isIncluded: false };

/** A moment in words: 23 November 2026, or 2026-11-23T17:00:00Z. */
export const momentWords = (moment: Moment): string =>
  moment.kind === 'day' ? dayWords(moment.day) : moment.at.toISOString().replace('.000Z', 'Z');

const dayWords = (day: string): string =>
  new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', {
    ...{ day: 'numeric', month: 'long', year: 'numeric' },
    timeZone: 'UTC',
  });
