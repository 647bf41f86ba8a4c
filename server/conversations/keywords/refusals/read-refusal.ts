import { isMisspelt, shortestMisspelt } from '../misspelt.ts';
import {
  type Compiled,
  english,
  inEnglish,
  type Kind,
  none,
  readingsOf,
  type Token,
  tokensOfWords,
} from './known-words.ts';

/** A refusal read out of its words: to be obeyed, or one that somebody should look at. */
export interface ReadRefusal {
  certain: boolean;
  language: string;
}

/** How many words may stand between two that belong together in a clause of which not all is understood. */
const near = 4;
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
  for (const { language, tokens } of readingsOf(words)) {
    const read = withNumbers(withoutReasons(tokens));
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

/**
 * "Remove 07700 900123 from your list": digits beside a list or a number are the
 * writer's number, and else an order's; "asked 3 times" counts.
 */
function withNumbers(tokens: readonly Token[]): readonly Token[] {
  const has = (kind: Kind) => tokens.some(({ kinds }) => kinds.has(kind));
  const [isNumber, isCount] = [has('place'), has('reason')];
  if (!isNumber && !isCount) return tokens;
  return tokens.map((token) => {
    if (isNumber && /^\d{3,15}$/.test(token.text)) return { text: token.text, kinds: numberOnly };
    return isCount && /^\d{1,2}$/.test(token.text) ? { text: token.text, kinds: reasonOnly } : token;
  });
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
  /迷惑|いらな|いりま|要り|要ら|不必要|必要な|必要あ|結構|欲しく|필요|싫|귀찮|int[ei]r|int?res|zajem|zaujem|zainteres|initeres|интерес|цікав|зацікав|ενδιαφ|kiinnos|erdek|ilgi|ilgilen|tertarik|minat|quan tam|hung thu|สน|관심|흥미|興味|兴趣|興趣|感|مهتم|يهم|معنی|علاقه|מעונ|מעוניין|מתעניי|רוו?לוונט|रच|रुच|दलचसप|dilchas|vutiwi|pendezw|haja|belangst/;
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
  return readingsOf(words).some((reading) => {
    const tokens = withNumbers(withoutReasons(reading.tokens));
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
  if (beside('none', 'noun') && at('receive').length === 0 && at('block').length === 0) return true;
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
/** Whether a word of these kinds may be what makes a refusal. */
function tells(kinds: ReadonlySet<Kind>): boolean {
  return refusing.some((kind) => kinds.has(kind));
}
const refusing = ['leave', 'cancel', 'end', 'not', 'none', 'dontSend', 'dontWant', 'soft'] as const;
