import { addUtm } from './links/utm.ts';
import type { TemplateUtm } from './templates/content-schema.ts';

/** Puts a template's parameters behind an address; those it has already stay as they are. */
export type TagLink = (url: string) => string;

const utmKeys = new Set(['source', 'medium', 'campaign', 'term', 'content']);

/** A function that tags addresses by the template's setting, null when there is nothing to add. */
export function linkTagger(utm: TemplateUtm, medium: string): TagLink | null {
  const params = utm.params ?? [];
  const tags: Record<string, string> = utm.campaign
    ? { campaign: utm.campaign, medium: medium.toLowerCase() }
    : {};
  const others: { key: string; value: string }[] = [];
  for (const { key, value } of params) {
    const name = key.startsWith('utm_') ? key.slice(4) : '';
    if (utmKeys.has(name)) tags[name] = value;
    else others.push({ key, value });
  }
  if (Object.keys(tags).length === 0 && others.length === 0) return null;
  return (url) => addOthers(addUtm(url, tags), others);
}

function addOthers(url: string, params: readonly { key: string; value: string }[]): string {
  if (params.length === 0 || !URL.canParse(url)) return url;
  const present = new URL(url).searchParams;
  const added = params
    .filter(({ key }) => !present.has(key))
    .map(({ key, value }) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`)
    .join('&');
  if (added === '') return url;
  const hash = url.indexOf('#');
  const [front, fragment] = hash < 0 ? [url, ''] : [url.slice(0, hash), url.slice(hash)];
  return `${front}${front.includes('?') ? '&' : '?'}${added}${fragment}`;
}
