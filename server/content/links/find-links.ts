/** A web address in a text, with where it stands (UTF-16 positions, `end` exclusive). */
export interface FoundLink {
  url: string;
  start: number;
  end: number;
}

const beginning = /(?<![\p{Script=Latin}\p{N}_])https?:\/\//giu;
/** ASCII that may stand in an address (RFC 3986), brackets and the like that people leave unescaped too. */
const ofAddress = /[\w!#$%&'()*+,\-./:;=?@[\]{}~]/;
const letter = /[\p{L}\p{M}\p{N}]/u;
/** Scripts that put no space between words, so that a text goes on right behind an address. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** Chooses how the sign before it is drawn; it is no letter, though Unicode calls it a mark. */
const selector = /[\ufe00-\ufe0f\u20d0-\u20ff]/;
const latin = /\p{Script=Latin}/u;
const trailing = /[.,;:!?'’*_~…\])}]/u;
const opens: Record<string, string> = { ')': '(', ']': '[', '}': '{' };

/**
 * Finds http and https addresses in a plain text. Punctuation after an address is the sentence's; a closing bracket
 * belongs to the address only when it was opened within it ("(see https://a.b/c_(d))"). Emoji, foreign punctuation and
 * text of another script that goes on without a space do not belong to it; hosts may be in any script.
 */
export function findLinks(body: string): FoundLink[] {
  // Most texts hold none, and this is asked of every message.
  if (!/https?:\/\//i.test(body)) return [];
  const found: FoundLink[] = [];
  for (const { index, 0: scheme } of body.matchAll(beginning)) {
    if (index < (found.at(-1)?.end ?? 0)) continue;
    const from = index + scheme.length;
    const host = hostEnd(body, from);
    if (host - from > longestHost) continue;
    // What follows cannot mend a host that is none, so that a long rest is not read for it.
    if (body.length - host > longestHost && !URL.canParse(withoutTrailing(body.slice(index, host)))) continue;
    const url = withoutTrailing(body.slice(index, host === from ? from : pathEnd(body, host)));
    if (URL.parse(url)?.hostname) found.push({ url, start: index, end: index + url.length });
  }
  return found;
}

/** Characters before the path: a host's 253, and what people put before one. */
const longestHost = 500;

const characterAt = (text: string, at: number): string => {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
};

/** Where an address's host ends: letters of any script, but not a text that goes on behind a host in Latin ones. */
function hostEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && at - from <= longestHost) {
    const character = characterAt(text, at);
    if (/[\w.\-@:%]/.test(character)) at++;
    else if (letter.test(character)) {
      if (!latin.test(character) && /\.[a-z]{2,}(?::\d+)?$/i.test(text.slice(from, at))) {
        const rest = /^[\p{L}\p{M}\p{N}-]+(?=\.[\p{L}\p{N}])/u.exec(text.slice(at, at + longestHost));
        if (!rest) return at;
        at += rest[0].length;
      } else at += character.length;
    } else break;
  }
  return at;
}

/** Where its path, query and fragment end. A letter beyond ASCII belongs to a word of its script or begins one. */
function pathEnd(text: string, from: number): number {
  let at = from;
  if (!/[/?#]/.test(text[at] ?? '')) return at;
  while (at < text.length) {
    const character = characterAt(text, at);
    if (!ofAddress.test(character) && !continuesWord(text, at, character)) break;
    at += character.length;
  }
  return at;
}

function continuesWord(text: string, at: number, character: string): boolean {
  if (!letter.test(character) || unspaced.test(character) || selector.test(character)) return false;
  const before = text[at - 1] ?? '';
  if (/[A-Za-z]/.test(before)) return latin.test(character) || /\p{M}/u.test(character);
  return !/\d/.test(before) || latin.test(character);
}

function withoutTrailing(text: string): string {
  // How many brackets of each kind are closed beyond those opened, kept up while cutting from the end.
  const surplus = new Map(
    Object.entries(opens).map(([close, open]) => [close, count(text, close) - count(text, open)]),
  );
  let end = text.length;
  while (end > 0) {
    const last = text[end - 1] ?? '';
    if (!trailing.test(last)) break;
    const closed = surplus.get(last);
    if (closed !== undefined) {
      if (closed <= 0) break;
      surplus.set(last, closed - 1);
    }
    end--;
  }
  return text.slice(0, end);
}

function count(text: string, letter: string): number {
  return text.split(letter).length - 1;
}

/** The text with each address replaced by what `replace` gives for it; everything else stays as it is. */
export function rewriteLinks(body: string, replace: (url: string, index: number) => string): string {
  const links = findLinks(body);
  if (links.length === 0) return body;
  let rewritten = '';
  let from = 0;
  links.forEach(({ url, start, end }, index) => {
    rewritten += body.slice(from, start) + replace(url, index);
    from = end;
  });
  return rewritten + body.slice(from);
}
