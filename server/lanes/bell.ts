/** Something that rings when anything may be due, for any number of listeners. */
export interface Bell {
  ring(): void;
  /** How often it has rung. */
  rings(): number;
  /** Resolves when it has rung more often than that, or when the rest is over. */
  rungSince(rings: number, rest: Promise<void>): Promise<void>;
}

/** A bell that has not rung. */
export function openBell(): Bell {
  const listeners = new Set<() => void>();
  let count = 0;
  return {
    ring: () => {
      count++;
      for (const done of [...listeners]) done();
    },
    rings: () => count,
    rungSince: (rings, rest) =>
      new Promise((resolve) => {
        if (count > rings) return resolve();
        const done = () => {
          listeners.delete(done);
          resolve();
        };
        listeners.add(done);
        void rest.then(done);
      }),
  };
}
