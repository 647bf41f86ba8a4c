import { foldLookAlikes, foldWhole, foldWords } from './fold.ts';
import { type Keyword, keywords } from './keyword-table.ts';
import {
  besideOptOut,
  courtesy,
  doubtfulBesideManners,
  everydaySpelling,
  innocentStops,
  optOutPhrases,
  unclearSigns,
} from './phrase-table.ts';

/** What an inbound text asks for. */
export interface ReplyMeaning {
  /**
   * `optOut`: act at once. `optIn`, `help`: the whole message is the keyword. `unclearOptOut`: pause promotional
   * messages and put it before a person.
   */
  meaning: 'optOut' | 'optIn' | 'help' | 'unclearOptOut' | 'none';
  /** The keyword met, as the table spells it (`STOP`, `YES`); absent when wording rather than a keyword decided. */
  word?: string;
  /** ISO 639 code of the tongue it was said in, where that could be told. */
  language?: string | undefined;
  /** Set for YES and its kin: an `optIn` that answers our question, and asks for nothing by itself. */
  onlyConfirms?: true;
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
 * country which words are certain.
 */
export function classifyReply(body: string, spoken = ''): ReplyMeaning {
  const text = body.length > LONGEST_READ ? body.slice(0, LONGEST_READ) : body;
  const [language, country] = spoken.toLowerCase().split(/[-_]/);
  const speaker: Speaker = { language: language || undefined, inUnitedStates: country === 'us' };
  const read = readAs(text, foldWords, speaker);
  if (read.meaning !== 'none' && read.meaning !== 'unclearOptOut') return read;
  // A refusal in disguise is one; nobody disguises anything else.
  const disguised = readAs(text, foldLookAlikes, speaker);
  if (disguised.meaning === 'optOut' || (read.meaning === 'none' && disguised.meaning === 'unclearOptOut'))
    return disguised;
  return read;
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

  if (text.length <= LONGEST_REQUEST) {
    const phrase = readClause(words, speaker) ?? readClauses(text, fold, speaker);
    if (phrase) return phrase;
  }
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
  const repeated = repeatedOptOut(words) ?? drawnOutStop(compact);
  return repeated ? meaningOf(repeated, language) : null;
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

function optOutRow(fold: string): Keyword | undefined {
  return keywordsByFold.get(fold)?.find((row) => row.meaning === 'optOut');
}

function readClause(words: string, speaker: Speaker): ReplyMeaning | null {
  const clause = withoutCourtesy(plainSpelling(words));
  if (clause.length === 0) return null;
  const compact = clause.replaceAll(' ', '');
  const row = optOutRow(compact);
  if (row && !row.onlyIn) {
    const isCertain = speaker.inUnitedStates || !doubtfulBesideManners.has(compact);
    return isCertain
      ? meaningOf(row, speaker.language)
      : { meaning: 'unclearOptOut', word: row.word, language: row.language };
  }
  const phrase = optOutPhrases.find(({ pattern }) => pattern.test(clause));
  return phrase ? { meaning: 'optOut', language: phrase.language } : null;
}

/** A text of several clauses opts out when one of them does and none of the others says anything else. */
function readClauses(text: string, fold: Fold, speaker: Speaker): ReplyMeaning | null {
  const clauses = text
    .split(/[.!?,;:\n\r—–()]+|\s-+\s/u)
    .map(fold)
    .filter((words) => words !== '');
  if (clauses.length < 2) return null;

  let found = null as ReplyMeaning | null;
  for (const clause of clauses) {
    const meaning = readClause(clause, speaker);
    if (meaning) found = found?.meaning === 'optOut' ? found : meaning;
    else if (!isBeside(clause)) return null;
  }
  return found;
}

function isBeside(words: string): boolean {
  const clause = withoutCourtesy(plainSpelling(words));
  return clause === '' || besideOptOut.some((pattern) => pattern.test(clause));
}

function plainSpelling(words: string): string {
  return words
    .split(' ')
    .map((word) => everydaySpelling[word] ?? word)
    .join(' ');
}

function withoutCourtesy(words: string): string {
  const list = words.split(' ');
  let start = 0;
  let end = list.length;
  while (start < end && courtesy.has(list[start] ?? '')) start++;
  while (end > start && courtesy.has(list[end - 1] ?? '')) end--;
  return list.slice(start, end).join(' ');
}

function hasUnclearSign(words: string): boolean {
  let rest = plainSpelling(words);
  for (const innocent of innocentStops) rest = rest.replace(innocent, ' ').trim();
  return unclearSigns.some((sign) => sign.test(rest));
}
