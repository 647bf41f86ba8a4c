import { sql } from 'kysely';
import type { Part } from '../leaf-kind.ts';

/*
 * What is alike but for upper and lower case. By Unicode's full mappings, to upper case and back (and to lower before, for ẞ), so that ß is alike with SS; what
 * depends on the letters around (ς at the end of a word) or on the tongue (the dot of a Turkish İ, and none on ı) is taken away, since a
 * part of a text must be found in the whole. In its composed form: é is alike with e and an accent.
 */

/** A text that is the same for all that are alike but for case. Pure. */
export const foldCase = (text: string): string =>
  text
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .replaceAll('i\u0307', 'i')
    .normalize('NFC');

/** SQL: the same; the database's own rules of case may know ASCII only, and are enough where there is nothing else, as mostly. */
export const foldedCase = (text: Part): Part => {
  const icu = sql`lower(upper(lower(${text} COLLATE "und-x-icu")))`;
  return sql`(CASE WHEN octet_length(${text}) = length(${text}) THEN lower(${text} COLLATE "C")
    ELSE normalize(replace(replace(${icu}, 'ς', 'σ'), U&'i\\0307', 'i'), NFC) COLLATE "C" END)`;
};
