import type { Logger } from 'pino';
import { Pool } from 'undici';
import type { Schedule } from './schedule.ts';

/** What is posted to one of the network's customers. */
export interface Callback {
  /** Names and values in turn. */
  headers: string[];
  body: string;
}

/** What a customer's server said: its HTTP status and text, or null when nobody answered. */
export interface CallbackAnswer {
  status: number | null;
  text: string;
}

/** A try that was not taken (2xx), as those who ask are told of it. */
export interface FailedTry {
  url: string;
  /** What was posted. */
  body: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** How a try ended: with an HTTP status, without a connection, or without an answer in time. */
type Outcome = number | 'noConnection' | 'noAnswer';

/** Whether a callback that was not taken (2xx) is posted again. */
export interface RetryPolicy {
  /** How many tries there are after the first. */
  retries: number;
  /** How long after the first try the last one may be, in milliseconds. */
  withinMs: number;
  /** Whether such an end is one to try again after. */
  covers(outcome: Outcome): boolean;
}

/** Posts to the network's customers, many at once. */
export interface Callbacks {
  /**
   * Posts what `build` makes to `url` (of which a fragment is not sent), as soon as there is room, and again
   * with growing delay as `policy` says. `build` is called anew for each try.
   */
  send(url: string, policy: RetryPolicy, build: () => Callback): void;
  /** Posts at once and answers what came back; if that was no 2xx, posts again later as `policy` says. */
  post(url: string, policy: RetryPolicy, build: () => Callback): Promise<CallbackAnswer>;
  /** Asks once by GET and answers what came back. */
  get(url: string): Promise<CallbackAnswer>;
  /** The latest tries that were not taken, oldest first. */
  failed(): readonly FailedTry[];
  /** How many wait or are under way. */
  pending(): number;
  /** Forgets those that wait. */
  clear(): void;
  close(): Promise<void>;
}

/** So many failed tries are remembered. */
const mostFailed = 1_000;
const connections = 32;
// Posts marked idempotent may follow each other on a connection before the first is answered.
const pipelining = 8;
/** Connect and read timeouts of webhooks (twilio.com, webhooks connection overrides: ct, rt). */
const timeoutMs = { connect: 5_000, answer: 15_000 };

/** Delay before the retry of this number: 400 ms, doubling, to two minutes; five of them take 12 seconds. */
function retryDelay(retry: number): number {
  return Math.min(400 * 2 ** (retry - 1), 120_000);
}

interface Job {
  origin: string;
  path: string;
  build: () => Callback;
  policy: RetryPolicy;
  retries: number;
  /** Instant of the first try, milliseconds since 1970. */
  born: number;
  /** What was posted last. */
  body: string;
}

/** One customer's server: its connections, and what waits for it. */
interface Lane {
  pool: Pool;
  queue: Job[];
  head: number;
  underWay: number;
}

/** Whether callbacks can be posted to an address: `http://` or `https://`, a host, and no blanks. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s/?#]\S*$/i.test(text) && URL.canParse(text);
}

/** How a failed try ended; null when it was the request itself that cannot be sent to anyone. */
function outcomeOf(error: Error): Outcome | null {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'UND_ERR_INVALID_ARG') return null;
  return code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT' ? 'noAnswer' : 'noConnection';
}

/** Callbacks that wait their turn on `schedule`. */
export function createCallbacks(schedule: Schedule, now: () => number, log: Logger): Callbacks {
  const lanes = new Map<string, Lane>();
  let waitingForRetry = 0;
  let epoch = 0;
  let closed = false;
  let failed: FailedTry[] = [];

  function laneOf(origin: string): Lane {
    const known = lanes.get(origin);
    if (known) return known;
    const pool = new Pool(origin, {
      connections,
      pipelining,
      connectTimeout: timeoutMs.connect,
      headersTimeout: timeoutMs.answer,
      bodyTimeout: timeoutMs.answer,
      keepAliveTimeout: 30_000,
    });
    const lane: Lane = { pool, queue: [], head: 0, underWay: 0 };
    lanes.set(origin, lane);
    return lane;
  }

  function jobFor(url: string, policy: RetryPolicy, build: () => Callback): Job | null {
    if (!isWebAddress(url)) {
      log.warn({ url }, 'a callback to an address that is none was dropped');
      return null;
    }
    const { origin, pathname, search } = new URL(url);
    return { origin, path: pathname + search, build, policy, retries: 0, born: now(), body: '' };
  }

  function enqueue(job: Job): void {
    const lane = laneOf(job.origin);
    lane.queue.push(job);
    drain(lane);
  }

  function drain(lane: Lane): void {
    while (!closed && lane.underWay < connections * pipelining && lane.head < lane.queue.length) {
      const job = lane.queue[lane.head]!;
      lane.head += 1;
      if (lane.head > 1024 && lane.head * 2 > lane.queue.length) {
        lane.queue = lane.queue.slice(lane.head);
        lane.head = 0;
      }
      dispatch(lane, job);
    }
  }

  /** Sees to a job after a try: it is done, or it waits for its next one. */
  function settle(job: Job, outcome: Outcome, mine: number): void {
    if (closed || mine !== epoch) return;
    if (typeof outcome === 'number' && outcome >= 200 && outcome < 300) return;
    if (failed.length >= 2 * mostFailed) failed = failed.slice(-mostFailed);
    failed.push({ url: job.origin + job.path, body: job.body, at: now() });
    const delay = retryDelay(job.retries + 1);
    const isLast = job.retries >= job.policy.retries || now() + delay - job.born > job.policy.withinMs;
    if (isLast || !job.policy.covers(outcome)) return;
    job.retries += 1;
    waitingForRetry += 1;
    schedule.after(delay, () => {
      if (mine !== epoch) return;
      waitingForRetry -= 1;
      enqueue(job);
    });
  }

  function fail(job: Job, error: Error, mine: number): void {
    const outcome = outcomeOf(error);
    if (outcome !== null) settle(job, outcome, mine);
    else log.warn({ err: error, url: job.origin + job.path }, 'a callback that cannot be sent was dropped');
  }

  function dispatch(lane: Lane, job: Job): void {
    const { headers, body } = job.build();
    job.body = body;
    const mine = epoch;
    let status = 0;
    lane.underWay += 1;
    lane.pool.dispatch(
      { path: job.path, method: 'POST', idempotent: true, blocking: false, headers, body },
      {
        onRequestStart() {},
        onResponseStart(_controller, code) {
          status = code;
        },
        onResponseData() {},
        onResponseEnd() {
          lane.underWay -= 1;
          settle(job, status, mine);
          drain(lane);
        },
        onResponseError(_controller, error) {
          lane.underWay -= 1;
          fail(job, error, mine);
          // Some errors are told while `drain` is still at work.
          queueMicrotask(() => drain(lane));
        },
      },
    );
  }

  return {
    send(url, policy, build) {
      const job = jobFor(url, policy, build);
      if (job) enqueue(job);
    },
    async post(url, policy, build) {
      const job = jobFor(url, policy, build);
      if (!job) return { status: null, text: '' };
      const mine = epoch;
      try {
        const { pool } = laneOf(job.origin);
        const callback = job.build();
        job.body = callback.body;
        const answer = await pool.request({ method: 'POST', path: job.path, ...callback });
        const text = await answer.body.text();
        settle(job, answer.statusCode, mine);
        return { status: answer.statusCode, text };
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        fail(job, error, mine);
        return { status: null, text: '' };
      }
    },
    async get(url) {
      const { origin, pathname, search } = new URL(url);
      try {
        const answer = await laneOf(origin).pool.request({ method: 'GET', path: pathname + search });
        return { status: answer.statusCode, text: await answer.body.text() };
      } catch (error) {
        log.info({ err: error, url }, 'nobody answers');
        return { status: null, text: '' };
      }
    },
    failed: () => failed,
    pending() {
      let sum = waitingForRetry;
      for (const lane of lanes.values()) sum += lane.queue.length - lane.head + lane.underWay;
      return sum;
    },
    clear() {
      epoch += 1;
      waitingForRetry = 0;
      failed = [];
      for (const lane of lanes.values()) {
        lane.queue = [];
        lane.head = 0;
      }
    },
    async close() {
      closed = true;
      await Promise.all([...lanes.values()].map((lane) => lane.pool.destroy()));
    },
  };
}
