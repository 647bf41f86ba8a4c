import { Agent, type IncomingHttpHeaders, request } from 'node:http';

/** What was answered. */
export interface Answer {
  /** 0 where the connection was cut or nothing was answered in time. */
  status: number;
  text: string;
  headers: IncomingHttpHeaders;
  ms: number;
  /** Nothing came in time. */
  stalled: boolean;
}

/** A call; `json` is written as JSON, `body` goes as it is. */
export interface Call {
  method: string;
  url: string;
  headers?: Record<string, string>;
  json?: unknown;
  body?: string | Buffer;
  /** 30 s unless given. */
  withinMs?: number;
}

const usualPatienceMs = 30_000;
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Calls with any headers, `Host` and `Origin` among them; whatever happens there is an answer. */
export function call({
  method,
  url,
  headers = {},
  json,
  body,
  withinMs = usualPatienceMs,
}: Call): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const began = performance.now();
  const within = AbortSignal.timeout(withinMs);
  let status = 0;
  let answered: IncomingHttpHeaders = {};
  const end = (text: string) =>
    resolve({
      ...{ status, text, headers: answered },
      ms: performance.now() - began,
      stalled: within.aborted,
    });
  const bytes = json === undefined ? body : JSON.stringify(json);
  const asking = request(
    url,
    {
      method,
      agent,
      signal: within,
      headers: {
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...(bytes === undefined ? {} : { 'content-length': String(Buffer.byteLength(bytes)) }),
        ...headers,
      },
    },
    (answer) => {
      let text = '';
      status = answer.statusCode ?? 0;
      answered = answer.headers;
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () => end(text));
      answer.on('error', (error) => end(`${text}\n${error.message}`));
    },
  );
  // A body that is refused before it is read comes to an end this way, after the answer or in its place.
  asking.on('error', (error) => end(error.message));
  asking.end(bytes);
  return promise;
}

/** The answer as JSON; null where it is none. */
export function jsonOf({ text }: Answer): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What stands at a path of an answer; undefined where nothing does. */
export function at(answer: Answer, ...path: (string | number)[]): unknown {
  let value = jsonOf(answer);
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}

/** A call and its answer in a line. */
export function told(what: string, { status, ms, text }: Answer): string {
  const answered =
    status === 0 ? `no answer (${text})` : `${status} ${text.replace(/\s+/g, ' ').slice(0, 160)}`;
  return `${what}: ${answered} after ${Math.round(ms)} ms`;
}

/** Whether it was refused for a fault of the caller's: a 4xx, or a connection that was cut. */
export function refused({ status }: Answer): boolean {
  return status === 0 || (status >= 400 && status < 500);
}
