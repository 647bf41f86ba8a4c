/** Where a true number lies, in this share of all cases; 1 where everybody is counted. */
export interface Between {
  from: number;
  to: number;
  surety: number;
}

const surety = 0.95;
/** Standard deviations of a normal distribution within which 95 % lie. */
const deviations = 1.96;

/** So many in all, where `found` are in so large a part of the lanes, into which people fall by a hash. Pure. */
export const inAll = (found: number, part: number): number => Math.round(found / part);

/**
 * Between what the number in all lies: each of them had the chance `part` to be among those found, so that these are spread as by a
 * binomial distribution of an unknown number of draws; its score interval. Pure.
 */
export function between(found: number, part: number): Between {
  if (part >= 1) return { from: found, to: found, surety: 1 };
  const spread = deviations * Math.sqrt(part * (1 - part));
  const root = Math.sqrt(spread ** 2 + 4 * part * found);
  const [low, high] = [(root - spread) / (2 * part), (root + spread) / (2 * part)];
  return { from: Math.max(found, Math.floor(low ** 2)), to: Math.ceil(high ** 2), surety };
}
