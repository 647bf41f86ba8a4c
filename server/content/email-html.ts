/**
 * Rewrites the addresses of an HTML text's links (`<a href>` and `<area href>`), each by `rewrite`; addresses that
 * are not http or https, and those `rewrite` gives back unchanged, stay as written.
 */
export function rewriteHrefs(html: string, rewrite: (url: string) => string): string {
  return html.replace(
    /(<a(?:rea)?\b[^>]*?\shref\s*=\s*)(?:"([^"]*)"|'([^']*)')/gi,
    (whole, before: string, double: string | undefined, single: string | undefined) => {
      const url = decodeEntities((double ?? single ?? '').trim());
      if (!/^https?:\/\//i.test(url)) return whole;
      const rewritten = rewrite(url);
      return rewritten === url ? whole : `${before}"${escapeHtml(rewritten)}"`;
    },
  );
}

/** Whether an HTML text links to this address. */
export function linksTo(html: string, url: string): boolean {
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
  const opening = /<body\b[^>]*>/i.exec(html);
  if (!opening) return piece + html;
  const at = opening.index + opening[0].length;
  return html.slice(0, at) + piece + html.slice(at);
}

/** What an HTML text says, for readers without HTML: blocks as lines, links as `words (address)`. */
export function plainTextOf(html: string): string {
  const text = html
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<(head|style|script|title)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replace(/<(\w+)[^>]*\sdata-preheader\b[^>]*>[\s\S]*?<\/\1>/gi, '')
    .replace(/\s+/g, ' ')
    .replace(/<a\b[^>]*?\shref\s*=\s*(?:"([^"]*)"|'([^']*)')[^>]*>([\s\S]*?)<\/a\s*>/gi, linkAsText)
    .replace(/<img\b[^>]*?\salt\s*=\s*"([^"]*)"[^>]*>/gi, '$1')
    .replace(/<br\b[^>]*>/gi, '\n')
    .replace(/<li\b[^>]*>/gi, '\n- ')
    .replace(/<\/(p|h[1-6]|table|ul|ol|blockquote|section|article)\s*>/gi, '\n\n')
    .replace(/<\/(div|tr)\s*>/gi, '\n')
    .replace(/<[^>]*>/g, '');
  return decodeEntities(text)
    .split('\n')
    .map((line) => line.replace(/[ \t\u00a0]+/g, ' ').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function linkAsText(
  _whole: string,
  double: string | undefined,
  single: string | undefined,
  words: string,
): string {
  const url = double ?? single ?? '';
  return words.includes(url) || !/^https?:/i.test(url) ? words : `${words} (${url})`;
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  copy: '©',
  reg: '®',
  trade: '™',
  euro: '€',
  pound: '£',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  bull: '•',
};

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,8}));/gi, (whole, decimal, hex, name) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : null;
    if (code !== null) return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
    return entities[name] ?? whole;
  });
}

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
  const hidden = /<(\w+)[^>]*\sdata-preheader\b[^>]*>([\s\S]*?)<\/\1>/i.exec(html);
  return plainTextOf(hidden?.[2] ?? '');
}
