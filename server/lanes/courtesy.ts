import type { Clock } from '../clock/clock.ts';

/**
 * Lets prompt work go first where it shares a machine with work that can wait: while wakes tell of such work the rest rests
 * twice as long as it has just worked, so that a code finds a processor free at each of its steps. A blast loses less by
 * it than it rests, since its batches grow meanwhile.
 */
export interface Courtesy {
  /** Something prompt is due. */
  heard(): void;
  /** Rests after work that took `workedMs`, if something prompt is going on. */
  rest(workedMs: number): Promise<void>;
}

/** More is on its way for so long after the last was heard of. */
const goingOutMs = 2_000;
/** How long a rest is to the work before it; `npm run bench` shows what it gives to codes and takes from a blast. */
const restShare = 2;
/** Work that took longer than half of this has waited for something. */
const longestRestMs = 1_000;

/** Does a part of work that nobody waits for, and rests before the next: what is being sent goes first. */
export async function restAfter<Result>(clock: Clock, work: () => Promise<Result>): Promise<Result> {
  const begin = performance.now();
  const result = await work();
  await clock.sleep(Math.min(restShare * (performance.now() - begin), longestRestMs));
  return result;
}

/** None has been heard of yet. */
export function openCourtesy(clock: Clock): Courtesy {
  let heardAt = Number.NEGATIVE_INFINITY;
  return {
    heard: () => {
      heardAt = clock.now().getTime();
    },
    async rest(workedMs) {
      if (clock.now().getTime() - heardAt > goingOutMs) return;
      await clock.sleep(Math.min(restShare * workedMs, longestRestMs));
    },
  };
}
