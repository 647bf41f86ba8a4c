/** Fields of a form post that occur once, and the media addresses, which may occur several times. */
export interface PostedForm {
  fields: Record<string, string>;
  mediaUrls: string[];
}

function decode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  const percent = spaced.indexOf('%');
  if (percent < 0) return spaced;
  // The plus of a phone number is the only escape of most values; every post has two of them.
  if (percent === 0 && spaced.startsWith('%2B') && !spaced.includes('%', 3)) return `+${spaced.slice(3)}`;
  try {
    return decodeURIComponent(spaced);
  } catch {
    // Broken escapes are kept by the lenient parser, as browsers do.
    return new URLSearchParams(`x=${text}`).get('x') ?? text;
  }
}

/** Parses `application/x-www-form-urlencoded`; of a repeated field the last counts. */
export function parseForm(body: string): PostedForm {
  const fields: Record<string, string> = Object.create(null);
  const mediaUrls: string[] = [];
  let start = 0;
  while (start < body.length) {
    let end = body.indexOf('&', start);
    if (end < 0) end = body.length;
    const equals = body.indexOf('=', start);
    const split = equals < 0 || equals > end ? end : equals;
    const name = decode(body.slice(start, split));
    const value = decode(body.slice(split + 1, end));
    if (name === 'MediaUrl') mediaUrls.push(value);
    else if (name !== '') fields[name] = value;
    start = end + 1;
  }
  return { fields, mediaUrls };
}

// Most values are ids, words and numbers, which need little or no escaping.
const safe = /^\+?[\w.-]*$/;

function encode(value: string): string {
  // Half of a surrogate pair has no bytes of its own.
  if (!safe.test(value)) return encodeURIComponent(value.toWellFormed());
  return value.charCodeAt(0) === 43 ? `%2B${value.slice(1)}` : value;
}

/** Writes sorted fields as a form post's body. */
export function writeForm(sorted: readonly (readonly [string, string])[]): string {
  let body = '';
  for (const [name, value] of sorted) body += `${body === '' ? '' : '&'}${name}=${encode(value)}`;
  return body;
}
