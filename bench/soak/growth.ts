/** What a program takes at one moment. */
export interface Sample {
  /** Bytes of memory. */
  bytes: number;
  /** Connections to the database. */
  connections: number;
}

const mega = 1024 * 1024;
/** Fewer looks say nothing. */
const fewest = 12;
/** A young program warms up: by so much it may grow. */
const room = { share: 0.3, bytes: 64 * mega, connections: 8 };

/**
 * What has grown between the first third of the looks and the last, in words. Memory by its lowest: it rises and falls
 * as garbage is collected. Connections by their highest.
 */
export function growthOf(samples: readonly Sample[]): string[] {
  if (samples.length < fewest) return [];
  const third = Math.floor(samples.length / 3);
  const [first, last] = [samples.slice(0, third), samples.slice(-third)];
  const lowest = (part: readonly Sample[]) => Math.min(...part.map(({ bytes }) => bytes));
  const highest = (part: readonly Sample[]) => Math.max(...part.map(({ connections }) => connections));
  const [before, after] = [lowest(first), lowest(last)];
  const grown: string[] = [];
  if (after > before * (1 + room.share) && after > before + room.bytes)
    grown.push(`memory grew from ${inMiB(before)} to ${inMiB(after)}`);
  if (highest(last) > highest(first) + room.connections)
    grown.push(`connections grew from ${highest(first)} to ${highest(last)}`);
  return grown;
}

/** Bytes in words. */
export const inMiB = (bytes: number): string => `${Math.round(bytes / mega)} MiB`;
