import { foldWhole } from './fold.ts';
import { type Keyword, keywords } from './keyword-table.ts';
import { isMisspelt, readMisspelt, shortestMisspelt } from './misspelt.ts';
import { stopJoined } from './phrase-table.ts';
import type { ReplyMeaning, Speaker } from './reply-meaning.ts';

const keywordsByFold = new Map<string, Keyword[]>();
for (const keyword of keywords) {
  const fold = foldWhole(keyword.word);
  keywordsByFold.set(fold, [...(keywordsByFold.get(fold) ?? []), keyword]);
}

/** Keywords long enough to be known with a slip in them. */
const longOptOuts = [...keywordsByFold].flatMap(([fold, rows]) => {
  const row = rows.find(({ meaning, onlyIn }) => meaning === 'optOut' && !onlyIn);
  const isLong = fold.length >= shortestMisspelt;
  return row && isLong && /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]+$/u.test(fold)
    ? [[fold, row] as const]
    : [];
});

/** What folded words ask for where they are a keyword and nothing else; null where they are none. */
export function readKeyword(words: string, speaker: Speaker): ReplyMeaning | null {
  const { language, languages } = speaker;
  const compact = words.replaceAll(' ', '');
  const candidates = keywordsByFold.get(compact);
  const keyword =
    candidates?.find((row) => languages.has(row.language) && !row.shared) ??
    candidates?.find((row) => !row.onlyIn) ??
    candidates?.[0];
  if (keyword) {
    if (keyword.onlyIn && !languages.has(keyword.language))
      return { meaning: 'unclearOptOut', word: keyword.word };
    return meaningOf(keyword, language);
  }
  const repeated = repeatedOptOut(words) ?? drawnOutStop(compact) ?? joinedStop(compact) ?? drawnOut(compact);
  if (repeated) return meaningOf(repeated, language);
  const misspelt = words.includes(' ') ? null : readMisspelt(compact);
  if (misspelt === null) {
    const meant = words.includes(' ') ? undefined : misspeltKeyword(compact);
    return meant ? meaningOf(meant, language) : null;
  }
  return misspelt === 'certain' ? { meaning: 'optOut', language } : { meaning: 'unclearOptOut', language };
}

/** "ABMELDN", "leiratkozass": a long keyword with one slip in it. */
function misspeltKeyword(word: string): Keyword | undefined {
  if (word.length < shortestMisspelt - 1) return undefined;
  return longOptOuts.find(([fold]) => isMisspelt(word, fold))?.[1];
}

/** What a keyword says; of one that every tongue shares the writer's own is the language. */
export function meaningOf(keyword: Keyword, spoken: string | undefined): ReplyMeaning {
  const language = keyword.shared ? (spoken ?? keyword.language) : keyword.language;
  const read = { meaning: keyword.meaning, word: keyword.word, language };
  return keyword.onlyConfirms ? { ...read, onlyConfirms: true } : read;
}

/** "STOP STOP STOP" and "stop unsubscribe" are opt-outs said more than once. START START is not an opt-in. */
function repeatedOptOut(words: string): Keyword | undefined {
  const found = words.split(' ').map((word) => optOutRow(word));
  return found.length > 1 && found.every((row) => row !== undefined && !row.onlyIn) ? found[0] : undefined;
}

/** "STOOOPPP", and "STOP1", where a finger slipped on the exclamation mark. */
function drawnOutStop(compact: string): Keyword | undefined {
  return /^(?:s+t+o+p+)+1{0,3}$/.test(compact) && compact.length <= 40 ? optOutRow('stop') : undefined;
}

/** "iptalll", "ABMELDENN": a keyword whose last letter stayed under the thumb. */
function drawnOut(compact: string): Keyword | undefined {
  const short = compact.replace(/(.)\1+$/u, '$1');
  const row = short.length >= 5 && short !== compact ? optOutRow(short) : undefined;
  return row?.onlyIn ? undefined : row;
}

/** "STOP2QUIT", "STOPALL", "STOP PUB": the word with what it is to stop, as carriers' lists have it. */
export function joinedStop(compact: string): Keyword | undefined {
  return stopJoined.test(compact) ? optOutRow('stop') : undefined;
}

/** The refusal that a folded word is, without spaces. */
export function optOutRow(fold: string): Keyword | undefined {
  return keywordsByFold.get(fold)?.find((row) => row.meaning === 'optOut');
}
