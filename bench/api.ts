import { type FormData, Pool } from 'undici';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Calls the program's HTTP API with its key. */
export interface Api {
  /** Calls and returns the answer's body; throws with what was answered when it is not 2xx. */
  call(method: Method, path: string, body?: unknown): Promise<unknown>;
  /** The same for an answer of any type, as text. */
  read(method: Method, path: string, body?: unknown): Promise<string>;
  /** The same with a body that is JSON text already. */
  post(path: string, json: string): Promise<unknown>;
  /** Posts a form with a file. */
  upload(path: string, form: FormData): Promise<unknown>;
  close(): Promise<void>;
}

const connections = 8;
const answerWithinMs = 120_000;

/** Opens connections to the program at `url`. */
export function openApi(url: string, key: string): Api {
  const pool = new Pool(url, {
    connections,
    headersTimeout: answerWithinMs,
    bodyTimeout: answerWithinMs,
    keepAliveTimeout: 60_000,
  });
  async function exchangeText(method: Method, path: string, body: string | FormData | null): Promise<string> {
    const headers: Record<string, string> = { 'api-key': key };
    if (typeof body === 'string') headers['content-type'] = 'application/json';
    const answer = await pool.request({ method, path, headers, body });
    const text = await answer.body.text();
    if (answer.statusCode < 200 || answer.statusCode > 299)
      throw new Error(`${method} ${path} answered ${answer.statusCode}: ${text.slice(0, 500)}`);
    return text;
  }
  const jsonOf = (body: unknown) => (body === undefined ? null : JSON.stringify(body));
  const exchange = async (...call: Parameters<typeof exchangeText>): Promise<unknown> =>
    JSON.parse(await exchangeText(...call));
  return {
    call: (method, path, body) => exchange(method, path, jsonOf(body)),
    read: (method, path, body) => exchangeText(method, path, jsonOf(body)),
    post: (path, json) => exchange('POST', path, json),
    upload: (path, form) => exchange('POST', path, form),
    close: () => pool.destroy(),
  };
}

/** The value at `path` of an answer; throws when it is not of the kind asked for. */
export function readNumber(answer: unknown, ...path: (string | number)[]): number {
  const value = readValue(answer, ...path);
  if (typeof value !== 'number') throw new Error(`the answer has no number at ${path.join('.')}`);
  return value;
}

/** The same for text. */
export function readText(answer: unknown, ...path: (string | number)[]): string {
  const value = readValue(answer, ...path);
  if (typeof value !== 'string') throw new Error(`the answer has no text at ${path.join('.')}`);
  return value;
}

/** The same for a list. */
export function readList(answer: unknown, ...path: (string | number)[]): unknown[] {
  const value = readValue(answer, ...path);
  if (!Array.isArray(value)) throw new Error(`the answer has no list at ${path.join('.')}`);
  return value;
}

/** Whatever stands at `path` of an answer; undefined where nothing does. */
export function readValue(answer: unknown, ...path: (string | number)[]): unknown {
  let value = answer;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}
