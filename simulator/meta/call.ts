import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerJson } from '../network/http.ts';
import { errorBody, type MetaError, metaError } from './errors.ts';
import { isObject } from './fields.ts';

/** One call: what was asked, of whom, and the token it came with. */
export interface Call {
  request: IncomingMessage;
  response: ServerResponse;
  method: string;
  /** The address of this call without its query, host included. */
  address: string;
  edge: string;
  /** What stands behind the edge: the id of one of its things, mostly nothing. */
  item: string;
  query: URLSearchParams;
  token: string;
  body: Buffer;
}

/** Answers an error as Meta does. */
export function answerError(response: ServerResponse, error: MetaError): void {
  answerJson(response, error.status, errorBody(error));
}

/** Answers JSON. */
export function answer(response: ServerResponse, value: unknown): void {
  answerJson(response, 200, JSON.stringify(value));
}

/** The body as JSON; null when it is none. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return null;
  }
}

/** The body as a form of several parts; null when it is none. */
export function formOf(call: Call): Promise<FormData | null> {
  const headers = { 'content-type': call.request.headers['content-type'] ?? '' };
  return new Response(new Uint8Array(call.body), { headers }).formData().catch(() => null);
}

/** The posted fields, whichever way they came: as JSON, or as a form. */
export async function fieldsOf(call: Call): Promise<Record<string, unknown>> {
  const json = parseJson(call.body);
  if (isObject(json)) return json;
  return Object.fromEntries((await formOf(call))?.entries() ?? []);
}

/** The names asked for by `fields`, without what stands in brackets behind them; null when nothing is asked. */
export function askedFields(query: URLSearchParams): string[] | null {
  const text = query.get('fields');
  if (!text) return null;
  return text
    .replace(/\{[^}]*\}|\([^)]*\)/g, '')
    .split(',')
    .map((name) => name.trim().split('.')[0] ?? '');
}

/** Answers those of `all` that were asked for, else the `usual`, and the id; a name that is none is refused. */
export function answerFields(call: Call, node: string, all: Record<string, unknown>, usual: string[]): void {
  const asked = askedFields(call.query);
  const unknown = asked?.find((name) => !Object.hasOwn(all, name));
  if (unknown !== undefined)
    answerError(
      call.response,
      metaError(100, `Tried accessing nonexisting field (${unknown}) on node type (${node})`),
    );
  else answer(call.response, pickFields(all, asked ?? usual));
}

/** The id and these fields of a node. */
export function pickFields(all: Record<string, unknown>, names: string[]): Record<string, unknown> {
  return Object.fromEntries([...new Set([...names, 'id'])].map((name) => [name, all[name]]));
}
