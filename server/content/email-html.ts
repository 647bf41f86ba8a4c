import { decodeHTML, decodeHTMLAttribute } from 'entities';
import { attributesOf, closingTags, eachTag, endOfTags, type HtmlTag } from './html-tags.ts';

/**
 * Rewrites the addresses of an HTML text's links (`<a href>` and `<area href>`), each by `rewrite`; addresses that
 * are not http or https, and those `rewrite` gives back unchanged, stay as written.
 */
export function rewriteHrefs(html: string, rewrite: (url: string) => string): string {
  const link = /<a(?:rea)?(?=[\s/])/gi;
  const tagEnd = endOfTags(html);
  let rewritten = '';
  let from = 0;
  for (let found = link.exec(html); found; found = link.exec(html)) {
    const start = found.index;
    const end = tagEnd(start + found[0].length);
    link.lastIndex = end;
    const address = hrefOf(html.slice(start, end));
    const url = decodeHTMLAttribute(address.value.trim());
    if (!/^https?:\/\//i.test(url)) continue;
    const other = rewrite(url);
    if (other === url) continue;
    rewritten += `${html.slice(from, start + address.start)}"${escapeHtml(other)}"`;
    from = start + address.end;
  }
  return from === 0 ? html : rewritten + html.slice(from);
}

/** The address of a link's tag, with where it stands, its quotes too. */
function hrefOf(tag: string): { value: string; start: number; end: number } {
  const found = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(tag);
  const value = found?.[1] ?? found?.[2] ?? '';
  const end = found ? found.index + found[0].length : 0;
  return { value, start: end - value.length - 2, end };
}

/** Whether an HTML text links to this address. */
export function linksTo(html: string, url: string): boolean {
  // Most do not, and what stands behind the last slash is written in one way only.
  const [code] = /\w+$/.exec(url) ?? [];
  if (code !== undefined && !html.includes(code)) return false;
  let found = false;
  rewriteHrefs(html, (href) => {
    if (href === url) found = true;
    return href;
  });
  return found;
}

/** Puts a piece at the end of an HTML text's body. */
export function appendToBody(html: string, piece: string): string {
  const end = html.search(/<\/body\s*>/i);
  return end < 0 ? html + piece : html.slice(0, end) + piece + html.slice(end);
}

/** Puts a piece at the start of an HTML text's body. */
export function prependToBody(html: string, piece: string): string {
  const opening = /<body\b/i.exec(html);
  const at = opening ? html.indexOf('>', opening.index) + 1 : 0;
  return html.slice(0, at) + piece + html.slice(at);
}

const hiddenElements: ReadonlySet<string> = new Set(['head', 'style', 'script', 'title']);
const paragraphs = 'p h1 h2 h3 h4 h5 h6 table ul ol blockquote section article'.split(' ');
/** What is put where a tag closes. */
const closed: ReadonlyMap<string, string> = new Map([
  ...paragraphs.map((name) => [name, '\n\n'] as const),
  ...['div', 'tr'].map((name) => [name, '\n'] as const),
]);
/** Elements of a text that are taken for its preheader. */
const mostPreheaders = 20;

/** What an HTML text says, for readers without HTML: blocks as lines, links as `words (address)`. */
export function plainTextOf(source: string): string {
  const html = source.replace(/\s+/g, ' ');
  const closing = closingTags(html);
  let preheaders = mayHavePreheader(html) ? mostPreheaders : 0;
  let text = '';
  let from = 0;
  let link: { url: string; wordsFrom: number } | null = null;
  eachTag(html, (tag) => {
    const { name, isClosing, start, end } = tag;
    if (start > from) text += html.slice(from, start);
    from = end;
    if (isClosing) {
      const line = closed.get(name);
      if (line !== undefined) text += line;
      else if (name === 'a' && link) {
        if (!html.slice(link.wordsFrom, start).includes(link.url)) text += ` (${link.url})`;
        link = null;
      }
    } else if (hiddenElements.has(name) || (preheaders > 0 && isPreheader(html, tag))) {
      preheaders--;
      from = closing(name, end) ?? end;
    } else if (name === 'a') {
      const url = hrefOf(attributesOf(html, tag)).value;
      if (/^https?:/i.test(url)) link = { url, wordsFrom: end };
    } else if (name === 'img') text += /\salt\s*=\s*"([^"]*)"/i.exec(attributesOf(html, tag))?.[1] ?? '';
    else if (name === 'br') text += '\n';
    else if (name === 'li') text += '\n- ';
    return from === end ? undefined : from;
  });
  return decodeHTML(text + html.slice(from))
    .split('\n')
    .map((line) => line.replace(/[ \t\u00a0]+/g, ' ').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Asked of the whole text first: most have none, and to look at each of 100,000 tags takes a twentieth of a second. */
const mayHavePreheader = (html: string): boolean => /\sdata-preheader\b/i.test(html);

const isPreheader = (html: string, tag: HtmlTag): boolean =>
  /\sdata-preheader\b/i.test(attributesOf(html, tag));

/** A text as it may stand in HTML, inside quotes too. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** What an inbox shows beside the subject: the text put unseen at the top of an email; empty where it has none. */
export function preheaderOf(html: string): string {
  if (!mayHavePreheader(html)) return '';
  let words: string | null = null;
  eachTag(html, (tag) => {
    if (words !== null) return html.length;
    if (tag.isClosing || !isPreheader(html, tag)) return undefined;
    const close = closingTags(html)(tag.name, tag.end);
    words = close === null ? '' : html.slice(tag.end, close);
    return html.length;
  });
  return plainTextOf(words ?? '');
}
