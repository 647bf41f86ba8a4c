/** A tag of an HTML text, with where it stands (`end` exclusive). */
export interface HtmlTag {
  /** In small letters; empty for a comment, a doctype and the like. */
  name: string;
  isClosing: boolean;
  start: number;
  /** Where its name ends and its attributes begin. */
  nameEnd: number;
  end: number;
}

/** Elements whose content is no HTML. */
const rawElements: ReadonlySet<string> = new Set(['script', 'style', 'title', 'textarea']);

/**
 * Shows `visit` the tags of an HTML text in their order, as browsers find them: a `>` in quotes ends none, comments hold
 * none, nor do scripts and styles. One that is not closed goes on to the end. `visit` may give the place to go on from.
 * Takes time in proportion to the text, whatever it is.
 */
export function eachTag(html: string, visit: (tag: HtmlTag) => number | undefined): void {
  const tagEnd = endOfTags(html);
  const closing = closingTags(html);
  let commentsEnd = true;
  let next = 0;
  for (let start = html.indexOf('<'); start >= 0; start = html.indexOf('<', next)) {
    const isClosing = html[start + 1] === '/';
    const from = start + (isClosing ? 2 : 1);
    const nameEnd = endOfName(html, from);
    const name = html.slice(from, nameEnd).toLowerCase();
    next = from;
    if (name === '' && html[start + 1] !== '!' && html[start + 1] !== '?') continue;
    let end = 0;
    if (commentsEnd && html.startsWith('<!--', start)) {
      end = html.indexOf('-->', start + 4) + 3;
      commentsEnd = end > 2;
    }
    if (end < 3) end = tagEnd(nameEnd);
    const goOn = visit({ name, isClosing, start, nameEnd, end });
    next = goOn ?? (!isClosing && rawElements.has(name) ? closing(name, end) : null) ?? end;
  }
}

/** What stands behind a tag's name, as written. */
export const attributesOf = (html: string, { nameEnd, end }: HtmlTag): string => html.slice(nameEnd, end - 1);

/** Where a name ends that begins with a letter; `from` where none does. */
function endOfName(html: string, from: number): number {
  const first = html.charCodeAt(from) | 0x20;
  if (!(first >= 0x61 && first <= 0x7a)) return from;
  let at = from + 1;
  while (at < html.length) {
    const code = html.charCodeAt(at);
    if (code <= 0x20 || code === 0x2f || code === 0x3e) break;
    at++;
  }
  return at;
}

/** Finds where a tag ends, given a place within it: behind its `>`, or the text's end. */
export function endOfTags(html: string): (from: number) => number {
  const lastDouble = html.lastIndexOf('"');
  const lastSingle = html.lastIndexOf("'");
  return (from) => {
    for (let at = from; at < html.length; at++) {
      const code = html.charCodeAt(at);
      if (code === 0x3e) return at + 1;
      if (code !== 0x3d) continue;
      while (html.charCodeAt(at + 1) <= 0x20) at++;
      const quote = html[at + 1];
      if ((quote === '"' && lastDouble > at + 1) || (quote === "'" && lastSingle > at + 1))
        at = html.indexOf(quote, at + 2);
    }
    return html.length;
  };
}

/** Finds where the closing tag of a name stands next, null where there is none. */
export function closingTags(html: string): (name: string, from: number) => number | null {
  const none = new Set<string>();
  return (name, from) => {
    if (none.has(name)) return null;
    const pattern = new RegExp(`</${RegExp.escape(name)}(?![\\w-])`, 'gi');
    pattern.lastIndex = from;
    const found = pattern.exec(html);
    if (!found) none.add(name);
    return found?.index ?? null;
  };
}
