import type { Clock } from '../clock/clock.ts';

/** A clock that stands until a test moves it. */
export interface TestClock extends Clock {
  set(instant: string | Date): void;
  advance(milliseconds: number): void;
}

/** A clock standing at `instant`; sleepers wake when it has been moved past their time. */
export function standingClock(instant: string | Date): TestClock {
  let present = new Date(instant).getTime();
  let sleepers: { until: number; wake: () => void }[] = [];
  const wakeDue = () => {
    const due = sleepers.filter((sleeper) => sleeper.until <= present);
    sleepers = sleepers.filter((sleeper) => sleeper.until > present);
    for (const sleeper of due) sleeper.wake();
  };
  return {
    now: () => new Date(present),
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        sleepers.push({ until: present + milliseconds, wake: resolve });
        signal?.addEventListener('abort', () => resolve(), { once: true });
        if (signal?.aborted) resolve();
        wakeDue();
      }),
    set: (to) => {
      present = new Date(to).getTime();
      wakeDue();
    },
    advance: (milliseconds) => {
      present += milliseconds;
      wakeDue();
    },
  };
}

/**
 * A clock that runs as the machine's does, but from another instant, and that a test can move on: for tests of
 * the whole program, whose workers sleep between looks.
 */
export function runningClock(instant: string | Date): TestClock {
  let offset = new Date(instant).getTime() - Date.now();
  let wakes: (() => void)[] = [];
  const wakeAll = () => {
    for (const wake of wakes.splice(0)) wake();
  };
  return {
    now: () => new Date(Date.now() + offset),
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          wakes = wakes.filter((wake) => wake !== done);
          resolve();
        };
        const timer = setTimeout(done, milliseconds);
        wakes.push(done);
        signal?.addEventListener('abort', done, { once: true });
        if (signal?.aborted) done();
      }),
    set: (to) => {
      offset = new Date(to).getTime() - Date.now();
      wakeAll();
    },
    advance: (milliseconds) => {
      offset += milliseconds;
      wakeAll();
    },
  };
}
