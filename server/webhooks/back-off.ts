const firstWaitMs = 10_000;
const longestWaitMs = 3_600_000;
/** How long an event is tried to be delivered, from when it happened. */
const keptForMs = 24 * 3_600_000;

/**
 * When to try again after so many failed attempts: ten seconds, then twice as long each time, an hour at most.
 * Null when the event is a day old by then: it is dropped.
 */
export function nextAttempt(attempts: number, createdAt: Date, now: Date): Date | null {
  const wait = Math.min(longestWaitMs, firstWaitMs * 2 ** (attempts - 1));
  const next = now.getTime() + wait;
  return next - createdAt.getTime() > keptForMs ? null : new Date(next);
}
