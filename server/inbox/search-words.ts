import { folded } from '../users/search-text.ts';
import { unspacedScripts } from '../users/unspaced-scripts.ts';

/** Words looked for at once. */
const mostWords = 8;
/** A word is compared by its beginning: no more of it is kept. */
const longest = 30;
const between = /[\s\p{P}\p{S}\p{C}]+/u;
/** Letters of scripts without blanks, with the sign that makes a kana long; and what stands between them. */
const runs = new RegExp(`[${unspacedScripts}\\u30fc]+|[^${unspacedScripts}\\u30fc]+`, 'gu');
const isUnspaced = new RegExp(`^[${unspacedScripts}\\u30fc]`, 'u');

/** What of a text is looked for as one: a word, or the letters that a script without blanks has in a row. */
const runsOf = (text: string): string[] =>
  folded(text)
    // Letters as one sign each, so that two of them tell much.
    .normalize('NFC')
    .split(between)
    .flatMap((piece) => piece.match(runs) ?? []);

/** Each letter with the next one; the last alone. */
function pairsOf(run: string): string[] {
  const letters = [...run];
  return letters.map((letter, place) => letter + (letters[place + 1] ?? ''));
}

const begins = (word: string): string =>
  word.length > longest ? word.slice(0, longest).toWellFormed() : word;

/**
 * What a text is found by, with blanks between: its words without case and accents, and of scripts without blanks (Chinese, Japanese,
 * Thai) every two letters that follow one another. Pure.
 */
export function wordsOfTalk(text: string): string {
  const words = runsOf(text).flatMap((run) => (isUnspaced.test(run) ? pairsOf(run) : begins(run)));
  return [...new Set(words)].join(' ');
}

/** A query (tsquery) for talk with words that begin so, all of them; null where there is none. Pure. */
export function wordsQuery(text: string): string | null {
  const asked = [...new Set(runsOf(text))].slice(0, mostWords).flatMap((run) => {
    if (!isUnspaced.test(run)) return `'${begins(run)}':*`;
    const pairs = pairsOf(run);
    // Of several letters the last begins no pair that is asked for.
    return pairs.length === 1 ? `'${run}':*` : pairs.slice(0, -1).map((pair) => `'${pair}'`);
  });
  return asked.length === 0 ? null : [...new Set(asked)].join(' & ');
}
