/** The person at the terminal, or the system, asked the bench to end. */
export class Interrupted extends Error {}

/**
 * Waits for `work`, and rejects with `Interrupted` as soon as SIGINT or SIGTERM comes, so that whoever started
 * processes stops them on the way out in place of leaving them behind.
 */
export async function unlessInterrupted<Result>(work: Promise<Result>): Promise<Result> {
  const { promise: interrupted, reject } = Promise.withResolvers<never>();
  const onSignal = (signal: NodeJS.Signals) => reject(new Interrupted(`interrupted by ${signal}`));
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    return await Promise.race([work, interrupted]);
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}
