import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../../clock/clock.ts';
import { ApiError } from '../../http/errors.ts';

/** What reading one template may take; its thread is ended then. */
const longestApartMs = 10_000;
/** Threads at once, and calls that wait for one. */
const mostAtOnce = 2;
const mostWaiting = 20;

let running = 0;
const waiting: (() => void)[] = [];

/**
 * Runs `file` on a thread of its own with `task` as its data and gives back what it posts, so that whoever else calls is
 * answered meanwhile. Throws `InvalidTemplate` when it takes too long: the thread is ended, whatever it is at.
 */
export async function runApart(file: URL, task: unknown, clock: Clock): Promise<unknown> {
  await takeTurn();
  try {
    return await timed(new Worker(file, { workerData: task }), clock);
  } finally {
    running--;
    waiting.shift()?.();
  }
}

async function timed(worker: Worker, clock: Clock): Promise<unknown> {
  const done = new AbortController();
  const tooLate = clock.sleep(longestApartMs, done.signal).then(() => {
    throw new ApiError(
      'InvalidTemplate',
      `The template takes more than ${longestApartMs / 1000} seconds to read; make it shorter, or use fewer snippets in it`,
    );
  });
  try {
    return await Promise.race([once(worker, 'message').then(([result]) => result), tooLate]);
  } finally {
    done.abort();
    await worker.terminate();
  }
}

async function takeTurn(): Promise<void> {
  if (waiting.length >= mostWaiting)
    throw new ApiError('RateLimitExceeded', 'Too many large templates are being read; try again in a moment');
  if (running >= mostAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  running++;
}
