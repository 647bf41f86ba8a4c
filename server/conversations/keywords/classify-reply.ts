import { foldLookAlikes, foldWords } from './fold.ts';
import type { Keyword } from './keyword-table.ts';
import { readMisspelt } from './misspelt.ts';
import {
  besideOptOut,
  courtesy,
  everydaySpelling,
  innocentStops,
  leadsIn,
  ofOrders,
  optOutPhrases,
  putsOff,
  threat,
  unclearSigns,
} from './phrase-table.ts';
import { withoutQuotations, withoutSignature } from './quotations.ts';
import { readReaction } from './reaction.ts';
import { joinedStop, meaningOf, optOutRow, readKeyword } from './read-keyword.ts';
import { isWordOfRefusals, mannersOfAll } from './refusals/known-words.ts';
import { isFiller, isNoMoreThanUnwilling, readRefusal } from './refusals/read-refusal.ts';
import { type ReplyMeaning, type Speaker, speakerOf } from './reply-meaning.ts';
import { whoTheyMiss } from './wrong-number.ts';

/** Nobody asks to be let go in more words than this; longer texts are only searched for signs. */
const LONGEST_REQUEST = 300;
/** Texts reach 1,600 characters by SMS and 4,096 on WhatsApp; nothing beyond is read. */
const LONGEST_READ = 4096;

/**
 * Reads what a person means by a reply. Only the whole message counts, never a part of it: "STOP" and "please
 * stop texting me" opt out, "non-stop thanks!" does not, and nothing but a keyword alone ever opts back in.
 * `spoken`: the languages the person may speak (`pt-BR`), which settle words that several tongues share, and
 * make the short ones of one tongue certain. `ours`: texts lately sent to them, of which what comes back is not theirs. `brand`:
 * our name, which may stand beside a wish.
 */
export function classifyReply(
  body: string,
  spoken: string | readonly string[] = [],
  ours: readonly string[] = [],
  brand = '',
): ReplyMeaning {
  const speaker = speakerOf(typeof spoken === 'string' ? [spoken] : spoken);
  const read = readBody(body, speaker, ours);
  if (read.meaning === 'optOut' || brand === '') return read;
  const text = body.slice(0, LONGEST_READ);
  const rest = withoutBrand(text, brand);
  if (rest === text) return read;
  const unnamed = readBody(rest, speaker, ours);
  // A sign of a refusal that goes with our name was part of it: "Stop & Shop".
  return unnamed.meaning === 'optOut' || read.meaning === 'unclearOptOut' ? unnamed : read;
}

/**
 * Has every pattern compiled, which takes a tenth of a second: at a start, so that it is not the first to write who holds
 * the thread. They are compiled for texts in Latin letters and for others apart, and better at their second use.
 */
export function compilePatterns(): void {
  for (const text of ['what a fine day this is', 'какой сегодня чудесный день'])
    for (let times = 0; times < 2; times++) classifyReply(text);
}

function readBody(body: string, speaker: Speaker, ours: readonly string[]): ReplyMeaning {
  const text = body.length > LONGEST_READ ? body.slice(0, LONGEST_READ) : body;
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
  const disguised = foldLookAlikes(text) === foldWords(text) ? read : readAs(text, foldLookAlikes, speaker);
  if (disguised.meaning === 'optOut' || (read.meaning === 'none' && disguised.meaning === 'unclearOptOut'))
    return disguised;
  const about = whoTheyMiss(foldWords(text));
  return about ? { ...read, meaning: 'unclearOptOut', about } : read;
}

type Fold = (text: string) => string;

function readAs(text: string, fold: Fold, speaker: Speaker): ReplyMeaning {
  const words = fold(text);
  if (words === '') return readSigns(text);

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

/** A stop sign is STOP without letters; other signs that forbid may be about anything. */
function readSigns(text: string): ReplyMeaning {
  const signs = text.replace(/[^\p{Extended_Pictographic}]/gu, '');
  if (/^(?:🛑|✋|🚫|😡|😠|🤬|🙏)*$/u.test(signs) && signs.includes('🛑')) return { meaning: 'optOut' };
  return /🛑|🚫|📵|🔕|🙅|⛔|✋/u.test(signs) ? { meaning: 'unclearOptOut' } : { meaning: 'none' };
}

/** Case endings that names take in languages that decline them, and any after an apostrophe. */
const declined =
  "(?:['’]\\p{L}{1,6}|ilta|lta|ista|sta|ille|lle|in|n|t[oóöő]l|r[oóöő]l|nak|nek|ban|ben|[dt][ae]n|[uü]n|owi|om|em|ie|a|u|y|e|ul|ului|ом|а|у|е|ы|ου)?";

/** A text without our name, whole or its first word, and what leads to it. */
function withoutBrand(text: string, brand: string): string {
  return text.replace(brandPattern(brand), ' ');
}

const brandPatterns = new Map<string, RegExp>();

function brandPattern(brand: string): RegExp {
  const known = brandPatterns.get(brand);
  if (known) return known;
  const [first = ''] = brand.trim().split(/\s+/);
  const names = [brand.trim(), ...(first.length >= 3 && !isWordOfRefusals(first) ? [first] : [])];
  const name = names.map((each) => each.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  // "Harborからの": letters of another script are none of the name's.
  const letter = /\p{Script=Latin}$/u.test(brand.trim()) ? '\\p{Script=Latin}' : '\\p{L}';
  const pattern = new RegExp(
    `(?<!${letter})(?:(?:from|by|at|de|von|van|da|fra|från|od|от)\\s+)?(?:${name})${declined}(?!${letter})`,
    'giu',
  );
  // Brands are few; should a project change its own daily, the old ones go.
  if (brandPatterns.size >= 1000) brandPatterns.clear();
  brandPatterns.set(brand, pattern);
  return pattern;
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

/** What a clause asks for with certainty. */
function readClause({ words, isQuestion }: Clause, speaker: Speaker): ReplyMeaning | null {
  const clause = withoutCourtesy(plainSpelling(words).replace(threat, ''));
  if (clause.length === 0) return null;
  const compact = clause.replaceAll(' ', '');
  const row = optOutRow(compact) ?? joinedStop(compact);
  if (row && (!row.onlyIn || speaker.languages.has(row.language))) return meaningOf(row, speaker.language);
  const led = isQuestion ? undefined : keywordWithFiller(words, speaker);
  if (led) return meaningOf(led, speaker.language);
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

/** "Just stop it now", "stop karo": a keyword with words around it that add nothing in its language. */
function keywordWithFiller(words: string, speaker: Speaker): Keyword | undefined {
  const list = words.split(' ');
  const start = list.findIndex((word) => !isCourtesy(word) && !leadsIn.has(word));
  if (start < 0 || list.length - start > 6) return undefined;
  // "band karo ye sab": keywords have up to three words.
  const lengths = [3, 2, 1].filter((length) => start + length <= list.length);
  const length = lengths.find((each) => optOutRow(list.slice(start, start + each).join(''))) ?? 1;
  const keyword = list.slice(start, start + length).join('');
  const row = ofOrders.has(keyword) ? undefined : optOutRow(keyword);
  const after = list.slice(start + length);
  if (!row || (row.onlyIn && !speaker.languages.has(row.language)) || after.some((word) => putsOff.has(word)))
    return undefined;
  return isFiller(after, row.shared ? undefined : row.language) ? row : undefined;
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
    if (row && !row.onlyIn && !ofOrders.has(said)) return row.language;
    const read = refusalIn(said, withoutCourtesy(said), isQuestion);
    if (read !== null) return read;
  }
  return null;
}

/** A text of several clauses opts out when one of them does and none of the others says anything else. */
function readClauses(clauses: readonly Clause[], speaker: Speaker): ReplyMeaning | null {
  if (clauses.length === 0) return null;
  let found = null as ReplyMeaning | null;
  const saysStop = clauses.some(({ words }) => optOutRow(words)?.shared);
  for (const clause of clauses) {
    const meaning = readClause(clause, speaker);
    // "Unsubscribe? No way!"
    if (
      meaning &&
      clause.isQuestion &&
      clauses.some(({ words }) => /^(?:no way|never|nope|nah)\b/.test(words))
    )
      return null;
    if (meaning) found = found?.meaning === 'optOut' ? found : meaning;
    else if (!isBeside(clause.words) && !(saysStop && isSameWish(clause.words))) return null;
  }
  return found;
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

/** "How do I stop these texts? STOP": less certain words for the same, with nothing kept back. */
function isSameWish(words: string): boolean {
  return (
    hasUnclearSign(words) &&
    !/\b(?:only|just|but|keep|except|unless|not|dont|less|fewer|never|instead|love|like)\b/.test(words)
  );
}

function plainSpelling(words: string): string {
  return (
    words
      .replaceAll('thank you', 'thanks')
      // The thumb was late or early with the space.
      .replace(/\b(?:s top|st op|sto p ?)(?=\b|texting|sending|messag)/, 'stop ')
      .replace(
        /\b(?:sto|stpo|sotp|tsop|stoo|stp|stpp) (?=(?:te?xting|messaging|msging|sending|spamming)\b)/,
        'stop ',
      )
      .trimEnd()
      .split(' ')
      .map((word) => everydaySpelling.get(word) ?? word)
      .join(' ')
  );
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
