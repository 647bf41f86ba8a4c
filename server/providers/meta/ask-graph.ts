import type { Exchange, ExchangeRequest, Exchanges } from '../exchange.ts';
import { classOfStatus } from '../http-refusal.ts';
import { type JsonRecord, parseRecord } from '../json-reading.ts';
import type { ProviderFailure } from '../provider-failure.ts';
import { type GraphAccount, graphRefusal, graphRequest } from './graph.ts';

/** What a call to Meta's Graph API brought, or why it brought nothing. */
export type GraphAnswer = { ok: true; answer: JsonRecord } | { ok: false; failure: ProviderFailure };

/** Makes one call that sends no message; `path` comes after the version and is already escaped. */
export async function askGraph(
  account: GraphAccount,
  exchanges: Exchanges,
  method: ExchangeRequest['method'],
  path: string,
  body?: unknown,
): Promise<GraphAnswer> {
  return askGraphBy(graphRequest(account, method, path, body), exchanges);
}

/** The same by a request that was made already; null where the account has no address to ask. */
export async function askGraphBy(
  request: ExchangeRequest | null,
  exchanges: Exchanges,
): Promise<GraphAnswer> {
  if (request === null) return unreachable('the account has no usable base URL');
  const exchange = await exchanges.run(request);
  if (exchange.kind !== 'answered') return unreachable(exchange.detail);
  if (exchange.status < 200 || exchange.status > 299) return { ok: false, failure: failureOf(exchange) };
  return { ok: true, answer: parseRecord(exchange.body) };
}

function unreachable(detail: string): GraphAnswer {
  return { ok: false, failure: { outcome: 'unreachable', detail } };
}

function failureOf(exchange: Extract<Exchange, { kind: 'answered' }>): ProviderFailure {
  const { row, status, code, subcode, detail, isTransient } = graphRefusal(exchange);
  return {
    outcome: 'refused',
    errorClass: row?.errorClass ?? classOfStatus(status, isTransient === true),
    code: code ?? `HTTP_${status}`,
    detail: detail || `HTTP ${status}`,
    ...(subcode === undefined ? {} : { subcode }),
  };
}
