import { setTimeout as sleepFor } from 'node:timers/promises';

/**
 * Where time comes from. Everything that asks for the present instant takes a clock as an argument, so that
 * a test can stand at half past eight in Honolulu without waiting for it.
 */
export interface Clock {
  /** The present instant. */
  now(): Date;
  /** Resolves after `milliseconds`, or early when `signal` aborts (it never rejects). */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (milliseconds, signal) => sleepFor(milliseconds, undefined, { signal }).catch(() => undefined),
};
