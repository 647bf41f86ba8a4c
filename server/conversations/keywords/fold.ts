/** Letters that Unicode does not decompose, with what a person on a plain keyboard types instead. */
const plainLetters: Record<string, string> = {
  ı: 'i',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  // The Greek s at the end of a word.
  ς: 'σ',
  // Forms of one Arabic letter on the keyboards of Arabic, Persian and Urdu, and the line that draws words out.
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ة: 'ه',
  ہ: 'ه',
  ھ: 'ه',
  ـ: '',
};

const undecomposed = new RegExp(`[${Object.keys(plainLetters).join('')}]`, 'gu');
// Marks belong to the letter before them in Hindi, Arabic and Japanese too; both sides of a comparison lose them.
const marksAndInvisibles = /[\p{M}\p{Cf}\u115f\u1160\u3164\uffa0]/gu;
// An apostrophe joins: "don't" is one word. Curly, modifier and full-width forms are typed by phones.
const apostrophes = /['‘’‛ʼʹ´`＇]/g;
const notWord = /[^\p{L}\p{N}]+/gu;

/**
 * What remains of a text when case, accents, width, zero-width characters, punctuation and emoji are taken
 * away: words of letters and digits with single spaces between them. "  S.T.O.P!! 🛑" gives "s t o p".
 */
export function foldWords(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(marksAndInvisibles, '')
    .replace(undecomposed, (letter) => plainLetters[letter] ?? letter)
    .replace(apostrophes, '')
    .replace(notWord, ' ')
    .trim()
    .normalize('NFC');
}

/** Letters of other alphabets by the Latin capital they look like, small capitals among them. */
const lookAlikes: Record<string, string> = Object.fromEntries(
  Object.entries({
    // Cyrillic and Greek, lower case.
    a: 'аαᴀ',
    b: 'вβʙ',
    c: 'сϲᴄ',
    d: 'ԁᴅ',
    e: 'еεᴇ',
    h: 'нηʜ',
    i: 'іιɪ',
    k: 'кκᴋ',
    l: 'ʟ',
    m: 'мμᴍ',
    n: 'νɴ',
    o: 'оοᴏօ',
    p: 'рρᴘ',
    q: 'ԛ',
    r: 'ʀ',
    s: 'ѕꜱ',
    t: 'тτᴛ',
    u: 'ᴜ',
    v: 'ѵᴠ',
    w: 'ԝᴡ',
    x: 'хχ',
    y: 'уυʏ',
  }).flatMap(([latin, others]) => [...others].map((other) => [other, latin])),
);
const lookAlike = new RegExp(`[${Object.keys(lookAlikes).join('')}]`, 'gu');
// White letters on black discs and squares, which Unicode does not call forms of the letter.
const blackLetters = /[\u{1f150}-\u{1f169}\u{1f170}-\u{1f189}]/gu;
const digitsAsLetters: Record<string, string> = { 0: 'o', 5: 's', $: 's' };

/**
 * As `foldWords`, with every sign that looks like a Latin letter read as one: "ЅТОР" in Cyrillic, "🆂🆃🅾🅿", "ST0P".
 * Fit only to look for what people disguise; words of other alphabets come out as nonsense.
 */
export function foldLookAlikes(text: string): string {
  const lettered = text
    .replace(blackLetters, (sign) => String.fromCodePoint(97 + (((sign.codePointAt(0) ?? 0) - 0x1f150) % 32)))
    .replace(/(?<=\p{L})[05$]|[05$](?=\p{L})/gu, (sign) => digitsAsLetters[sign] ?? sign);
  return foldWords(lettered).replace(lookAlike, (letter) => lookAlikes[letter] ?? letter);
}

/** As `foldWords`, with the spaces gone too: "Opt-Out." and "O P T OUT" both give "optout". */
export function foldWhole(text: string): string {
  return foldWords(text).replaceAll(' ', '');
}

/**
 * A pattern of words in their own spelling, as it must be to meet folded text: the words between the signs of the
 * pattern are folded, the signs stay.
 */
export function foldPattern(source: string): string {
  return source.replace(/[\p{L}\p{M}\p{Cf}\p{N}’']+/gu, foldWords);
}
