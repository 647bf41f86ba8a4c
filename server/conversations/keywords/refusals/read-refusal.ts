import { foldWhole, foldWords } from '../fold.ts';
import { asianRefusals } from './asian.ts';
import { easternRefusals } from './eastern.ts';
import { germanicRefusals } from './germanic.ts';
import { latinRefusals } from './latin.ts';
import type { RefusalWords } from './refusal-words.ts';
import { slavicRefusals } from './slavic.ts';

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

const languages = [
  ...latinRefusals,
  ...germanicRefusals,
  ...slavicRefusals,
  ...easternRefusals,
  ...asianRefusals,
].map(compile);
const english: ReadonlySet<string> = new Set(languages[0]?.entries.keys());

/** Manners of all languages, folded, for keywords that are asked for politely. */
export const mannersOfAll: ReadonlySet<string> = new Set(
  languages.flatMap(({ manners }) => [...manners].filter((word) => !word.includes(' '))),
);

/**
 * Reads a clause (folded words) that may be a refusal in one of the languages. One of nothing but refusing words is
 * certain; with other words in between it is not. `isQuestion`: it ended with a question mark, so that "do you not send
 * messages any more?" is not taken for a wish.
 */
export function readRefusal(words: string, isQuestion: boolean): ReadRefusal | null {
  const compact = words.replaceAll(' ', '');
  const list = words.split(' ');
  let unclear: ReadRefusal | null = null;
  for (const language of languages) {
    const tokens = language.spaceless ? tokensOfRun(language, compact) : tokensOfWords(language, list);
    const kinds = new Set(tokens.flatMap(({ kinds }) => [...kinds]));
    if (kinds.size === 0) continue;
    const closed = tokens.every(({ kinds }) => kinds.size > 0);
    const name = language.words.language;
    if (closed && refuses(kinds) && !(isQuestion && !asksFor(kinds)))
      return { certain: true, language: name };
    // English has signs of its own (phrase-table.ts), and "stop" and "messages" hint at no other language.
    const own = tokens.map((each) => (english.has(each.text) ? { ...each, kinds: none } : each));
    if (!unclear && name !== 'en' && hints(own, closed)) unclear = { certain: false, language: name };
  }
  return unclear;
}

interface Compiled {
  words: RefusalWords;
  spaceless: boolean;
  entries: ReadonlyMap<string, Set<Kind>>;
  /** Words with any ending, the longest first. */
  stems: readonly (readonly [stem: string, kinds: Set<Kind>])[];
  longest: number;
  manners: ReadonlySet<string>;
}

function compile(words: RefusalWords): Compiled {
  const spaceless = words.spaceless ?? false;
  const entries = new Map<string, Set<Kind>>();
  const stems = new Map<string, Set<Kind>>();
  for (const kind of kindNames)
    for (const entry of (words[kind] ?? '').split(' ').filter((each) => each !== '')) {
      const text = entry.replaceAll('_', ' ').replace('*', '');
      const fold = spaceless ? foldWhole(text) : foldWords(text);
      const into = entry.endsWith('*') ? stems : entries;
      into.set(fold, (into.get(fold) ?? new Set()).add(kind));
    }
  const length = (entry: string) => (spaceless ? entry.length : entry.split(' ').length);
  return {
    ...{ words, spaceless, entries },
    stems: [...stems].sort(([one], [other]) => other.length - one.length),
    longest: Math.max(...[...entries.keys()].map(length)),
    manners: new Set((words.manners ?? '').split(' ').map(foldWords)),
  };
}

/** The longest entries that a clause of words is made of. */
function tokensOfWords({ entries, stems, longest }: Compiled, words: readonly string[]): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < words.length; ) {
    let length = Math.min(longest, words.length - at);
    while (length > 1 && !entries.has(words.slice(at, at + length).join(' '))) length--;
    const word = words.slice(at, at + length).join(' ');
    const kinds = entries.get(word) ?? stems.find(([stem]) => word.startsWith(stem))?.[1] ?? none;
    tokens.push({ text: word, kinds });
    at += length;
  }
  return tokens;
}

/** As `tokensOfWords`, where no spaces part the words. */
function tokensOfRun({ entries, longest }: Compiled, run: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < run.length; ) {
    let length = Math.min(longest, run.length - at);
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
