import { folded, type Searched } from './search-text.ts';
import { unspacedScripts } from './unspaced-scripts.ts';

/** A word is compared by its beginning: no more of it is kept. */
const longest = 40;
/** Words kept of one person. */
const most = 32;
const punctuation = /[\s\p{P}\p{S}]+/u;
/** Scripts that write no blanks between words, and the first letter of a Korean syllable (folded text takes these apart). */
const unspaced = new RegExp(`[${unspacedScripts}\\u1100-\\u115f]`, 'u');

/** Most words are one piece of letters and digits as English has them, and need no closer look. */
const isPlain = (text: string): boolean => /^[a-z0-9]+$/.test(text);
const piecesOf = (text: string): string[] =>
  isPlain(text) ? [text] : text.split(punctuation).filter((piece) => piece !== '');

/** Where a word may begin: at its start, and in a script without blanks at any letter. */
function beginningsOf(piece: string): string[] {
  if (isPlain(piece) || !unspaced.test(piece)) return [piece];
  const letters = [...piece];
  return letters
    .slice(0, most)
    .flatMap((letter, place) =>
      place === 0 || unspaced.test(letter) ? letters.slice(place, place + longest).join('') : [],
    );
}

/** The words of a name: what stands between blanks in its pieces, and as one for those who leave out apostrophe or hyphen. */
function wordsOfName(name: string): string[] {
  return name.split(' ').flatMap((word) => {
    const pieces = piecesOf(word);
    const joined = pieces.length > 1 ? [pieces.join('')] : [];
    return [...pieces.flatMap(beginningsOf), ...joined];
  });
}

/** Who has a number that ends so. */
const lastFour = (digits: string): string => `#${digits.slice(-4)}`;

/**
 * The words by whose beginning a user is found, each behind its project's id, with a blank between: those of the
 * name, what an email has behind its first word, and the last four digits of the number. How an email, a userId, a
 * number or a WhatsApp user id begins is told by the table of identities; only what that has in other letters than
 * folded ones is a word here.
 */
export function searchWordsOf(projectId: number, user: Searched & { phoneNumber: string | null }): string {
  const { firstName, lastName, name } = user.dataFields;
  const words: string[] = [];
  for (const part of [firstName, lastName, name])
    if (typeof part === 'string') words.push(...wordsOfName(folded(part.slice(0, 1000))));
  if (user.email !== null) {
    const email = folded(user.email);
    const [local = '', domain = ''] = email.split('@');
    const pieces = piecesOf(local);
    words.push(...(email === user.email ? pieces.slice(1) : pieces), domain);
  }
  for (const id of [user.userId, user.whatsAppUserId]) {
    if (id === null || isPlain(id)) continue;
    const plain = folded(id);
    if (id !== plain && id !== plain.toUpperCase()) words.push(plain.replaceAll(/\s/g, ''));
  }
  if (user.phoneNumber !== null) words.push(lastFour(user.phoneNumber));
  const lexemes = new Set(words.map((word) => `${projectId}:${word.slice(0, longest)}`));
  return [...lexemes].slice(0, most).join(' ');
}

/** A query (tsquery) for users with a word that begins so. `word` is folded. Null where nothing of it can be looked for. */
export function wordQuery(projectId: number, word: string): string | null {
  const [local = '', domain] = word.split('@');
  const begins = (text: string) => `${quoted(`${projectId}:${text.slice(0, longest)}`)}:*`;
  const inPieces = [...piecesOf(local), ...(domain ? [domain] : [])];
  if (inPieces.length === 0) return null;
  const pieces = `(${inPieces.map(begins).join(' & ')})`;
  if (domain !== undefined || inPieces[0] === word) return pieces;
  // As a userId has it, and as those write it who leave out apostrophe or hyphen.
  const wholes = new Set([word, inPieces.join('')]);
  return `(${[...wholes].map(begins).join(' | ')} | ${pieces})`;
}

/** A query (tsquery) for users whose number ends as these digits do, by the last four of them. */
export const numberEndQuery = (projectId: number, digits: string): string =>
  quoted(`${projectId}:${lastFour(digits)}`);

const quoted = (lexeme: string): string => `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
