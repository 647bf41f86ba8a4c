// Marks that stand over, under or in letters of alphabets; those that turn one kana into another are letters' own.
const marks = /[[\p{Mn}&&[\p{Script=Inherited}\p{Script=Hebrew}\p{Script=Arabic}]]--[\u3099\u309a]]/gv;
// Directions, joiners, soft hyphens: nobody sees them, and they come along when a name is copied.
const invisible = /\p{Cf}/gu;
// Letters that Unicode does not take apart, and that people write as their neighbours.
const plain: Readonly<Record<string, string>> = {
  ß: 'ss',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ς: 'σ',
  ى: 'ي',
  ة: 'ه',
  ـ: '',
  // Persian and Urdu keyboards' own forms.
  ی: 'ي',
  ک: 'ك',
  ہ: 'ه',
  ھ: 'ه',
  // What stands for an apostrophe in Hawaiian and in other names.
  ʻ: "'",
  ʼ: "'",
};
const plainLetters = new RegExp(`[${Object.keys(plain).join('')}]`, 'g');
const katakana = /[ァ-ヶ]/g;

/** A text as it is compared in a search: without case, accents and the forms of one letter, in any script. */
export function folded(text: string): string {
  // Most are plain: ASCII without two blanks together.
  if (!/[^ -~]| {2}/.test(text)) return text.toLowerCase().trim();
  return text
    .normalize('NFKD')
    .replaceAll(marks, '')
    .replaceAll(invisible, '')
    .toLowerCase()
    .replaceAll(plainLetters, (letter) => plain[letter] ?? letter)
    .replaceAll(katakana, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60))
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** What of a user is searched. */
export interface Searched {
  email: string | null;
  userId: string | null;
  whatsAppUserId: string | null;
  dataFields: Record<string, unknown>;
}

/** Whether a user is found and ordered by the same as before. */
export function isFoundAlike(before: Known, after: Known): boolean {
  return (
    ids.every((id) => before[id] === after[id]) &&
    names.every((name) => before.dataFields[name] === after.dataFields[name])
  );
}

type Known = Searched & { phoneNumber: string | null };
const ids = ['email', 'userId', 'whatsAppUserId', 'phoneNumber'] as const;
const names = ['firstName', 'lastName', 'name'] as const;

/** What a user is found and ordered by: the name first, then what else they are known by, a line each. */
export function searchTextOf(user: Searched): string {
  const { firstName, lastName, name } = user.dataFields;
  const full = [firstName, lastName].filter((part) => typeof part === 'string').join(' ');
  return [full, typeof name === 'string' ? name : '', user.email, user.userId, user.whatsAppUserId]
    .map((part) => folded(part ?? ''))
    .filter((part) => part !== '')
    .join('\n');
}
