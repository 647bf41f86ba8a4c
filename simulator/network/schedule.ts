import type { Logger } from 'pino';

/** Jobs that run later, many thousands at a time. */
export interface Schedule {
  /** Runs `job` about `delayMs` from now (never before the present turn of the event loop ends). */
  after(delayMs: number, job: () => void): void;
  /** How many jobs wait. */
  pending(): number;
  /** Drops every job. */
  clear(): void;
}

const tickMs = 5;
const farMs = 60_000;
/** The longest time a timer of the runtime can count, 24.8 days. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * A wheel: jobs are put in buckets of 5 ms, and one timer walks the buckets while there are any. A timer for
 * each job would cost more than the job. Jobs more than a minute away have timers of their own.
 */
export function createSchedule(log: Logger): Schedule {
  const start = performance.now();
  const buckets = new Map<number, (() => void)[]>();
  const far = new Set<NodeJS.Timeout>();
  let walked = 0;
  let near = 0;
  let timer: NodeJS.Timeout | null = null;

  /** A job that fails does not take the others, or the program, with it. */
  function run(job: () => void): void {
    try {
      job();
    } catch (error) {
      log.error({ err: error }, 'a scheduled job failed');
    }
  }

  const present = () => Math.floor((performance.now() - start) / tickMs);

  function walk(): void {
    const until = present();
    while (walked < until && near > 0) {
      walked += 1;
      const bucket = buckets.get(walked);
      if (!bucket) continue;
      buckets.delete(walked);
      near -= bucket.length;
      for (const job of bucket) run(job);
    }
    timer = near > 0 ? setTimeout(walk, tickMs) : null;
  }

  /** Waits with a timer of its own, or with one after another when the time is too long for a single one. */
  function waitLong(delayMs: number, job: () => void): void {
    const turn = Math.min(delayMs, longestTimerMs);
    const own = setTimeout(() => {
      far.delete(own);
      if (delayMs > turn) waitLong(delayMs - turn, job);
      else run(job);
    }, turn);
    far.add(own);
  }

  return {
    after(delayMs, job) {
      if (delayMs > farMs) {
        waitLong(delayMs, job);
        return;
      }
      if (near === 0) walked = present();
      const tick = Math.max(walked + 1, Math.ceil((performance.now() - start + delayMs) / tickMs));
      const bucket = buckets.get(tick);
      if (bucket) bucket.push(job);
      else buckets.set(tick, [job]);
      near += 1;
      timer ??= setTimeout(walk, tickMs);
    },
    pending: () => near + far.size,
    clear() {
      buckets.clear();
      near = 0;
      if (timer) clearTimeout(timer);
      timer = null;
      for (const own of far) clearTimeout(own);
      far.clear();
    },
  };
}
