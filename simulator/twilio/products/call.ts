import type { Network } from '../../network/network.ts';
import type { Account } from '../../network/registry.ts';

/** One call to a product of Twilio's beside its messages. */
export interface Call {
  network: Network;
  account: Account;
  method: string;
  /** Scheme and host that were called. */
  origin: string;
  /** The path without `.json` and query. */
  path: string;
  query: URLSearchParams;
  /** The fields of a form post. */
  form: URLSearchParams;
  /** The body of a JSON post, null for another. */
  json: unknown;
  /** What stands in the path where the route has `:name`. */
  params: Record<string, string>;
}

/** What is answered: JSON, or nothing for what was removed. */
export interface Answer {
  status: number;
  json?: unknown;
  headers?: Record<string, string>;
}

/** One call that is served: its method, its path with `:name` for what varies, and what it does. */
export interface Route {
  method: string;
  path: string;
  answer(call: Call): Answer | Promise<Answer>;
}

/** An instant as the API of 2010 writes it (RFC 2822) or the later ones do (ISO 8601), in whole seconds. */
export function dateText(call: Call, at: number): string {
  const date = new Date(Math.floor(at / 1000) * 1000);
  return isOf2010(call) ? date.toUTCString().replace('GMT', '+0000') : `${date.toISOString().slice(0, 19)}Z`;
}

/** Whether a call is to the API of 2010, which pages, dates and names addresses in its own way. */
export function isOf2010(call: Call): boolean {
  return call.path.startsWith('/2010-04-01/');
}
