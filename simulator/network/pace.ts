/** Holds each sender to its messages per second. */
export interface Pace {
  /** Whether `sender` may post one more at `now` (milliseconds), given `mps`; if so it is counted. */
  take(sender: string, mps: number, now: number): boolean;
}

/**
 * In no span of one second do more than `mps` posts of a sender pass: the last `mps` instants are kept. A pace of
 * a handset's own is counted apart, over the posts to handsets of that pace.
 */
export function createPace(): Pace {
  const rings = new Map<string, { instants: Float64Array; next: number }>();
  return {
    take(sender, mps, now) {
      const size = Math.max(1, Math.floor(mps));
      const key = `${sender}/${size}`;
      let ring = rings.get(key);
      if (!ring) {
        ring = { instants: new Float64Array(size).fill(Number.NEGATIVE_INFINITY), next: 0 };
        rings.set(key, ring);
      }
      // A rate below one a second is a longer span for a single message.
      const span = mps < 1 ? 1000 / mps : 1000;
      if (now - ring.instants[ring.next]! < span) return false;
      ring.instants[ring.next] = now;
      ring.next = (ring.next + 1) % size;
      return true;
    },
  };
}
