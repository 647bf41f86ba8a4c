/** A web address in a text, with where it stands (UTF-16 positions, `end` exclusive). */
export interface FoundLink {
  url: string;
  start: number;
  end: number;
}

// Up to white space, quotes, angle brackets and CJK punctuation; what must not end an address is trimmed after.
const candidate = /\bhttps?:\/\/[^\s<>"“”«»`\u200b\u3000-\u3002\uff01\uff0c\uff1b\uff1f]+/giu;
const trailing = /[.,;:!?'’*_~…\])}]/u;
const opens: Record<string, string> = { ')': '(', ']': '[', '}': '{' };

/**
 * Finds http and https addresses in a plain text. Punctuation after an address is the sentence's; a closing
 * bracket belongs to the address only when it was opened within it ("(see https://a.b/c_(d))").
 */
export function findLinks(body: string): FoundLink[] {
  // Most texts hold none, and this is asked of every message.
  if (!/https?:\/\//i.test(body)) return [];
  const found: FoundLink[] = [];
  for (const match of body.matchAll(candidate)) {
    const url = withoutTrailing(match[0]);
    if (URL.canParse(url) && new URL(url).hostname !== '') {
      found.push({ url, start: match.index, end: match.index + url.length });
    }
  }
  return found;
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
