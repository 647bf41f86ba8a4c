import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Secrets } from '../config/secrets.ts';
import { ApiError } from '../http/errors.ts';

/** Headers of the operator's own, as a call gives them. */
export const customHeaders = Type.Array(Type.Object({ name: Type.String(), value: Type.String() }));

/** The same as Iterable's call gives them. */
export const iterableHeaders = Type.Array(Type.Object({ key: Type.String(), value: Type.String() }));

/** How they are shown: their values may be tokens, and are shown to nobody. */
export const shownHeaders = Type.Array(Type.Object({ name: Type.String(), set: Type.Literal(true) }));

/** How they are stored: each value sealed, in base64. */
const storedHeaders = Type.Array(Type.Object({ name: Type.String(), sealed: Type.String() }));

/** Headers for storage, their values sealed. */
export function sealHeaders(secrets: Secrets, headers: Static<typeof customHeaders>): string {
  return JSON.stringify(
    headers.map(({ name, value }) => ({ name, sealed: secrets.seal(value).toString('base64') })),
  );
}

/** Stored headers with their values, for a post. */
export function openHeaders(secrets: Secrets, stored: unknown): Record<string, string> {
  const opened = Value.Parse(storedHeaders, stored).map(({ name, sealed }) => {
    const value = Value.Parse(Type.String(), secrets.open(Buffer.from(sealed, 'base64')));
    return [name, value] as const;
  });
  return Object.fromEntries(opened);
}

/** The names of stored headers. */
export function showHeaders(stored: unknown): Static<typeof shownHeaders> {
  return Value.Parse(storedHeaders, stored).map(({ name }) => ({ name, set: true }));
}

const mostHeaders = 50;

/** Why a header cannot be an operator's own. The names are HTTP's framing and hop-by-hop ones (RFC 9110, 7.6.1), then ours. */
const reserved: ReadonlyMap<string, string> = new Map([
  ...[
    ...[
      'host',
      'content-length',
      'transfer-encoding',
      'connection',
      'keep-alive',
      'te',
      'trailer',
      'upgrade',
    ],
    ...['expect', 'proxy-connection', 'proxy-authenticate', 'proxy-authorization'],
  ].map((name) => [name, 'it belongs to the connection; leave it out'] as const),
  ['content-type', 'each call is of application/json; leave it out'],
  ['user-agent', 'each call says Carillon; leave it out'],
  ['authorization', 'set authType and authToken instead'],
]);

/**
 * The headers that a call asks for, under our name for them or Iterable's; undefined when it names neither.
 * @throws ApiError BadParams for one that cannot be sent with each post, naming it.
 */
export function headersAsked(asked: {
  customHeaders?: Static<typeof customHeaders>;
  headers?: Static<typeof iterableHeaders>;
}): Static<typeof customHeaders> | undefined {
  if (asked.customHeaders && asked.headers)
    throw new ApiError(
      'BadParams',
      'headers: customHeaders is given too, and means the same; give one of them',
    );
  const field = asked.headers ? 'headers' : 'customHeaders';
  const named = asked.headers?.map(({ key, value }) => ({ name: key, value })) ?? asked.customHeaders;
  return named && requireHeaders(field, named, ownHeaders);
}

/** What of the reserved names stands for others than webhooks: a feed is given its Authorization as any header. */
const ownHeaders: ReadonlySet<string> = new Set();
export const feedHeaders: ReadonlySet<string> = new Set(['authorization']);

/** The headers as they are, `taken` ones among them. @throws ApiError BadParams for one that cannot be sent with each call, naming it. */
export function requireHeaders(
  field: string,
  named: Static<typeof customHeaders>,
  taken: ReadonlySet<string>,
): Static<typeof customHeaders> {
  if (named.length > mostHeaders) throw new ApiError('BadParams', `${field}: ${mostHeaders} headers at most`);
  const seen = new Set<string>();
  for (const { name, value } of named) {
    const fault = faultOf(name, value, seen, taken);
    if (fault)
      throw new ApiError('BadParams', `${field}: ${JSON.stringify(name)}: ${fault}`, { header: name });
    seen.add(name.toLowerCase());
  }
  return named;
}

function faultOf(
  name: string,
  value: string,
  seen: ReadonlySet<string>,
  taken: ReadonlySet<string>,
): string | null {
  const lower = name.toLowerCase();
  if (!/^[a-z0-9!#$%&'*+.^_`|~-]{1,200}$/.test(lower))
    return 'that is no name of a header; use letters, digits and -';
  if (lower.startsWith('x-carillon-')) return 'names with X-Carillon- are ours; choose another';
  if (seen.has(lower)) return 'it is given twice; give it once';
  if (!isHeaderValue(value)) return 'its value must be one line of Latin-1, 4000 characters at most';
  return taken.has(lower) ? null : (reserved.get(lower) ?? null);
}

/** What an HTTP/1.1 value may hold as a string: no line ends, nothing beyond Latin-1. */
export function isHeaderValue(value: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]{0,4000}$/.test(value);
}
