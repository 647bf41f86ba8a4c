import { foldWhole, foldWords } from '../fold.ts';
import { isMisspelt, shortestMisspelt } from '../misspelt.ts';
import { asianRefusals } from './asian.ts';
import { easternRefusals } from './eastern.ts';
import { germanicRefusals } from './germanic.ts';
import { latinRefusals } from './latin.ts';
import type { RefusalWords } from './refusal-words.ts';
import { romanisedRefusals } from './romanised.ts';
import { slavicRefusals } from './slavic.ts';
import { greekSound, serbianLatin, slavicSound } from './transliterated.ts';

/** A refusal read out of its words: to be obeyed, or one that somebody should look at. */
export interface ReadRefusal {
  certain: boolean;
  language: string;
}

type Kind = Exclude<keyof RefusalWords, 'language' | 'spaceless'>;
/** A word and what it may be: nothing, where it is no word of refusals. */
interface Token {
  text: string;
  kinds: ReadonlySet<Kind>;
}
const none: ReadonlySet<Kind> = new Set();

const kindNames: readonly Kind[] = [
  ...(['leave', 'cancel', 'end', 'not', 'none', 'send', 'want', 'receive', 'dontSend', 'dontWant'] as const),
  ...(['noun', 'who', 'ask', 'self', 'block', 'link', 'soft', 'fill', 'manners'] as const),
];

const native = [
  ...latinRefusals,
  ...germanicRefusals,
  ...slavicRefusals,
  ...easternRefusals,
  ...asianRefusals,
];
const soundOf: Readonly<Record<string, (word: string) => string>> = {
  ...{ ru: slavicSound, uk: slavicSound, bg: slavicSound, mk: slavicSound, el: greekSound },
};

const languages = [
  ...native.map((words) => compile(words)),
  ...native
    .filter(({ language }) => language === 'hr')
    .map((words) => compile({ ...words, language: 'sr' }, serbianLatin)),
  ...native.flatMap((words) => {
    const sound = soundOf[words.language];
    return sound ? [compile(words, sound)] : [];
  }),
  ...romanisedRefusals.map((words) => compile(words)),
];
const english: ReadonlyMap<string, ReadonlySet<Kind>> = new Map(languages[0]?.entries);

/** Manners of all languages, folded, for keywords that are asked for politely. */
export const mannersOfAll: ReadonlySet<string> = new Set(
  languages.flatMap(({ manners }) => [...manners].filter((word) => !word.includes(' '))),
);

/** Whether a word in any spelling is one of those that English refusals are made of, "not" and "please" among them. */
export function isWordOfRefusals(word: string): boolean {
  return english.has(foldWords(word));
}

/**
 * Reads a clause (folded words) that may be a refusal in one of the languages. One of nothing but refusing words is
 * certain; with other words in between it is not. `isQuestion`: it ended with a question mark, so that "do you not send
 * messages any more?" is not taken for a wish.
 */
export function readRefusal(words: string, isQuestion: boolean): ReadRefusal | null {
  const compact = words.replaceAll(' ', '');
  const list = words.split(' ');
  const [inEnglish] = languages;
  // "Stop sms the": what it was about is lost.
  const isCutOff = /(?:^| )(?:the|your|my)$/.test(words);
  const isTurnedRound =
    isCutOff ||
    (inEnglish !== undefined && tokensOfWords(inEnglish, list).some(({ kinds }) => kinds.has('block')));
  let unclear: ReadRefusal | null = null;
  for (const language of languages) {
    const tokens = language.spaceless ? tokensOfRun(language, compact) : tokensOfWords(language, list);
    if (tokens.every(({ kinds }) => kinds.size === 0)) continue;
    const closed = tokens.every(({ kinds }) => kinds.size > 0);
    const name = language.words.language;
    if (isCutOff && language === inEnglish) continue;
    for (const read of [
      tokens,
      ...(closed ? [] : [withMisspelt(language, tokens), withEnglish(tokens, isTurnedRound)]),
    ]) {
      const kinds = new Set(read.flatMap(({ kinds }) => [...kinds]));
      const isRefusal = read.every((each) => each.kinds.size > 0) && refuses(kinds);
      if (isRefusal && !(isQuestion && !asksFor(kinds))) return { certain: true, language: name };
    }
    // English has signs of its own (phrase-table.ts), and "stop" and "messages" hint at no other language.
    const own = tokens.map((each) => (english.has(each.text) ? { ...each, kinds: none } : each));
    if (!unclear && name !== 'en' && hints(own, closed)) unclear = { certain: false, language: name };
  }
  return unclear;
}

/** Words nobody knows, as those of the language that they are one slip of the thumb from. */
function withMisspelt({ long, spaceless }: Compiled, tokens: readonly Token[]): readonly Token[] {
  const isMeant = ({ text, kinds }: Token) => kinds.size > 0 || text.length >= shortestMisspelt - 1;
  if (spaceless || !tokens.every(isMeant)) return tokens;
  return tokens.map((token) => {
    const meant = token.kinds.size > 0 ? undefined : long.find(([entry]) => isMisspelt(token.text, entry));
    return meant ? { text: token.text, kinds: meant[1] } : token;
  });
}

/**
 * Words nobody knows as English ones: "stop sending me mensajes". Only beside a word that says something in the language
 * and nothing in English, and where nothing in English turns the rest round.
 */
function withEnglish(tokens: readonly Token[], isTurnedRound: boolean): readonly Token[] {
  const isOwn = ({ text, kinds }: Token) => !english.has(text) && [...kinds].some((kind) => !empty.has(kind));
  if (isTurnedRound || !tokens.some(isOwn)) return tokens;
  return tokens.map((token) => {
    const kinds = english.get(token.text);
    return token.kinds.size > 0 || !kinds || kinds.has('self') ? token : { text: token.text, kinds };
  });
}
const empty: ReadonlySet<Kind> = new Set(['fill', 'manners', 'link', 'self', 'ask']);

interface Compiled {
  words: RefusalWords;
  /** How a word is spelt before it is looked up, where not as it stands. */
  spell: (word: string) => string;
  spaceless: boolean;
  entries: ReadonlyMap<string, Set<Kind>>;
  /** Words long enough to be known with a slip in them. */
  long: readonly (readonly [entry: string, kinds: Set<Kind>])[];
  /** Words with any ending, the longest first. */
  stems: readonly (readonly [stem: string, kinds: Set<Kind>])[];
  /** How long the longest entry is that begins with a word, or with a letter where no spaces part the words. */
  longest: ReadonlyMap<string, number>;
  manners: ReadonlySet<string>;
}

function asItStands(word: string): string {
  return word;
}

function compile(words: RefusalWords, spell = asItStands): Compiled {
  const spaceless = words.spaceless ?? false;
  const entries = new Map<string, Set<Kind>>();
  const stems = new Map<string, Set<Kind>>();
  for (const kind of kindNames)
    for (const entry of (words[kind] ?? '').split(' ').filter((each) => each !== '')) {
      const text = entry.replaceAll('_', ' ').replace('*', '');
      const fold = spaceless ? foldWhole(text) : foldWords(text).split(' ').map(spell).join(' ');
      const into = entry.endsWith('*') ? stems : entries;
      into.set(fold, (into.get(fold) ?? new Set()).add(kind));
    }
  const longest = new Map<string, number>();
  for (const entry of entries.keys()) {
    const parts = entry.split(spaceless ? '' : ' ');
    const first = parts[0] ?? '';
    longest.set(first, Math.max(longest.get(first) ?? 1, parts.length));
  }
  return {
    ...{ words, spell, spaceless, entries },
    long: [...entries].filter(([entry]) => entry.length >= shortestMisspelt && !entry.includes(' ')),
    stems: [...stems].sort(([one], [other]) => other.length - one.length),
    longest,
    manners: new Set((words.manners ?? '').split(' ').map(foldWords)),
  };
}

/** The longest entries that a clause of words is made of. */
function tokensOfWords({ entries, stems, longest, spell }: Compiled, list: readonly string[]): Token[] {
  const words = spell === asItStands ? list : list.map(spell);
  const tokens: Token[] = [];
  for (let at = 0; at < words.length; ) {
    let length = Math.min(longest.get(words[at] ?? '') ?? 1, words.length - at);
    while (length > 1 && !entries.has(words.slice(at, at + length).join(' '))) length--;
    const word = words.slice(at, at + length).join(' ');
    const kinds = entries.get(word) ?? stems.find(([stem]) => word.startsWith(stem))?.[1] ?? none;
    tokens.push({ text: list.slice(at, at + length).join(' '), kinds });
    at += length;
  }
  return tokens;
}

/** As `tokensOfWords`, where no spaces part the words. */
function tokensOfRun({ entries, longest }: Compiled, run: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < run.length; ) {
    let length = Math.min(longest.get(run[at] ?? '') ?? 1, run.length - at);
    while (length > 0 && !entries.has(run.slice(at, at + length))) length--;
    const text = run.slice(at, at + Math.max(length, 1));
    tokens.push({ text, kinds: entries.get(text) ?? none });
    at += text.length;
  }
  return tokens;
}

/** Whether words of these kinds, and no others, make a refusal. "Do not stop sending" makes none. */
function refuses(kinds: ReadonlySet<Kind>): boolean {
  const has = (kind: Kind) => kinds.has(kind);
  if (has('block') || (has('link') && !has('noun') && !has('who') && !has('send'))) return false;
  const negated = has('not') || has('none');
  const wanted = has('want') && !has('dontWant');
  if (negated && (has('end') || has('leave') || has('cancel'))) return false;
  if (has('leave') || has('dontSend')) return true;
  if (has('cancel') && (has('noun') || has('who'))) return true;
  if (has('end') && (has('send') || has('noun') || has('receive'))) return true;
  if (has('dontWant') || (has('not') && wanted)) return has('noun') || has('receive') || has('send');
  if (negated && has('send')) return !has('self');
  if (has('not') && has('noun')) return !has('receive') && !has('self');
  return has('none') && has('noun') && (wanted || !has('receive'));
}

/** "Not interested", "I do not want more": no more is said. */
function isUnwilling(kinds: ReadonlySet<Kind>): boolean {
  return kinds.has('dontWant') || (kinds.has('not') && kinds.has('want'));
}

/** Whether a clause says nothing that puts a refusal beside it in doubt: manners, "not interested". */
export function isNoMoreThanUnwilling(words: string): boolean {
  const list = words.split(' ');
  return languages.some((language) => {
    const tokens = language.spaceless
      ? tokensOfRun(language, words.replaceAll(' ', ''))
      : tokensOfWords(language, list);
    const is = ({ kinds }: Token, ...wanted: Kind[]) => wanted.some((kind) => kinds.has(kind));
    const unwilling = tokens.some((each) => is(each, 'dontWant'));
    return tokens.every(
      (each) => is(each, 'fill', 'manners', 'self', 'soft', 'dontWant') || (unwilling && is(each, 'not')),
    );
  });
}

/** Whether these words add nothing in a language, or in any where none is named. */
export function isFiller(words: readonly string[], language: string | undefined): boolean {
  return languages.some((each) => {
    if (language !== undefined && each.words.language !== language) return false;
    const tokens = each.spaceless ? tokensOfRun(each, words.join('')) : tokensOfWords(each, words);
    return tokens.every(({ kinds }) => kinds.has('fill') || kinds.has('manners'));
  });
}

/** Whether a question can only be meant as a request: "could you stop …?" */
function asksFor(kinds: ReadonlySet<Kind>): boolean {
  return kinds.has('ask') || kinds.has('end') || kinds.has('leave');
}

/** How many words may stand between two that belong together in a clause of which not all is understood. */
const near = 3;

/** Whether a clause with other words in it may hold a refusal. */
function hints(tokens: readonly Token[], closed: boolean): boolean {
  const at = (kind: Kind) => tokens.flatMap(({ kinds }, index) => (kinds.has(kind) ? [index] : []));
  const beside = (one: Kind, other: Kind) =>
    at(one).some((here) => at(other).some((there) => here !== there && Math.abs(here - there) <= near));
  if (
    at('leave').length > 0 ||
    at('soft').length > 0 ||
    (closed && isUnwilling(new Set(tokens.flatMap(({ kinds }) => [...kinds]))))
  )
    return true;
  if (beside('end', 'noun') || beside('cancel', 'noun')) return true;
  if (beside('dontSend', 'noun') || beside('dontWant', 'noun')) return true;
  return beside('not', 'send') && beside('send', 'noun');
}
