/** Bounds how many posts are under way at once in this process. */
export interface InFlight {
  /** Resolves when there is room, having taken it. */
  enter(): Promise<void> | undefined;
  leave(): void;
  /** Resolves when nothing is under way any more. */
  drained(): Promise<void>;
}

/** As many posts as there are connections to a provider: a claimed message must not wait behind others. */
export function openInFlight(most: number): InFlight {
  let count = 0;
  const waiting: (() => void)[] = [];
  const idle: (() => void)[] = [];
  return {
    enter() {
      if (count < most) {
        count++;
        return undefined;
      }
      return new Promise((resolve) => waiting.push(resolve));
    },
    leave() {
      const next = waiting.shift();
      if (next) return next();
      count--;
      if (count === 0) for (const resolve of idle.splice(0)) resolve();
    },
    drained: () => (count === 0 ? Promise.resolve() : new Promise((resolve) => idle.push(resolve))),
  };
}
