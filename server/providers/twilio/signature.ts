import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { parse, stringify } from 'node:querystring';
import type { FormFields } from './callback.ts';

/** What is checked: the request as Twilio made it. */
export interface SignedRequest {
  /** The account's auth token, and the other one while it is being rotated. Never an API key's secret. */
  authTokens: readonly string[];
  /** The full public URL with its query, as Twilio was given it. */
  url: string;
  /** The X-Twilio-Signature header. */
  signature: string | undefined;
  /** The fields of a form body; absent for a GET and where `rawBody` is given. */
  params?: FormFields;
  /** The bytes of a JSON body, whose hash the URL carries as `bodySHA256`. */
  rawBody?: string | Uint8Array;
}

/**
 * Whether Twilio signed this request: HMAC-SHA1 over the URL and the sorted form fields (source: twilio-node
 * 6.2.0, lib/webhooks). The URL is tried as received without and with its port, then in the normalised forms
 * some of Twilio's back ends sign. All comparisons take constant time.
 */
export function verifyTwilioSignature({
  authTokens,
  url,
  signature,
  params,
  rawBody,
}: SignedRequest): boolean {
  if (signature === undefined || signature === '' || !bodyMatches(url, rawBody)) return false;
  const given = Buffer.from(signature);
  const fields = rawBody === undefined && params !== undefined ? sortedFields(params) : '';
  const isSigned = (form: string) =>
    authTokens.some((token) => sameBytes(given, Buffer.from(sign(token, form + fields))));
  // Nearly every request is signed over the form received; the others are only made when it is not.
  return isSigned(url) || otherForms(url).some(isSigned);
}

/** The signature Twilio would put on a request to `url` with these form fields. */
export function signTwilioRequest(authToken: string, url: string, params: FormFields = {}): string {
  return sign(authToken, url + sortedFields(params));
}

function sign(authToken: string, text: string): string {
  return createHmac('sha1', authToken).update(text, 'utf8').digest('base64');
}

function sortedFields(params: FormFields): string {
  let text = '';
  for (const name of Object.keys(params).sort()) {
    const value = params[name];
    if (value === undefined) continue;
    const values = typeof value === 'string' ? [value] : [...new Set(value)].sort();
    for (const one of values) text += name + one;
  }
  return text;
}

/** A URL that names a body hash vouches for that body only; one that names none cannot vouch for a raw body. */
function bodyMatches(url: string, rawBody: string | Uint8Array | undefined): boolean {
  const hash = url.includes('bodySHA256=') ? (URL.parse(url)?.searchParams.get('bodySHA256') ?? null) : null;
  if (rawBody === undefined || hash === null) return rawBody === undefined && hash === null;
  return sameBytes(Buffer.from(hash), Buffer.from(createHash('sha256').update(rawBody).digest('hex')));
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

function otherForms(url: string): string[] {
  const forms = new Set([withoutPort(url), withPort(url)]);
  const normalised = URL.parse(url)?.toString();
  if (normalised !== undefined) {
    const bare = withoutPort(normalised);
    const ported = withPort(normalised);
    for (const form of [bare, ported, withLegacyQuery(bare), withLegacyQuery(ported)]) forms.add(form);
  }
  return [...forms];
}

interface UrlParts {
  scheme: string;
  userInfo: string;
  host: string;
  port: string;
  rest: string;
}

/** Splits without normalising: `new URL` would escape signs that Twilio signed as they were. */
function splitUrl(url: string): UrlParts | null {
  const match = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)/i.exec(url);
  if (match === null) return null;
  const [prefix, scheme = '', authority = ''] = match;
  const hostStart = authority.lastIndexOf('@') + 1;
  const hostAndPort = authority.slice(hostStart);
  const colon = hostAndPort.indexOf(':', hostAndPort.lastIndexOf(']') + 1);
  return {
    scheme,
    userInfo: authority.slice(0, hostStart),
    host: colon === -1 ? hostAndPort : hostAndPort.slice(0, colon),
    port: colon === -1 ? '' : hostAndPort.slice(colon),
    rest: url.slice(prefix.length),
  };
}

function withoutPort(url: string): string {
  const parts = splitUrl(url);
  return parts === null ? url : parts.scheme + parts.userInfo + parts.host + parts.rest;
}

function withPort(url: string): string {
  const parts = splitUrl(url);
  if (parts === null || parts.port !== '') return url;
  const port = parts.scheme.toLowerCase() === 'https://' ? ':443' : ':80';
  return parts.scheme + parts.userInfo + parts.host + port + parts.rest;
}

/** The query re-escaped as Node's older `querystring` does (`'` as `%27`). */
function withLegacyQuery(url: string): string {
  const start = url.indexOf('?');
  if (start === -1 || start === url.length - 1) return url;
  return `${url.slice(0, start)}?${stringify(parse(url.slice(start + 1)))}`;
}
