import { sql } from 'kysely';
import type { Part } from '../leaf-kind.ts';

/** SQL: joins, as `z`, the person of a row, where something depends on their time zone. */
export const withPerson = (isNeeded: boolean | undefined, lane: number | Part, userId: Part): Part =>
  isNeeded ? sql`JOIN users z ON z.lane = ${lane} AND z.id = ${userId}` : sql``;
