import type { Clock } from '../../clock/clock.ts';

/**
 * Lets codes go first where they and a blast share a machine: while single transactional messages are heard of, work
 * that can wait rests twice as long as it has just worked, and a code finds a processor free at each of its steps. A
 * blast loses less by it than it rests, since its batches grow meanwhile.
 */
export interface Courtesy {
  /** A single transactional message is due. */
  heard(): void;
  /** Rests after work that took `workedMs`, if codes are going out. */
  rest(workedMs: number): Promise<void>;
}

/** Codes are going out for so long after the last one was heard of. */
const goingOutMs = 2_000;
/** How long a rest is to the work before it; `npm run bench` shows what it gives to codes and takes from a blast. */
const restShare = 2;
/** Work that took longer than half of this has waited for something. */
const longestRestMs = 1_000;

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
