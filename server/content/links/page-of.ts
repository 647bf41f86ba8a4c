import { type RawBuilder, sql } from 'kysely';

/** SQL: the page that an address leads to, whatever it says of who comes: without query and fragment. */
export function pageOf(url: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`split_part(split_part(${url}, '#', 1), '?', 1)`;
}
