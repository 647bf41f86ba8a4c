import createClient, { type ClientPathsWithMethod, type MethodResponse } from 'openapi-fetch';
import type { paths } from './document.ts';
import type { SignInCalls } from './sign-in-calls.ts';

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

/**
 * The server the page came from, called with the session's cookie by the OpenAPI document (`document.ts`, made by
 * `npm run types`). What it refuses is thrown as a `RequestError`.
 */
export const server = createClient<paths & SignInCalls>({
  credentials: 'same-origin',
  querySerializer: queryText,
});

server.use({
  async onResponse({ response }) {
    if (!response.ok) throw refusal(response.status, await response.text());
  },
  onError({ error }) {
    if (error instanceof Error && error.name === 'AbortError') return;
    return new RequestError(0, 'Unreachable', 'The server cannot be reached; check that Carillon is running');
  },
});

type Method = 'get' | 'post' | 'patch' | 'put' | 'delete';

/** What a call answers, by the OpenAPI document. */
export type Answer<
  Path extends ClientPathsWithMethod<typeof server, Of>,
  Of extends Method = 'get',
> = MethodResponse<typeof server, Of, Path>;

/** What a call takes as JSON, by the OpenAPI document. */
export type Body<Path extends keyof paths, Of extends Method = 'post'> = paths[Path][Of] extends {
  requestBody?: { content: { 'application/json': infer Taken } };
}
  ? Taken
  : never;

/** What a call takes in its query, by the OpenAPI document. */
export type Query<Path extends keyof paths> = paths[Path]['get'] extends {
  parameters: { query?: infer Taken };
}
  ? NonNullable<Taken>
  : never;

/** What a call answered. */
export async function answerOf<Data>(call: Promise<{ data?: Data }>): Promise<Data> {
  const { data } = await call;
  // What was refused has thrown: there is no other way to have no data.
  return data as Data;
}

/** An error as the server states it: `code` is Iterable's, `params.reason` the finer one of our own. */
interface Refusal {
  code?: string;
  msg?: string;
  message?: string;
  params?: Record<string, unknown> | null;
}

function refusal(status: number, text: string): RequestError {
  const { code = 'GenericError', msg, message, params } = readRefusal(text);
  const finer = typeof params?.reason === 'string' ? params.reason : code;
  return new RequestError(status, finer, msg ?? message ?? `The server answered ${status}`, params ?? {});
}

/** What answers for the server when it is away (a proxy) may write anything. */
function readRefusal(text: string): Refusal {
  try {
    return { ...JSON.parse(text) };
  } catch {
    return {};
  }
}

/** Undefined and empty values are left out, arrays are repeated. */
function queryText(query: Readonly<Record<string, unknown>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const each of Array.isArray(value) ? value : [value])
      if (each !== undefined && each !== '') search.append(name, String(each));
  return search.toString();
}
