/** A span of instants (milliseconds since 1970, [from, to)) through which a zone keeps one offset from UTC. */
export interface OffsetSpan {
  readonly from: number;
  readonly to: number;
  /** Milliseconds that the local clock is ahead of UTC. */
  readonly offset: number;
}

const kept = new Map<string, readonly OffsetSpan[]>();

/** The spans of constant offset of a zone through one year of UTC, in order and without gaps. */
export function offsetSpans(zone: string, year: number): readonly OffsetSpan[] {
  const key = `${year}${zone}`;
  let spans = kept.get(key);
  if (!spans) {
    spans = findSpans(zone, year);
    kept.set(key, spans);
  }
  return spans;
}

function findSpans(zone: string, year: number): readonly OffsetSpan[] {
  const end = Date.UTC(year + 1, 0, 1);
  const spans: OffsetSpan[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(Date.UTC(year, 0, 1)).toZonedDateTimeISO(zone);
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    const to = Math.min(next?.epochMilliseconds ?? end, end);
    spans.push({ from: at.epochMilliseconds, to, offset: at.offsetNanoseconds / 1e6 });
    if (!next || to === end) return spans;
    at = next;
  }
}
