import { type RawBuilder, sql } from 'kysely';

/** SQL: the page that an address leads to, whatever it says of who comes: without query and fragment. */
export function pageOf(url: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`split_part(split_part(${url}, '#', 1), '?', 1)`;
}

/** SQL: `address_key` and `page_key` by which clicks on an address are counted; null for what is no web page. */
export function keysOf(url: RawBuilder<unknown>): RawBuilder<unknown> {
  const key = (text: RawBuilder<unknown>) =>
    sql`CASE WHEN ${url} ILIKE 'http%' THEN hashtextextended(${text}, 0) END`;
  return sql`${key(url)} AS address_key, ${key(pageOf(url))} AS page_key`;
}
