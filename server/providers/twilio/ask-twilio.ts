import type { Exchanges } from '../exchange.ts';
import { classOfStatus } from '../http-refusal.ts';
import { type JsonRecord, parseRecord, recordAt, recordsAt, textAt } from '../json-reading.ts';
import type { ProviderFailure } from '../provider-failure.ts';
import type { TwilioAccount } from './account.ts';
import { endpointOf } from './endpoint.ts';
import { twilioError } from './error-codes.ts';
import { formEncode } from './form-encoding.ts';

/** What a call to Twilio brought, or why it brought nothing. */
export type TwilioAnswer = { ok: true; answer: JsonRecord } | { ok: false; failure: ProviderFailure };

/** Pages of a list that are read: 20,000 numbers. */
const mostPages = 20;
const pageSize = 1_000;

/** Twilio's products: the API of 2010, whose host the account's address names, and others whose hosts stand beside it. */
type Product = 'api' | 'messaging' | 'monitor';

/** Makes one call that sends no message; a `form` is posted. `path` starts with a slash. */
export async function askTwilio(
  account: TwilioAccount,
  exchanges: Exchanges,
  product: Product,
  path: string,
  form?: Readonly<Record<string, string>>,
): Promise<TwilioAnswer> {
  const endpoint = endpointOf(account);
  if (endpoint === null) return unreachable('the account has no usable base URL');
  const { origin, prefix, secrets, getHeaders, postHeaders } = endpoint;
  const request = {
    ...{ origin: originOf(origin, product), path: prefix + path, secrets },
    ...(form === undefined
      ? { method: 'GET' as const, headers: getHeaders }
      : { method: 'POST' as const, headers: postHeaders, body: formText(form) }),
  };
  const exchange = await exchanges.run(request);
  if (exchange.kind !== 'answered') return unreachable(exchange.detail);
  const answer = parseRecord(exchange.body);
  if (exchange.status >= 200 && exchange.status < 300) return { ok: true, answer };
  const code = textAt(answer, 'code');
  return {
    ok: false,
    failure: {
      outcome: 'refused',
      errorClass: twilioError(code)?.errorClass ?? classOfStatus(exchange.status, false),
      code: code ?? `HTTP_${exchange.status}`,
      detail: textAt(answer, 'message') ?? `HTTP ${exchange.status}`,
    },
  };
}

/** All entries of a list, page after page; `key` is its name in the answer. */
export async function listTwilio(
  account: TwilioAccount,
  exchanges: Exchanges,
  product: Product,
  path: string,
  key: string,
): Promise<{ ok: true; entries: JsonRecord[] } | { ok: false; failure: ProviderFailure }> {
  const prefix = endpointOf(account)?.prefix ?? '';
  const entries: JsonRecord[] = [];
  let next: string | undefined = `${path}?PageSize=${pageSize}`;
  for (let page = 0; page < mostPages && next !== undefined; page++) {
    const asked: TwilioAnswer = await askTwilio(account, exchanges, product, next);
    if (!asked.ok) return asked;
    entries.push(...recordsAt(asked.answer, key));
    next = nextPath(asked.answer, prefix);
  }
  return { ok: true, entries };
}

/** The API of 2010 names the path of the next page, the later ones its whole address. */
function nextPath(answer: JsonRecord, prefix: string): string | undefined {
  const later = textAt(recordAt(answer, 'meta'), 'next_page_url');
  const url = later === undefined ? null : URL.parse(later);
  const next = url ? url.pathname + url.search : textAt(answer, 'next_page_uri');
  if (next === undefined || !next.startsWith('/')) return undefined;
  return prefix !== '' && next.startsWith(`${prefix}/`) ? next.slice(prefix.length) : next;
}

/** `https://messaging.twilio.com` for `https://api.twilio.com`, in every region; any other host plays all products. */
function originOf(origin: string, product: Product): string {
  return origin.replace(/^https:\/\/api\.((?:[a-z0-9-]+\.)*twilio\.com)$/, `https://${product}.$1`);
}

function formText(form: Readonly<Record<string, string>>): string {
  return Object.entries(form)
    .map(([name, value]) => `${name}=${formEncode(value)}`)
    .join('&');
}

function unreachable(detail: string): TwilioAnswer {
  return { ok: false, failure: { outcome: 'unreachable', detail } };
}
