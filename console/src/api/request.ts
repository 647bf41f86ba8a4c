/** An answer that is no success; `message` is the server's own, written to be read by people. */
export class RequestError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'RequestError';
    this.status = status;
    this.code = code;
  }
}

/** What may stand in a query; undefined and empty values are left out, arrays are repeated. */
export type Query = Record<string, string | number | boolean | undefined | readonly (string | number)[]>;

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Calls the server the page came from, with the session's cookie. Throws `RequestError`. */
export async function request<Answer>(
  method: Method,
  path: string,
  { query, body, signal }: { query?: Query; body?: unknown; signal?: AbortSignal } = {},
): Promise<Answer> {
  const isForm = body instanceof FormData;
  const answer = await fetch(path + queryText(query), {
    method,
    credentials: 'same-origin',
    headers: body === undefined || isForm ? {} : { 'Content-Type': 'application/json' },
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
  params?: { reason?: string } | null;
}

function refusal(status: number, body: Refusal | string) {
  if (typeof body === 'string')
    return new RequestError(status, 'GenericError', `The server answered ${status}`);
  const message = body.msg ?? body.message ?? `The server answered ${status}`;
  return new RequestError(status, body.params?.reason ?? body.code ?? 'GenericError', message);
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

/** `POST` with a JSON body. */
export const post = <Answer>(path: string, body: unknown = {}, query?: Query) =>
  request<Answer>('POST', path, { body, query });
