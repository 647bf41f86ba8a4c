import { foldLookAlikes, foldWhole, foldWords } from './fold.ts';
import { type Keyword, keywords } from './keyword-table.ts';
import { readMisspelt } from './misspelt.ts';
import {
  besideOptOut,
  courtesy,
  doubtfulBesideManners,
  everydaySpelling,
  innocentStops,
  optOutPhrases,
  stopJoined,
  threat,
  unclearSigns,
} from './phrase-table.ts';
import { withoutQuotations, withoutSignature } from './quotations.ts';
import { readReaction } from './reaction.ts';
import { isNoMoreThanUnwilling, mannersOfAll, readRefusal } from './refusals/read-refusal.ts';
import { type NotThem, whoTheyMiss } from './wrong-number.ts';

/** What an inbound text asks for. */
export interface ReplyMeaning {
  /**
   * `optOut`: act at once. `optIn`, `help`: the whole message is the keyword. `unclearOptOut`: pause promotional
   * messages and put it before a person. `reaction`: a phone told of a reaction to a message of ours, which is no wish.
   */
  meaning: 'optOut' | 'optIn' | 'help' | 'unclearOptOut' | 'reaction' | 'none';
  /** The keyword met, as the table spells it (`STOP`, `YES`); absent when wording rather than a keyword decided. */
  word?: string;
  /** ISO 639 code of the tongue it was said in, where that could be told. */
  language?: string | undefined;
  /** Set for YES and its kin: an `optIn` that answers our question, and asks for nothing by itself. */
  onlyConfirms?: true;
  /** Set where an `unclearOptOut` says that the messages are not for who reads them. */
  about?: NotThem;
}

/** Nobody asks to be let go in more words than this; longer texts are only searched for signs. */
const LONGEST_REQUEST = 300;
/** Texts reach 1,600 characters by SMS and 4,096 on WhatsApp; nothing beyond is read. */
const LONGEST_READ = 4096;

const keywordsByFold = new Map<string, Keyword[]>();
for (const keyword of keywords) {
  const fold = foldWhole(keyword.word);
  keywordsByFold.set(fold, [...(keywordsByFold.get(fold) ?? []), keyword]);
}

/**
 * Reads what a person means by a reply. Only the whole message counts, never a part of it: "STOP" and "please
 * stop texting me" opt out, "non-stop thanks!" does not, and nothing but a keyword alone ever opts back in.
 * `spoken` is the person's language where known (`pt-BR`); it settles words that several tongues share, and its
 * country which words are certain. `ours`: texts lately sent to them, of which what comes back is not theirs.
 */
export function classifyReply(body: string, spoken = '', ours: readonly string[] = []): ReplyMeaning {
  const text = body.length > LONGEST_READ ? body.slice(0, LONGEST_READ) : body;
  const [language, country] = spoken.toLowerCase().split(/[-_]/);
  const speaker: Speaker = { language: language || undefined, inUnitedStates: country === 'us' };
  // A keyword with signs between its letters is one, whatever the signs look like.
  const reaction = readKeyword(foldWords(text), speaker) ? null : readReaction(text);
  if (!reaction) return readOwnWords(withoutQuotations(text, ours), speaker);
  const besides = readOwnWords(withoutQuotations(reaction.besides, ours), speaker);
  if (besides.meaning !== 'none') return besides;
  // Our messages are no bare refusals: whoever quotes one wrote it.
  const quoted = readKeyword(foldWords(reaction.quoted), speaker);
  return { meaning: quoted?.meaning === 'optOut' ? 'unclearOptOut' : 'reaction' };
}

function readOwnWords(text: string, speaker: Speaker): ReplyMeaning {
  const read = readAs(text, foldWords, speaker);
  if (read.meaning !== 'none' && read.meaning !== 'unclearOptOut') return read;
  // A refusal in disguise is one; nobody disguises anything else.
  const disguised = readAs(text, foldLookAlikes, speaker);
  if (disguised.meaning === 'optOut' || (read.meaning === 'none' && disguised.meaning === 'unclearOptOut'))
    return disguised;
  const about = whoTheyMiss(foldWords(text));
  return about ? { ...read, meaning: 'unclearOptOut', about } : read;
}

/** What is known of the writer. */
interface Speaker {
  language: string | undefined;
  inUnitedStates: boolean;
}

type Fold = (text: string) => string;

function readAs(text: string, fold: Fold, speaker: Speaker): ReplyMeaning {
  const words = fold(text);
  if (words === '') return text.includes('🛑') ? { meaning: 'unclearOptOut' } : { meaning: 'none' };

  const exact = readKeyword(words, speaker);
  if (exact) return exact;

  const clauses = clausesOf(text, fold);
  if (text.length <= LONGEST_REQUEST) {
    const whole = { words, isQuestion: clauses.at(-1)?.isQuestion ?? false };
    const phrase =
      readClause(whole, speaker) ??
      readClauses(clauses, speaker) ??
      readClauses(clausesOf(withoutSignature(text), fold), speaker);
    if (phrase) return phrase;
  }
  const hint = clauses
    .filter((clause) => clause.words.length <= LONGEST_REQUEST)
    .map((clause) => readRefusal(clause.words, clause.isQuestion))
    .find((each) => each !== null);
  if (hint) return { meaning: 'unclearOptOut', language: hint.language };
  return hasUnclearSign(words) ? { meaning: 'unclearOptOut' } : { meaning: 'none' };
}

function readKeyword(words: string, { language }: Speaker): ReplyMeaning | null {
  const compact = words.replaceAll(' ', '');
  const candidates = keywordsByFold.get(compact);
  const keyword = candidates?.find((row) => row.language === language && !row.shared) ?? candidates?.[0];
  if (keyword) {
    if (keyword.onlyIn && keyword.language !== language)
      return { meaning: 'unclearOptOut', word: keyword.word };
    return meaningOf(keyword, language);
  }
  const repeated = repeatedOptOut(words) ?? drawnOutStop(compact) ?? joinedStop(compact);
  if (repeated) return meaningOf(repeated, language);
  const misspelt = words.includes(' ') ? null : readMisspelt(compact);
  if (misspelt === null) return null;
  return misspelt === 'certain' ? { meaning: 'optOut', language } : { meaning: 'unclearOptOut', language };
}

/** What a keyword says; of one that every tongue shares the writer's own is the language. */
function meaningOf(keyword: Keyword, spoken: string | undefined): ReplyMeaning {
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

/** "STOP2QUIT", "STOPALL", "STOP PUB": the word with what it is to stop, as carriers' lists have it. */
function joinedStop(compact: string): Keyword | undefined {
  return stopJoined.test(compact) ? optOutRow('stop') : undefined;
}

function optOutRow(fold: string): Keyword | undefined {
  return keywordsByFold.get(fold)?.find((row) => row.meaning === 'optOut');
}

/** A part of a text between its punctuation. */
interface Clause {
  /** Folded, never empty. */
  words: string;
  isQuestion: boolean;
}

function clausesOf(text: string, fold: Fold): Clause[] {
  return [...text.matchAll(/((?:(?!\s-+\s)[^.!?,;:\n\r—–()。！？，、；：،؛؟।])+)([^\p{L}\p{N}]*)/gu)].flatMap(
    ([, part = '', after = '']) => {
      const words = fold(part);
      return words === '' ? [] : [{ words, isQuestion: /^[^\n]*[?？؟]/.test(after) }];
    },
  );
}

/** What a clause asks for with certainty, or with the doubt of a word that may be about something else. */
function readClause({ words, isQuestion }: Clause, speaker: Speaker): ReplyMeaning | null {
  const clause = withoutCourtesy(plainSpelling(words).replace(threat, ''));
  if (clause.length === 0) return null;
  const compact = clause.replaceAll(' ', '');
  const row = optOutRow(compact) ?? joinedStop(compact);
  if (row && (!row.onlyIn || row.language === speaker.language)) {
    const isCertain = speaker.inUnitedStates || !doubtfulBesideManners.has(compact);
    return isCertain
      ? meaningOf(row, speaker.language)
      : { meaning: 'unclearOptOut', word: row.word, language: row.language };
  }
  if (!clause.includes(' ') && readMisspelt(clause) === 'certain')
    return { meaning: 'optOut', language: speaker.language };
  const language = refusalIn(words, clause, isQuestion);
  if (language !== null) return { meaning: 'optOut', language };
  // "stop no more texts please": STOP, and the same in other words.
  const beside = /^stopp? (.+)$/.exec(clause)?.[1] ?? /^(.+) stopp?$/.exec(clause)?.[1];
  if (beside === undefined) return null;
  const said = refusalIn(beside, beside, isQuestion);
  return said === null ? null : { meaning: 'optOut', word: 'STOP', language: said };
}

/** The language in which these words certainly refuse, null when in none. */
function refusalIn(words: string, clause: string, isQuestion: boolean): string | null {
  const phrase = optOutPhrases.find(({ pattern }) => pattern.test(clause));
  if (phrase) return phrase.language;
  const read = [words, clause].map((each) => readRefusal(each, isQuestion)).find((each) => each?.certain);
  if (read) return read.language;
  return refusalBesideReason(clause, isQuestion);
}

/** "wrong number stop texting": the refusal before or after the reason, with nothing that turns it round. */
function refusalBesideReason(clause: string, isQuestion: boolean): string | null {
  if (whoTheyMiss(clause) === null) return null;
  const words = clause.split(' ');
  for (let at = 1; at < words.length; at++) {
    const [before, after] = [words.slice(0, at).join(' '), words.slice(at).join(' ')];
    const [said, reason] = whoTheyMiss(before) ? [after, before] : [before, after];
    if (whoTheyMiss(reason) === null || /\b(?:not|dont|never|cant|wont|no|why)$/.test(before)) continue;
    const row = optOutRow(said.replaceAll(' ', ''));
    if (row && !row.onlyIn) return row.language;
    const read = refusalIn(said, withoutCourtesy(said), isQuestion);
    if (read !== null) return read;
  }
  return null;
}

/** A text of several clauses opts out when one of them does and none of the others says anything else. */
function readClauses(clauses: readonly Clause[], speaker: Speaker): ReplyMeaning | null {
  if (clauses.length === 0) return null;
  let found = null as ReplyMeaning | null;
  for (const clause of clauses) {
    const meaning = readClause(clause, speaker);
    if (meaning) found = found?.meaning === 'optOut' ? found : meaning;
    else if (!isBeside(clause.words)) return null;
  }
  // "Please remove" may be about an order; beside "he passed away" it is not.
  const hasReason = clauses.some(({ words }) => whoTheyMiss(words) !== null);
  return found && hasReason ? { ...found, meaning: 'optOut' } : found;
}

function isBeside(words: string): boolean {
  const clause = withoutCourtesy(plainSpelling(words));
  return (
    clause === '' ||
    whoTheyMiss(words) !== null ||
    isNoMoreThanUnwilling(words) ||
    besideOptOut.some((pattern) => pattern.test(clause))
  );
}

function plainSpelling(words: string): string {
  return words
    .replaceAll('thank you', 'thanks')
    .split(' ')
    .map((word) => everydaySpelling[word] ?? word)
    .join(' ');
}

function withoutCourtesy(words: string): string {
  const list = words.split(' ');
  let start = 0;
  let end = list.length;
  while (start < end && isCourtesy(list[start])) start++;
  while (end > start && isCourtesy(list[end - 1])) end--;
  return list.slice(start, end).join(' ');
}

function isCourtesy(word = ''): boolean {
  return courtesy.has(word) || mannersOfAll.has(word);
}

function hasUnclearSign(words: string): boolean {
  let rest = plainSpelling(words);
  for (const innocent of innocentStops) rest = rest.replace(innocent, ' ').trim();
  return unclearSigns.some((sign) => sign.test(rest));
}
