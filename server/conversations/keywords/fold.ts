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

/** As `foldWords`, with the spaces gone too: "Opt-Out." and "O P T OUT" both give "optout". */
export function foldWhole(text: string): string {
  return foldWords(text).replaceAll(' ', '');
}
