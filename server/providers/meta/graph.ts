import type { Exchange, ExchangeRequest } from '../exchange.ts';
import { httpAddress } from '../http-account.ts';
import type { HttpRefusal } from '../http-refusal.ts';
import { parseRecord, recordAt, textAt } from '../json-reading.ts';
import type { MetaAccount } from './account.ts';
import { metaError } from './error-codes.ts';

interface GraphEndpoint {
  origin: string;
  /** `/{version}/`, under the account's prefix. */
  base: string;
  headers: string[];
  secrets: readonly string[];
}

/** What a call to the Graph API needs of an account. */
export type GraphAccount = Pick<MetaAccount, 'baseUrl' | 'version' | 'accessToken'>;

const endpoints = new WeakMap<GraphAccount, GraphEndpoint>();

/**
 * A request to Meta's Graph API. `path` comes after the version and is already escaped; a `body` is sent as
 * JSON. `null` where the account's base URL is not usable.
 */
export function graphRequest(
  account: GraphAccount,
  method: ExchangeRequest['method'],
  path: string,
  body?: unknown,
): ExchangeRequest | null {
  const endpoint = endpoints.get(account) ?? remember(account);
  if (endpoint === null) return null;
  const { origin, base, headers, secrets } = endpoint;
  return {
    origin,
    path: base + path,
    method,
    headers,
    secrets,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}

function remember(account: GraphAccount): GraphEndpoint | null {
  const address = httpAddress(account.baseUrl);
  if (address === null) return null;
  const endpoint = {
    origin: address.origin,
    secrets: [account.accessToken],
    base: `${address.prefix}/${encodeURIComponent(account.version)}/`,
    headers: [
      'authorization',
      `Bearer ${account.accessToken}`,
      'content-type',
      'application/json',
      'user-agent',
      'carillon',
    ],
  };
  endpoints.set(account, endpoint);
  return endpoint;
}

/** Reads the error a Graph answer carries: `{"error":{code, message, is_transient, error_data:{details}}}`. */
export function graphRefusal(answer: Extract<Exchange, { kind: 'answered' }>): HttpRefusal {
  const error = recordAt(parseRecord(answer.body), 'error');
  const code = textAt(error, 'code');
  return {
    status: answer.status,
    code,
    subcode: textAt(error, 'error_subcode'),
    detail:
      textAt(recordAt(error, 'error_data'), 'details') ??
      textAt(error, 'error_user_msg') ??
      textAt(error, 'message') ??
      '',
    retryAfterMs: answer.retryAfterMs,
    row: metaError(code),
    isTransient: error.is_transient === true,
  };
}
