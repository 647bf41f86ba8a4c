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

/** Posts to the network's customers, many at once. */
export interface Callbacks {
  /**
   * Posts what `build` makes to `url` (of which a fragment is not sent), as soon as there is room, and again
   * until it is taken (2xx), with growing delay and for an hour at most. `build` is called anew for each try.
   */
  send(url: string, build: () => Callback): void;
  /** Posts once and answers what came back. */
  post(url: string, callback: Callback): Promise<CallbackAnswer>;
  /** Asks once by GET and answers what came back. */
  get(url: string): Promise<CallbackAnswer>;
  /** How many wait or are under way. */
  pending(): number;
  /** Forgets those that wait. */
  clear(): void;
  close(): Promise<void>;
}

const connections = 32;
// Posts marked idempotent may follow each other on a connection before the first is answered.
const pipelining = 8;
const lifeMs = 3_600_000;
const answerWithinMs = 15_000;

/** Delay before try number `tries + 1`: from a quarter of a second, doubling, to two minutes. */
function retryDelay(tries: number): number {
  return Math.min(250 * 2 ** (tries - 1), 120_000);
}

interface Job {
  origin: string;
  path: string;
  build: () => Callback;
  tries: number;
  born: number;
}

/** One customer's server: its connections, and what waits for it. */
interface Lane {
  pool: Pool;
  queue: Job[];
  head: number;
  underWay: number;
  /** Connections that failed since one last held; while there are any, one probe at a time. */
  failures: number;
  paused: boolean;
}

function split(url: string): { origin: string; path: string } {
  const slash = url.indexOf('/', url.indexOf('://') + 3);
  const hash = url.indexOf('#');
  const whole = hash < 0 ? url : url.slice(0, hash);
  return slash < 0
    ? { origin: whole, path: '/' }
    : { origin: whole.slice(0, slash), path: whole.slice(slash) };
}

/** Callbacks that wait their turn on `schedule`. */
export function createCallbacks(schedule: Schedule, now: () => number): Callbacks {
  const lanes = new Map<string, Lane>();
  let waitingForRetry = 0;
  let epoch = 0;
  let closed = false;

  function laneOf(origin: string): Lane {
    const known = lanes.get(origin);
    if (known) return known;
    const pool = new Pool(origin, {
      connections,
      pipelining,
      headersTimeout: answerWithinMs,
      bodyTimeout: answerWithinMs,
      keepAliveTimeout: 30_000,
    });
    const lane: Lane = { pool, queue: [], head: 0, underWay: 0, failures: 0, paused: false };
    lanes.set(origin, lane);
    return lane;
  }

  function enqueue(job: Job): void {
    let lane: Lane;
    try {
      lane = laneOf(job.origin);
    } catch {
      // An address that no connection can be made to is nobody's.
      return;
    }
    lane.queue.push(job);
    drain(lane);
  }

  function drain(lane: Lane): void {
    const room = lane.failures > 0 ? 1 : connections * pipelining;
    while (!closed && !lane.paused && lane.underWay < room && lane.head < lane.queue.length) {
      const job = lane.queue[lane.head]!;
      lane.head += 1;
      if (lane.head > 1024 && lane.head * 2 > lane.queue.length) {
        lane.queue = lane.queue.slice(lane.head);
        lane.head = 0;
      }
      dispatch(lane, job);
    }
  }

  function again(job: Job): void {
    job.tries += 1;
    if (closed || now() - job.born > lifeMs) return;
    const mine = epoch;
    waitingForRetry += 1;
    schedule.after(retryDelay(job.tries), () => {
      waitingForRetry = Math.max(0, waitingForRetry - 1);
      if (mine === epoch) enqueue(job);
    });
  }

  /** Nobody is there: the job waits in front, and the lane with it. */
  function noAnswer(lane: Lane, job: Job, mine: number): void {
    if (closed || mine !== epoch) return;
    if (now() - job.born <= lifeMs) {
      if (lane.head > 0) {
        lane.head -= 1;
        lane.queue[lane.head] = job;
      } else lane.queue.unshift(job);
    }
    if (lane.paused) return;
    lane.paused = true;
    lane.failures += 1;
    schedule.after(Math.min(100 * 2 ** Math.min(lane.failures - 1, 10), 5_000), () => {
      lane.paused = false;
      drain(lane);
    });
  }

  function dispatch(lane: Lane, job: Job): void {
    const { headers, body } = job.build();
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
          lane.failures = 0;
          if ((status < 200 || status > 299) && mine === epoch) again(job);
          drain(lane);
        },
        onResponseError() {
          lane.underWay -= 1;
          noAnswer(lane, job, mine);
        },
      },
    );
  }

  async function ask(method: 'POST' | 'GET', url: string, callback: Callback): Promise<CallbackAnswer> {
    const { headers, body } = callback;
    const { origin, path } = split(url);
    try {
      const options = method === 'POST' ? { method, path, headers, body } : { method, path, headers };
      const answer = await laneOf(origin).pool.request(options);
      return { status: answer.statusCode, text: await answer.body.text() };
    } catch {
      return { status: null, text: '' };
    }
  }

  return {
    send: (url, build) => enqueue({ ...split(url), build, tries: 0, born: now() }),
    post: (url, callback) => ask('POST', url, callback),
    get: (url) => ask('GET', url, { headers: [], body: '' }),
    pending() {
      let sum = waitingForRetry;
      for (const lane of lanes.values()) sum += lane.queue.length - lane.head + lane.underWay;
      return sum;
    },
    clear() {
      epoch += 1;
      waitingForRetry = 0;
      for (const lane of lanes.values()) {
        lane.queue = [];
        lane.head = 0;
        lane.paused = false;
      }
    },
    async close() {
      closed = true;
      await Promise.all([...lanes.values()].map((lane) => lane.pool.destroy()));
    },
  };
}
