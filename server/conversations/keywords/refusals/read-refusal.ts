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

type Kind = Exclude<keyof RefusalWords, 'language' | 'spaceless'> | 'contact' | 'place';
/** A word and what it may be: nothing, where it is no word of refusals. */
interface Token {
  text: string;
  kinds: ReadonlySet<Kind>;
}
const none: ReadonlySet<Kind> = new Set();

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

/** How many words may stand between two that belong together in a clause of which not all is understood. */
const near = 4;
/** How many letters of a word with any ending it is looked up by. */
const stemStart = 3;
/** Verbs that are said of parcels too: "do not send it"; all others are of messages. */
const ofParcels =
  /envi|mand|send|schick|stu+r|skick|posl|posi[el]|zasi[el]|wys[yl]|s[l]ij|slac|prze?s|przys|gonder|yolla|at[mi]|отправ|присыл|присил|шли|шліт|сла|посы|поси|высы|надси|відправ|kuld|trimi|l[aä]het|lait|kirim|hantar|pada|gui|nhan|发|發|寄|傳|传|送|보내|발송|ส่ง|στειλ|στελν|στελ|رسل|رسال|بعت|بعث|שלח|שלוח|שלי|bhej|भेज|kutum|tum|trasil|tirsil|tursil/;
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
const [inEnglish] = languages;
const english: ReadonlyMap<string, ReadonlySet<Kind>> = new Map(inEnglish?.entries);

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
interface Reading {
  language: Compiled;
  tokens: readonly Token[];
}

/** How the languages that know one word of a clause at least take it; they are few, and none of the others is asked. */
function readingsOf(words: string): Reading[] {
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
      return [{ language, tokens: withNumbers(withoutReasons(tokens)) }];
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

/**
 * Reads a clause (folded words) that may be a refusal in one of the languages. One of nothing but refusing words is
 * certain; with other words in between it is not. `isQuestion`: it ended with a question mark, so that "do you not send
 * messages any more?" is not taken for a wish.
 */
export function readRefusal(words: string, isQuestion: boolean): ReadRefusal | null {
  // "Stop sms the": what it was about is lost.
  const isCutOff = /(?:^| )(?:the|your|my)$/.test(words);
  const isTurnedRound =
    isCutOff ||
    (inEnglish !== undefined &&
      tokensOfWords(inEnglish, words.split(' ')).some(({ kinds }) => kinds.has('block')));
  let unclear: ReadRefusal | null = null;
  for (const { language, tokens: read } of readingsOf(words)) {
    const closed = read.every(({ kinds }) => kinds.size > 0);
    const name = language.words.language;
    if (isCutOff && language === inEnglish) continue;
    // Where none of the words refuses, only a slip in one of them can make it a refusal.
    if (
      !read.some(({ kinds, text }) => (kinds.size === 0 ? text.length >= shortestMisspelt - 1 : tells(kinds)))
    )
      continue;
    const readings = closed ? [read] : [read, withMisspelt(language, read), withEnglish(read, isTurnedRound)];
    for (const each of readings) {
      if (each.some(({ kinds }) => kinds.size === 0)) continue;
      const kinds = new Set(each.flatMap((token) => [...token.kinds]));
      if (refuses(kinds, isTurned(each)) && !(isQuestion && !asksFor(kinds)))
        return { certain: true, language: name };
    }
    // "Stop" hints at no other language than English, which has signs of its own (phrase-table.ts).
    const own = name === 'en' ? read : read.map((each) => (english.has(each.text) ? asNoun(each) : each));
    if (!unclear && (name === 'en' ? hintsOfRemoval(own) : hints(own, closed, isQuestion)))
      unclear = { certain: false, language: name };
  }
  return unclear;
}

/** "Remove 07700 900123 from your list": digits beside a list or a number are the writer's number, and else an order's. */
function withNumbers(tokens: readonly Token[]): readonly Token[] {
  if (!tokens.some(({ kinds }) => kinds.has('place'))) return tokens;
  return tokens.map((token) =>
    /^\d{3,15}$/.test(token.text) ? { text: token.text, kinds: numberOnly } : token,
  );
}
const numberOnly: ReadonlySet<Kind> = new Set(['who', 'place']);

/** An English word in another language: "sms" at most. */
function asNoun({ text, kinds }: Token): Token {
  return { text, kinds: kinds.has('noun') ? nounOnly : none };
}
const nounOnly: ReadonlySet<Kind> = new Set(['noun']);

/** What turns "signed up" round where it is no word of refusals by itself. */
const negators: ReadonlySet<string> = new Set(
  'didnt,havent,hadnt,wasnt,arent,dont,never,didn,i never,we never,لم,ليس,מעולם,לעולם'.split(','),
);

/** "Never signed up", "gave no consent": a reason, of which the "never" is none of the refusal's. */
function withoutReasons(tokens: readonly Token[]): readonly Token[] {
  if (!tokens.some(({ kinds }) => kinds.has('joined'))) return tokens;
  const read = [...tokens];
  const isNegator = ({ text, kinds }: Token) => kinds.has('not') || kinds.has('none') || negators.has(text);
  tokens.forEach(({ text, kinds }, at) => {
    if (!kinds.has('joined')) return;
    const isNot = (away: number) => {
      const token = read[at - away];
      return token !== undefined && isNegator(token);
    };
    const before = [1, 2, 3, 4].filter(isNot);
    const all = before.length > 0 ? before : [-1, -2, -3].filter(isNot).slice(0, 1);
    if (all.length === 0) {
      read[at] = { text, kinds: new Set([...kinds].filter((kind) => kind !== 'joined')) };
      return;
    }
    for (const [place, token] of read.entries())
      if (
        place === at ||
        all.includes(at - place) ||
        (Math.abs(place - at) <= near &&
          (['block', 'self', 'link'] as const).some((kind) => token.kinds.has(kind)))
      )
        read[place] = { text: token.text, kinds: reasonOnly };
  });
  return read;
}
const reasonOnly: ReadonlySet<Kind> = new Set(['reason']);

/** Words nobody knows, as those of the language that they are one slip of the thumb from. */
function withMisspelt({ long, spaceless }: Compiled, tokens: readonly Token[]): readonly Token[] {
  const isMeant = ({ text, kinds }: Token) => kinds.size > 0 || text.length >= shortestMisspelt - 1;
  if (spaceless || !tokens.every(isMeant)) return tokens;
  return tokens.map((token) => {
    const meant =
      token.kinds.size > 0
        ? undefined
        : long.get(token.text[0] ?? '')?.find(([entry]) => isMisspelt(token.text, entry));
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
const empty: ReadonlySet<Kind> = new Set(['fill', 'manners', 'link', 'self', 'ask', 'reason', 'beside']);

/** A word, and what it may be. */
type Entry = readonly [text: string, kinds: Set<Kind>];

/** Whether a word of these kinds may be what makes a refusal. */
function tells(kinds: ReadonlySet<Kind>): boolean {
  return refusing.some((kind) => kinds.has(kind));
}
const refusing = ['leave', 'cancel', 'end', 'not', 'none', 'dontSend', 'dontWant', 'soft'] as const;

interface Compiled {
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
function tokensOfWords(
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

/** Whether words of these kinds, and no others, make a refusal. "Do not stop sending" makes none. */
function refuses(kinds: ReadonlySet<Kind>, turned: boolean): boolean {
  const has = (kind: Kind) => kinds.has(kind);
  if (has('block') || (has('link') && !has('noun') && !has('who') && !has('send'))) return false;
  const negated = has('not') || has('none');
  const wanted = has('want') && !has('dontWant');
  if (turned) return false;
  // With a shop or a price beside it, messages or a number must be named: "do not send to the shop" is about goods.
  const isOfMessages = !has('beside') || has('noun') || has('contact');
  if (has('leave') && (isOfMessages || has('who'))) return true;
  if (has('dontSend') && isOfMessages) return true;
  if (has('cancel') && (has('noun') || has('who'))) return true;
  if (has('end') && (has('send') || has('noun') || has('receive'))) return true;
  if (has('dontWant') || (has('not') && wanted)) return has('noun') || has('receive') || has('send');
  // "Got no text" complains of one that did not come.
  if (negated && has('send')) return !has('self') && isOfMessages && (wanted || !has('receive'));
  if (has('not') && has('noun')) return !has('receive') && !has('self');
  return has('none') && has('noun') && (wanted || !has('receive'));
}

/** Whether a "not" stands at a word that ends something: "do not want to stop", "band mat karo", "never stop". */
function isTurned(tokens: readonly Token[]): boolean {
  const telling = tokens.filter(({ kinds }) => [...kinds].some((kind) => !silent.has(kind)));
  const isNot = (token: Token | undefined) =>
    token !== undefined &&
    (token.kinds.has('not') ||
      token.kinds.has('none') ||
      (token.kinds.has('dontWant') && !ofInterest.test(token.text))) &&
    !token.kinds.has('fill') &&
    !token.kinds.has('end');
  return telling.some(({ text, kinds }, at) => {
    if (kinds.has('not') || !(['end', 'leave', 'cancel'] as const).some((kind) => kinds.has(kind)))
      return false;
    if (isNot(telling[at - 1])) return true;
    if (telling[at - 1]?.kinds.has('want') && isNot(telling[at - 2])) return true;
    // In many tongues it follows: "stop nooit", "sluta aldrig"; after "leave me alone" begins another wish.
    const isEnough = kinds.has('end') && ofEnough.test(text);
    return isNot(telling[at + 1]) && !((!kinds.has('end') || isEnough) && telling[at + 2]?.kinds.has('send'));
  });
}
/** "Enough, do not send": what follows the one word is a wish of its own. */
const ofEnough =
  /^(?:basta|ya|enough|cukup|dos[cy]|dost|yeter|bas|khalas|kfaya|خلاص|كفا|يكفي|بس|די|מספיק|φταν|αρκ|хватит|довольно|досить|годі|genug|schluss|genoeg|nok|nog|riitt|eleg|ajunge|destul|chega|assez|够|夠|もう|그만|พอ|du|thoi|tosha|imetosha|inatosha|tama|sobra|बस|dosta|доста|cukuplah|sudah|stop|стоп)/;
/** "Not interested" turns nothing round, as "do not want to" does. */
const ofInterest =
  /int[ei]r|int?res|zajem|zaujem|zainteres|initeres|интерес|цікав|зацікав|ενδιαφ|kiinnos|erdek|ilgi|ilgilen|tertarik|minat|quan tam|hung thu|สน|관심|흥미|興味|兴趣|興趣|感|مهتم|يهم|معنی|علاقه|מעונ|מעוניין|מתעניי|רוו?לוונט|रच|रुच|दलचसप|dilchas|vutiwi|pendezw|haja|belangst/;
const silent: ReadonlySet<Kind> = new Set([
  'fill',
  'manners',
  'self',
  'who',
  'place',
  'link',
  'reason',
  'beside',
  'ask',
]);

/** "Not interested", "I do not want more": no more is said. */
function isUnwilling(kinds: ReadonlySet<Kind>): boolean {
  return kinds.has('dontWant') || (kinds.has('not') && kinds.has('want'));
}

/**
 * Whether a clause says nothing that puts a refusal beside it in doubt: manners, "not interested", "your messages
 * annoy", "I never signed up".
 */
export function isNoMoreThanUnwilling(words: string): boolean {
  return readingsOf(words).some(({ tokens }) => {
    const is = ({ kinds }: Token, ...wanted: Kind[]) => wanted.some((kind) => kinds.has(kind));
    const unwilling =
      tokens.some((each) => is(each, 'dontWant')) ||
      (tokens.some((each) => is(each, 'not')) && tokens.some((each) => is(each, 'want')));
    const hasGround = tokens.some((each) => is(each, 'soft', 'dontWant', 'reason', 'beside'));
    return tokens.every(
      (each) =>
        is(each, 'fill', 'manners', 'self', 'soft', 'dontWant', 'reason', 'beside') ||
        (unwilling && is(each, 'not', 'none', 'want', 'receive', 'noun')) ||
        (hasGround && is(each, 'noun', 'who', 'link')),
    );
  });
}

/** Whether these words add nothing in a language, or in any where none is named. */
export function isFiller(words: readonly string[], language: string | undefined): boolean {
  if (words.length === 0) return true;
  return readingsOf(words.join(' ')).some(
    (each) =>
      (language === undefined || each.language.words.language === language) &&
      each.tokens.every(({ kinds }) => kinds.has('fill') || kinds.has('manners')),
  );
}

/** Whether a question can only be meant as a request: "could you stop …?" */
function asksFor(kinds: ReadonlySet<Kind>): boolean {
  return kinds.has('ask') || kinds.has('leave') || (kinds.has('end') && kinds.has('send'));
}

/** Whether a clause with other words in it may hold a refusal. */
function hints(tokens: readonly Token[], closed: boolean, isQuestion: boolean): boolean {
  const { at, beside } = placesIn(tokens);
  if (at('soft').length > 0 || hintsOfRemoval(tokens)) return true;
  // With its number it is an order; "do not stop" keeps what it names.
  if (tokens.some(({ text }) => /\d{3}/.test(text)) && at('place').length === 0) return false;
  if (isTurned(tokens)) return false;
  if (at('leave').length > 0 || (closed && isUnwilling(new Set(tokens.flatMap(({ kinds }) => [...kinds])))))
    return true;
  // "When does the offer end?"
  if (isQuestion && at('block').some((here) => here < 2)) return false;
  if (beside('end', 'noun') || beside('end', 'send')) return true;
  // "I have deleted the message" is told, not asked.
  const isTold = at('cancel').some((here) => tokens[here - 1]?.kinds.has('block'));
  if (beside('cancel', 'noun') && !isTold) return true;
  if (beside('dontSend', 'noun') || beside('dontWant', 'noun')) return true;
  if (beside('not', 'want') && beside('want', 'noun')) return true;
  if (beside('not', 'contact') && (beside('contact', 'who') || beside('contact', 'noun'))) return true;
  return (beside('not', 'send') || beside('none', 'send')) && beside('send', 'noun');
}

/** "Take … number … off", "do not wish to receive … messages": in every language, English too. */
function hintsOfRemoval(tokens: readonly Token[]): boolean {
  const { beside } = placesIn(tokens);
  if (beside('cancel', 'place')) return true;
  return (
    (beside('not', 'want') || beside('not', 'receive')) && beside('want', 'noun') && beside('receive', 'noun')
  );
}

function placesIn(tokens: readonly Token[]) {
  const at = (kind: Kind) => tokens.flatMap(({ kinds }, index) => (kinds.has(kind) ? [index] : []));
  const beside = (one: Kind, other: Kind) =>
    at(one).some((here) => at(other).some((there) => here !== there && Math.abs(here - there) <= near));
  return { at, beside };
}
