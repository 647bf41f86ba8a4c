/** What web analytics read of where a visitor came from. */
export interface UtmParameters {
  source?: string;
  medium?: string;
  campaign?: string;
  term?: string;
  content?: string;
}

/**
 * Adds utm_… parameters to an address. Those it has already stay as they are, as does everything else of it, so
 * that a signed or oddly encoded address is not broken. What is no http(s) address is returned unchanged.
 */
export function addUtm(url: string, utm: UtmParameters): string {
  if (!URL.canParse(url)) return url;
  const parsed = new URL(url);
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return url;
  const added = Object.entries(utm)
    .filter(([name, value]) => value !== undefined && value !== '' && !parsed.searchParams.has(`utm_${name}`))
    .map(([name, value]) => `utm_${name}=${encodeURIComponent(String(value).toWellFormed())}`)
    .join('&');
  if (added === '') return url;
  const hash = url.indexOf('#');
  const [front, fragment] = hash === -1 ? [url, ''] : [url.slice(0, hash), url.slice(hash)];
  const joint = !front.includes('?') ? '?' : /[?&]$/.test(front) ? '' : '&';
  return `${front}${joint}${added}${fragment}`;
}
