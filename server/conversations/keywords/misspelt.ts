/**
 * STOP and UNSUBSCRIBE as thumbs write them. A word counts where only the wish explains it: letters of the word in
 * another order, one twice, one beside its key. Words of their own ("shop", "step", "top") are left alone.
 */

/** Keys that touch on a phone's keyboard, for the letters of STOP. */
const besideKeys: Readonly<Record<string, string>> = { s: 'awedxz', t: 'rfgy56', o: 'iklp09', p: 'ol0' };

/** Words near STOP that people mean: English, Swedish and Danish (stor), Dutch (stok). */
const ownWords: ReadonlySet<string> = new Set(
  'shop step stow slop stoop stok stor stomp stops strop top stopa stopy'.split(' '),
);
/** Words one key from STOP that somebody may mean, though hardly as the whole of a reply. */
const doubtful: ReadonlySet<string> = new Set('atop sto stol stip stopo stp swop stl'.split(' '));

/** How sure it is that this folded word was meant as STOP or UNSUBSCRIBE. */
export function readMisspelt(word: string): 'certain' | 'unclear' | null {
  if (word.length < 3 || word.length > 16) return null;
  if (isUnsubscribe(word)) return 'certain';
  if (ownWords.has(word)) return null;
  if (isStopTransposed(word)) return 'certain';
  if (!isStopSlipped(word)) return null;
  return doubtful.has(word) || word.length !== 4 ? 'unclear' : 'certain';
}

function isStopTransposed(word: string): boolean {
  return ['tsop', 'sotp', 'stpo'].includes(word);
}

/** One key beside the right one, one letter lost or one too many. */
function isStopSlipped(word: string): boolean {
  const stop = 'stop';
  if (word.length === 4) {
    const wrong = [...word].flatMap((letter, at) => (letter === stop[at] ? [] : [at]));
    const [at = 0] = wrong;
    return wrong.length === 1 && (besideKeys[stop[at] ?? '']?.includes(word[at] ?? '') ?? false);
  }
  if (word.length === 3) return word === 'stp' || word === 'sto';
  if (word.length !== 5) return false;
  return [...word].some((letter, at) => {
    const rest = word.slice(0, at) + word.slice(at + 1);
    const neighbours = [stop[at - 1], stop[at]]
      .map((each) => `${each}${besideKeys[each ?? ''] ?? ''}`)
      .join('');
    return rest === stop && (neighbours.includes(letter) || (at === 4 && !'es'.includes(letter)));
  });
}

/** Letters a word needs for one slip in it to leave no doubt of what was meant. */
export const shortestMisspelt = 7;

/** Words of their own that are one slip from words of refusals: signing up, ham, massages. */
const otherWords: ReadonlySet<string> = new Set(
  (
    'anmelden anmeldung aanmelden aanmelding massage massages massaging massaggi massaggio spending testing tasting spenden schinken ' +
    'retener contract contracts contacted received resending presenting'
  ).split(' '),
);

/** Whether a word is another with one letter wrong, lost, too many, or turned round with its neighbour. */
export function isMisspelt(word: string, meant: string): boolean {
  if (word[0] !== meant[0] || Math.abs(word.length - meant.length) > 1 || otherWords.has(word)) return false;
  let at = 1;
  while (at < word.length && word[at] === meant[at]) at++;
  const [rest, meantRest] = [word.slice(at), meant.slice(at)];
  if (word.length !== meant.length) return rest.slice(1) === meantRest || rest === meantRest.slice(1);
  const isTurned =
    rest[0] === meantRest[1] && rest[1] === meantRest[0] && rest.slice(2) === meantRest.slice(2);
  return rest !== '' && (isTurned || rest.slice(1) === meantRest.slice(1));
}

/** At most two slips from UNSUBSCRIBE, and nearer to it than to SUBSCRIBE and RESUBSCRIBE. */
function isUnsubscribe(word: string): boolean {
  const target = 'unsubscribe';
  if (Math.abs(word.length - target.length) > 2 || word === target) return false;
  const slips = slipsBetween(word, target);
  return slips <= 2 && slips < Math.min(slipsBetween(word, 'subscribe'), slipsBetween(word, 'resubscribe'));
}

/** Letters wrong, lost, too many, or two of them turned round, between two words (Damerau, Levenshtein). */
function slipsBetween(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      let least = Math.min(
        (rows[i - 1]?.[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (rows[i - 1]?.[j - 1] ?? 0) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        least = Math.min(least, (rows[i - 2]?.[j - 2] ?? 0) + 1);
      row.push(least);
    }
    rows.push(row);
  }
  return rows[one.length]?.[other.length] ?? one.length;
}
