import { handsetName, type Medium, mediumOf, plainAddress, type WireName } from '../ledger/entry.ts';

/** A post that was refused: not a message, but seen. */
interface Attempt {
  wire: WireName;
  from: string;
  to: string;
  code: number;
}

/** Which attempts are asked for. */
interface AttemptFilter {
  wire?: WireName;
  medium?: Medium;
  from?: string;
  to?: string;
  code?: number;
}

/** The refused posts since the ledger was last emptied. */
export interface Attempts {
  add(attempt: Attempt): void;
  /** How many, and how many of each code. */
  count(filter: AttemptFilter): { count: number; codes: Record<string, number> };
  clear(): void;
}

/** No attempts yet. */
export function createAttempts(): Attempts {
  let attempts: Attempt[] = [];
  return {
    add: (attempt) => attempts.push(attempt),
    count({ wire, medium, from, to, code }) {
      const codes: Record<string, number> = {};
      let count = 0;
      for (const attempt of attempts) {
        if (wire !== undefined && attempt.wire !== wire) continue;
        if (medium !== undefined && mediumOf(attempt) !== medium) continue;
        if (from !== undefined && plainAddress(attempt.from) !== from) continue;
        if (to !== undefined && handsetName(attempt.to) !== handsetName(to)) continue;
        if (code !== undefined && attempt.code !== code) continue;
        count += 1;
        codes[attempt.code] = (codes[attempt.code] ?? 0) + 1;
      }
      return { count, codes };
    },
    clear() {
      attempts = [];
    },
  };
}
