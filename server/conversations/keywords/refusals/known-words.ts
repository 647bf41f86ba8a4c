import { foldWhole, foldWords } from '../fold.ts';
import { shortestMisspelt } from '../misspelt.ts';
import { asianRefusals } from './asian.ts';
import { easternRefusals } from './eastern.ts';
import { germanicRefusals } from './germanic.ts';
import { latinRefusals } from './latin.ts';
import type { RefusalWords } from './refusal-words.ts';
import { romanisedRefusals } from './romanised.ts';
import { slavicRefusals } from './slavic.ts';
import { greekSound, serbianLatin, slavicSound } from './transliterated.ts';

/** The words of all languages made ready to be looked up, and how a clause is cut into them. */

/** What a word may be; `contact`: what is said of messages only and never of parcels; `place`: a number or a list. */
export type Kind = Exclude<keyof RefusalWords, 'language' | 'spaceless' | 'elided'> | 'contact' | 'place';
/** A word and what it may be: nothing, where it is no word of refusals. */
export interface Token {
  text: string;
  kinds: ReadonlySet<Kind>;
}
/** What a word is that says nothing here. */
export const none: ReadonlySet<Kind> = new Set();

const kindNames: readonly Exclude<Kind, 'contact' | 'place'>[] = [
  ...(['leave', 'cancel', 'end', 'not', 'none', 'send', 'want', 'receive', 'dontSend', 'dontWant'] as const),
  ...([
    'noun',
    'who',
    'ask',
    'joined',
    'reason',
    'beside',
    'self',
    'block',
    'link',
    'soft',
    'fill',
    'manners',
  ] as const),
];

/** How many letters of a word with any ending it is looked up by. */
const stemStart = 3;
/** Verbs that are said of parcels too: "do not send it"; all others are of messages. */
const ofParcels =
  /envi|mand|send|schick|stu+r|skick|posl|posi[el]|zasi[el]|wys[yl]|s[l]ij|slac|prze?s|przys|gonder|yolla|at[mi]|отправ|присыл|присил|шли|шліт|сла|посы|поси|высы|надси|відправ|kuld|trimi|l[aä]het|lait|kirim|hantar|pada|gui|nhan|发|發|寄|傳|传|送|보내|발송|ส่ง|στειλ|στελν|στελ|رسل|رسال|بعت|بعث|שלח|שלוח|שלי|bhej|भेज|kutum|tum|trasil|tirsil|tursil/;
/** Kinds of words that swallow the vowel before them and keep their kind: "n'envoyez", but not "j'ai". */
const swallowing: ReadonlySet<Kind> = new Set(['send', 'receive', 'leave', 'noun']);
/** Words of `who` that are the writer and no number or list of ours. */
const pronouns: ReadonlySet<string> = new Set(
  (
    'me us moi nous mi nos a mi mim comigo conmigo ci noi ma mie ne mine imi em mir mich uns me mij ons mig mej oss meg mulle mut mua mun ' +
    'minulle minut minua meille minulta multa mulle mне мне меня нам мую мя мені мене ми мен ме mnie nam mi ze mna do mnie mne me nam ma na ' +
    'nekem engem velem minket nekunk μου με μας εμενα εγω μαζι μου bana beni bize mujhe मुझे हमें मुझको मुझसे hume humko humein hamein ' +
    'لی לי אותי לנו אותנו אליי אלי עבורי איתי אלינו לי لي الي لنا اليي علي ني من مرا منو بهم برام amake আমাকে আমাদের मला எனக்கு என்னை నాకు నన్ను ' +
    'ako akin sa akin sakin ko kong akin na saking kami namin amin mimi kwangu nami sisi kwetu my saya aku gue gua gw kami kita sy toi minh em tui ' +
    'cho toi cho minh cho em anh chi to tao tau chung toi ban than 我 给我 給我 向我 把我 俺 本人 咱 我们 我們 俾我 畀我 比我 同我 跟我 我的 我嘅 我哋 ' +
    '私 わたし 僕 俺 自分 当方 うち こちら わたくし 私のこと 저에게 나한테 저한테 저 나 내 제 우리 저희 ฉัน ผม เรา หนู ดิฉัน ชั้น กู ให้ฉัน หาฉัน หาผม มาหา mere hamara hamare mera meri मेरा मेरी मेरे'
  )
    .split(' ')
    .flatMap((each) => [foldWords(each), foldWhole(each)]),
);

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

const languages: readonly Compiled[] = [
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
/** English, which people of all languages mix in. */
export const [inEnglish] = languages;
/** The English words. */
export const english: ReadonlyMap<string, ReadonlySet<Kind>> = new Map(inEnglish?.entries);

/** For each way of spelling, the languages that know a word by its first letters or by itself. */
const knownBy = new Map<(word: string) => string, Map<string, number[]>>();
languages.forEach(({ spell, entries, stems, spaceless }, at) => {
  if (spaceless) return;
  const known = knownBy.get(spell) ?? new Map<string, number[]>();
  knownBy.set(spell, known);
  const firsts = [...entries.keys()].map((entry) => entry.split(' ')[0] ?? '');
  const starts = [...stems.values()].flatMap((each) => each.map(([stem]) => `${stem.slice(0, stemStart)}*`));
  for (const first of new Set([...firsts, ...starts])) {
    const those = known.get(first);
    if (those) those.push(at);
    else known.set(first, [at]);
  }
});
const spaceless = languages.flatMap((language, at) => (language.spaceless ? [at] : []));
/** Letters of the scripts that put no spaces between words. */
const spacelessLetter =
  /[\p{Script=Thai}\p{Script=Lao}\p{Script=Myanmar}\p{Script=Khmer}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const latinLetter = /\p{Script=Latin}/u;

/** A language that knows words of a clause, and what it takes them for. */
export interface Reading {
  language: Compiled;
  tokens: readonly Token[];
}

/** How the languages that know one word of a clause at least take it; they are few, and none of the others is asked. */
export function readingsOf(words: string): Reading[] {
  const list = words.split(' ');
  const compact = words.replaceAll(' ', '');
  const found = new Map<number, readonly string[]>();
  const isLatin = latinLetter.test(words);
  if (spacelessLetter.test(words)) for (const at of spaceless) found.set(at, list);
  for (const [spell, known] of knownBy) {
    // Sounds are those of words typed in Latin letters; Serbian is brought from Cyrillic ones.
    if (spell !== asItStands && isLatin === (spell === serbianLatin)) continue;
    const spelt = spell === asItStands ? list : list.map(spell);
    for (const word of spelt) {
      for (const at of known.get(word) ?? []) found.set(at, spelt);
      for (const at of known.get(`${word.slice(0, stemStart)}*`) ?? []) found.set(at, spelt);
    }
  }
  return [...found]
    .sort(([one], [other]) => one - other)
    .flatMap(([at, spelt]) => {
      const language = languages[at];
      if (!language) return [];
      const tokens = language.spaceless
        ? tokensOfRun(language, compact)
        : tokensOfWords(language, spelt, list);
      return [{ language, tokens: tokens }];
    });
}

/** Manners of all languages, folded, for keywords that are asked for politely. */
export const mannersOfAll: ReadonlySet<string> = new Set(
  languages.flatMap(({ manners }) => [...manners].filter((word) => !word.includes(' '))),
);

/** Whether a word in any spelling is one of those that English refusals are made of, "not" and "please" among them. */
export function isWordOfRefusals(word: string): boolean {
  return english.has(foldWords(word));
}

/** A word, and what it may be. */
type Entry = readonly [text: string, kinds: Set<Kind>];

export interface Compiled {
  words: RefusalWords;
  /** How a word is spelt before it is looked up, where not as it stands. */
  spell: (word: string) => string;
  spaceless: boolean;
  entries: ReadonlyMap<string, Set<Kind>>;
  /** Words long enough to be known with a slip in them, by their first letter. */
  long: ReadonlyMap<string, readonly Entry[]>;
  /** Words with any ending, by their first letters, the longest first. */
  stems: ReadonlyMap<string, readonly Entry[]>;
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
      if (fold === '') continue;
      const into = entry.endsWith('*') ? stems : entries;
      const kinds = into.get(fold) ?? new Set<Kind>();
      into.set(fold, kinds.add(kind));
      if ((kind === 'send' || kind === 'dontSend') && !ofParcels.test(text)) kinds.add('contact');
      if (kind === 'who' && !pronouns.has(fold)) kinds.add('place');
      if (swallowing.has(kind) && /^[aeiouh]/.test(fold) && !fold.includes(' '))
        for (const before of words.elided?.split(' ') ?? []) {
          const joined = entries.get(before + fold) ?? new Set<Kind>();
          entries.set(before + fold, joined.add(kind));
        }
    }
  // What is known as a filler in one form and by its stem as more is more.
  for (const [entry, kinds] of entries)
    for (const [stem, more] of stems)
      if (kinds.size === 1 && kinds.has('fill') && entry.startsWith(stem))
        entries.set(entry, new Set([...kinds, ...more]));
  const longest = new Map<string, number>();
  for (const entry of entries.keys()) {
    const parts = entry.split(spaceless ? '' : ' ');
    const first = parts[0] ?? '';
    longest.set(first, Math.max(longest.get(first) ?? 1, parts.length));
  }
  const long = [...entries].filter(([entry]) => entry.length >= shortestMisspelt && !entry.includes(' '));
  return {
    ...{ words, spell, spaceless, entries, longest },
    long: Map.groupBy(long, ([entry]) => entry[0] ?? ''),
    stems: Map.groupBy(
      [...stems].sort(([one], [other]) => other.length - one.length),
      ([stem]) => stem.slice(0, stemStart),
    ),
    manners: new Set((words.manners ?? '').split(' ').map(foldWords)),
  };
}

/** The longest entries that a clause is made of: its words as the language spells them, and as they stand in `list`. */
export function tokensOfWords(
  { entries, stems, longest }: Compiled,
  words: readonly string[],
  list: readonly string[] = words,
): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < words.length; ) {
    let length = Math.min(longest.get(words[at] ?? '') ?? 1, words.length - at);
    while (length > 1 && !entries.has(words.slice(at, at + length).join(' '))) length--;
    const word = length === 1 ? (words[at] ?? '') : words.slice(at, at + length).join(' ');
    const stem = stems.get(word.slice(0, stemStart))?.find(([each]) => word.startsWith(each));
    const kinds = entries.get(word) ?? stem?.[1] ?? none;
    tokens.push({ text: list.slice(at, at + length).join(' '), kinds });
    at += length;
  }
  return tokens;
}

/** As `tokensOfWords`, where no spaces part the words: the way to cut them that leaves the fewest letters unknown. */
function tokensOfRun({ entries, longest }: Compiled, run: string): Token[] {
  // From each letter on: how many letters stay unknown, in how many words, and how long the first is.
  const best: { unknown: number; words: number; length: number }[] = [];
  best[run.length] = { unknown: 0, words: 0, length: 0 };
  for (let at = run.length - 1; at >= 0; at--) {
    const after = best[at + 1] ?? { unknown: 0, words: 0, length: 0 };
    let chosen = { unknown: after.unknown + 1, words: after.words + 1, length: 1 };
    const most = Math.min(longest.get(run[at] ?? '') ?? 0, run.length - at);
    for (let length = 1; length <= most; length++) {
      const rest = best[at + length];
      if (!rest || !entries.has(run.slice(at, at + length))) continue;
      const words = rest.words + 1;
      if (rest.unknown < chosen.unknown || (rest.unknown === chosen.unknown && words <= chosen.words))
        chosen = { unknown: rest.unknown, words, length };
    }
    best[at] = chosen;
  }
  const tokens: Token[] = [];
  for (let at = 0; at < run.length; ) {
    const text = run.slice(at, at + (best[at]?.length ?? 1));
    tokens.push({ text, kinds: entries.get(text) ?? none });
    at += text.length;
  }
  return tokens;
}
