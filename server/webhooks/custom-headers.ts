import { type Static, Type } from 'typebox';
import { ApiError } from '../http/errors.ts';

/** Headers of the operator's own, as they are stored and shown. */
export const customHeaders = Type.Array(Type.Object({ name: Type.String(), value: Type.String() }));

/** The same as Iterable's call gives them. */
export const iterableHeaders = Type.Array(Type.Object({ key: Type.String(), value: Type.String() }));

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
  ['content-type', 'each post is application/json; leave it out'],
  ['user-agent', 'each post says Carillon; leave it out'],
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
  if (!named) return undefined;
  if (named.length > mostHeaders) throw new ApiError('BadParams', `${field}: ${mostHeaders} headers at most`);
  const seen = new Set<string>();
  for (const { name, value } of named) {
    const fault = faultOf(name, value, seen);
    if (fault)
      throw new ApiError('BadParams', `${field}: ${JSON.stringify(name)}: ${fault}`, { header: name });
    seen.add(name.toLowerCase());
  }
  return named;
}

function faultOf(name: string, value: string, seen: ReadonlySet<string>): string | null {
  const lower = name.toLowerCase();
  if (!/^[a-z0-9!#$%&'*+.^_`|~-]{1,200}$/.test(lower))
    return 'that is no name of a header; use letters, digits and -';
  if (lower.startsWith('x-carillon-')) return 'names with X-Carillon- are ours; choose another';
  if (seen.has(lower)) return 'it is given twice; give it once';
  // What an HTTP/1.1 value may hold as a string: no line ends, nothing beyond Latin-1.
  if (!/^[\t\x20-\x7e\x80-\xff]{0,4000}$/.test(value))
    return 'its value must be one line of Latin-1, 4000 characters at most';
  return reserved.get(lower) ?? null;
}
