/** What many waits come to: the middle one, and the one that nine of ten are not longer than (nearest rank). */
export interface Summary {
  count: number;
  /** Seconds; null where there is none. */
  median: number | null;
  p90: number | null;
}

/** Sums up waits in seconds. Pure. */
export function summaryOf(seconds: readonly number[]): Summary {
  const sorted = seconds.toSorted((a, b) => a - b);
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
  return { count: sorted.length, median: rank(0.5), p90: rank(0.9) };
}
