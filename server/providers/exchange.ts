import { type Dispatcher, Pool } from 'undici';
import { guardedConnector } from '../outbound/connect.ts';
import { type Guard, OutboundRefused } from '../outbound/guard.ts';
import { tellDeparture } from './departure.ts';
import { type Download, type DownloadRequest, openDownloads } from './download.ts';
import type { SendContext } from './sending.ts';
import { withoutSecrets } from './without-secrets.ts';

/** One HTTP request to a provider. `path` starts with a slash and carries its query. */
export interface ExchangeRequest {
  origin: string;
  path: string;
  method: 'GET' | 'POST' | 'DELETE';
  /** Names and values in turn. */
  headers: string[];
  body?: string | Uint8Array;
  /** What the headers hold that no answer may give back to whoever reads it. */
  secrets: readonly string[];
}

/** How one HTTP exchange ended. Only `unsent` says for sure that the provider never saw the request. */
export type Exchange =
  | { kind: 'answered'; status: number; retryAfterMs: number | undefined; body: string }
  | { kind: 'unsent'; cause: 'connect' | 'aborted' | 'invalid' | 'refused'; detail: string }
  | { kind: 'lost'; detail: string };

/** HTTP exchanges over kept-alive connections, a pool for each origin. */
export interface Exchanges {
  /**
   * Makes one exchange; never rejects. `context.onDeparted` is called once: when the last byte has been given
   * to the socket, or when it is certain that none will be. `context.signal` keeps a request that has not
   * departed from departing; one that has is left to end.
   */
  run(request: ExchangeRequest, context?: SendContext): Promise<Exchange>;
  /** Fetches a file; never rejects. */
  download(asked: DownloadRequest): Promise<Download>;
  /** Ends what is under way and closes the connections. */
  close(): Promise<void>;
}

/** Limits of the pools; the defaults suit a provider across the Internet. */
export interface ExchangeLimits {
  /** Connections to one origin; each carries one request at a time. */
  connections?: number;
  connectTimeoutMs?: number;
  /** The longest wait for the answer's head, and between two pieces of its body. */
  answerTimeoutMs?: number;
  /** The longest that an answer's body may take, however it trickles. */
  bodyMs?: number;
}

const LARGEST_ANSWER_BYTES = 8 * 1024 * 1024;

/** Builds the pools, each when its origin is first used. Redirects are not followed, and what is compressed is not unpacked. */
export function createExchanges(guard: Guard, limits: ExchangeLimits = {}): Exchanges {
  const pools = new Map<string, Pool>();
  const downloads = openDownloads(guard);

  function poolOf(origin: string): Pool {
    let pool = pools.get(origin);
    if (pool === undefined) {
      pool = new Pool(origin, {
        connections: limits.connections ?? 256,
        pipelining: 1,
        // HTTP/1.1 only: there the request's last byte and the answer can be told apart for each message.
        connect: guardedConnector(guard, origin, limits.connectTimeoutMs ?? 5_000),
        headersTimeout: limits.answerTimeoutMs ?? 15_000,
        bodyTimeout: limits.answerTimeoutMs ?? 15_000,
        maxResponseSize: LARGEST_ANSWER_BYTES,
      });
      pools.set(origin, pool);
    }
    return pool;
  }

  return {
    run(request, context) {
      return new Promise((resolve) => {
        const handler = new ExchangeHandler(resolve, context, request.secrets, limits.bodyMs ?? 30_000);
        try {
          poolOf(request.origin).dispatch(
            {
              path: request.path,
              method: request.method,
              headers: request.headers,
              body: request.body,
            },
            handler,
          );
        } catch (error) {
          handler.onResponseError(null, error instanceof Error ? error : new Error(String(error)));
        }
      });
    },
    download: downloads.get,
    async close() {
      const open = [...pools.values()];
      pools.clear();
      await Promise.all([downloads.close(), ...open.map((pool) => pool.close())]);
    },
  };
}

/** Undici's callbacks for one request. A class, so that a message costs one object and no closures. */
class ExchangeHandler implements Dispatcher.DispatchHandler {
  readonly #resolve: (exchange: Exchange) => void;
  readonly #context: SendContext | undefined;
  readonly #secrets: readonly string[];
  readonly #bodyMs: number;
  #bodyEndsAt = 0;
  #departed = false;
  #reported = false;
  #status = 0;
  #retryAfterMs: number | undefined;
  #first: Buffer | undefined;
  #rest: Buffer[] | undefined;

  constructor(
    resolve: (exchange: Exchange) => void,
    context: SendContext | undefined,
    secrets: readonly string[],
    bodyMs: number,
  ) {
    this.#resolve = resolve;
    this.#context = context;
    this.#secrets = secrets;
    this.#bodyMs = bodyMs;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#context?.signal?.aborted) controller.abort(new Error('stopped before it was sent'));
  }

  onRequestSent(): void {
    this.#departed = true;
    this.#report();
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.#status = status;
    this.#bodyEndsAt = performance.now() + this.#bodyMs;
    if (status === 429 || status === 503)
      this.#retryAfterMs = retryAfterMs(headers['retry-after'], headers.date);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    // Looked at as pieces come: between two of them the pool's own limit holds.
    if (performance.now() > this.#bodyEndsAt) controller.abort(new Error('the answer took too long'));
    else if (this.#first === undefined) this.#first = chunk;
    else if (this.#rest === undefined) this.#rest = [this.#first, chunk];
    else this.#rest.push(chunk);
  }

  onResponseEnd(): void {
    const bytes = this.#rest === undefined ? this.#first : Buffer.concat(this.#rest);
    this.#end({
      kind: 'answered',
      status: this.#status,
      retryAfterMs: this.#retryAfterMs,
      body: bytes === undefined ? '' : withoutSecrets(bytes.toString('utf8'), this.#secrets),
    });
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    const detail = describe(error);
    if (this.#departed) this.#end({ kind: 'lost', detail });
    else this.#end({ kind: 'unsent', cause: this.#causeOf(error), detail });
  }

  #causeOf(error: Error): 'connect' | 'aborted' | 'invalid' | 'refused' {
    if (error instanceof OutboundRefused) return 'refused';
    if (this.#context?.signal?.aborted) return 'aborted';
    const code = 'code' in error ? error.code : undefined;
    return code === 'UND_ERR_INVALID_ARG' || code === 'ERR_INVALID_URL' ? 'invalid' : 'connect';
  }

  #end(exchange: Exchange): void {
    this.#report();
    this.#resolve(exchange);
  }

  #report(): void {
    if (this.#reported) return;
    this.#reported = true;
    tellDeparture(this.#context);
  }
}

function describe(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : '';
  return `${code}${error.message || error.name}`;
}

/** The longest wait believed: a provider that asks for more is asked again after it. */
const LONGEST_WAIT_MS = 7 * 86_400_000;

/**
 * What a Retry-After header asks for, in milliseconds, a week at most. A date is read against the answer's own Date header, so
 * that neither clock has to be right.
 */
export function retryAfterMs(
  header: string | string[] | undefined,
  answeredAt: string | string[] | undefined,
): number | undefined {
  const value = Array.isArray(header) ? header[0] : header;
  if (value === undefined || value.trim() === '') return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return within(seconds * 1000);
  const until = Date.parse(value);
  const from = Date.parse(String(Array.isArray(answeredAt) ? answeredAt[0] : answeredAt));
  return Number.isNaN(until) || Number.isNaN(from) ? undefined : within(until - from);
}

function within(wait: number): number {
  return Math.min(LONGEST_WAIT_MS, Math.max(0, Math.ceil(wait)));
}
