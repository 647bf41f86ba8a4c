import { sql } from 'kysely';
import type { Part } from '../leaf-kind.ts';

/** A day of the calendar from the year 1000 to 9999, 29 February in leap years only. What does not fit is never cast. */
const day =
  '(?:[1-9][0-9]{3}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)' +
  '|(?:[1-9][0-9](?:0[48]|[2468][048]|[13579][26])|(?:[2468][048]|[13579][26])00)-02-29)';
const time = '(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.][0-9]{1,9})?)?';
const offset = ' ?(?:Z|UTC|[+-](?:0[0-9]|1[0-4])(?::?[0-5][0-9])?)';

const dayPattern = `^${day}$`;
const instantPattern = `^${day}[T ]${time}(?:${offset})?$`;
const offsetPattern = `${offset}$`;

/**
 * SQL: whether a text is a day (`ifDay`), or an instant (`ifInstant`), of which something is asked; false, or what is told, for any
 * other text. An instant that says no offset is of UTC, as everywhere here.
 */
export const readingDate = (
  text: Part,
  ifDay: Part,
  ifInstant: (instant: Part) => Part,
  otherwise: Part = sql`false`,
): Part =>
  sql`CASE WHEN ${text} ~ ${dayPattern}::text THEN ${ifDay}
    WHEN ${text} ~ ${instantPattern}::text THEN ${ifInstant(instantOf(text))} ELSE ${otherwise} END`;

const instantOf = (text: Part) =>
  sql`(CASE WHEN ${text} ~ ${offsetPattern}::text THEN replace(${text}, 'UTC', 'Z') ELSE ${text} || 'Z' END)::timestamptz`;
