import { type RawBuilder, sql } from 'kysely';

/** Words kept of one thread, a message's more at most: PostgreSQL keeps a megabyte of them, and a long word has 90 bytes. */
const mostWords = 5_000;

/** SQL: words as they are stored, from a text that has blanks between them (`wordsOfTalk`). */
export const asWords = (text: RawBuilder<unknown>) => sql`array_to_tsvector(string_to_array(${text}, ' '))`;

/** SQL: the words of a thread with more of them. Where it has too many, only what is said from now on is found. */
export const withWords = (known: RawBuilder<unknown>, more: RawBuilder<unknown>) =>
  sql`CASE WHEN length(${known}) < ${sql.lit(mostWords)} THEN strip(${known} || ${more}) ELSE ${more} END`;
