/**
 * An answer that is no success; `message` is the server's own, written to be read by people. `code` is the finest
 * there is, `params` what the server tells besides. A status of 0: there was no answer.
 */
export class RequestError extends Error {
  readonly status: number;
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;

  constructor(status: number, code: string, message: string, params: Record<string, unknown> = {}) {
    super(message);
    this.name = 'RequestError';
    this.status = status;
    this.code = code;
    this.params = params;
  }
}

/** What may stand in a query; undefined and empty values are left out, arrays are repeated. */
export type Query = Record<string, string | number | boolean | undefined | readonly (string | number)[]>;

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Calls the server the page came from, with the session's cookie; `key` is the idempotency key by which a repeated
 * call finds the first one. Throws `RequestError`.
 */
export async function request<Answer>(
  method: Method,
  path: string,
  { query, body, signal, key }: { query?: Query; body?: unknown; signal?: AbortSignal; key?: string } = {},
): Promise<Answer> {
  const isForm = body instanceof FormData;
  const answer = await fetch(path + queryText(query), {
    method,
    credentials: 'same-origin',
    headers: {
      ...(body === undefined || isForm ? {} : { 'Content-Type': 'application/json' }),
      ...(key === undefined ? {} : { 'Idempotency-Key': key }),
    },
    body: body === undefined ? null : isForm ? body : JSON.stringify(body),
    signal: signal ?? null,
  }).catch((error: Error) => {
    if (error.name === 'AbortError') throw error;
    throw new RequestError(0, 'Unreachable', 'The server cannot be reached; check that Carillon is running');
  });
  const text = await answer.text();
  const read = answer.headers.get('content-type')?.includes('json') && text !== '' ? JSON.parse(text) : text;
  if (!answer.ok) throw refusal(answer.status, read);
  return read;
}

/** An error as the server states it: `code` is Iterable's, `params.reason` the finer one of our own. */
interface Refusal {
  code?: string;
  msg?: string;
  message?: string;
  params?: Record<string, unknown> | null;
}

function refusal(status: number, body: Refusal | string) {
  if (typeof body === 'string')
    return new RequestError(status, 'GenericError', `The server answered ${status}`);
  const params = body.params ?? {};
  const code = typeof params.reason === 'string' ? params.reason : (body.code ?? 'GenericError');
  return new RequestError(status, code, body.msg ?? body.message ?? `The server answered ${status}`, params);
}

function queryText(query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const each of Array.isArray(value) ? value : [value])
      if (each !== undefined && each !== '') search.append(name, String(each));
  const text = search.toString();
  return text ? `?${text}` : '';
}

/** `GET` with a query. */
export const get = <Answer>(path: string, query?: Query, signal?: AbortSignal) =>
  request<Answer>('GET', path, { query, signal });

/** `POST` with a JSON body or a form. */
export const post = <Answer>(path: string, body: unknown = {}, key?: string) =>
  request<Answer>('POST', path, { body, key });
