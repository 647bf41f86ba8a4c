import assert from 'node:assert/strict';

/** Zones whose clock changes tests walk through: two of the north, one of the south whose days begin late by it, and one that has none. */
const walkedZones = ['Europe/Berlin', 'America/New_York', 'America/Santiago', 'Asia/Kolkata'] as const;
const withoutChanges: ReadonlySet<string> = new Set(['Asia/Kolkata']);

/** When clocks change in a zone after an instant, up to another, which is in. */
function changesIn(zone: string, after: Date, to: Date): Date[] {
  const found: Date[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(after.getTime()).toZonedDateTimeISO(zone);
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (!next || next.epochMilliseconds > to.getTime()) return found;
    found.push(new Date(next.epochMilliseconds));
    at = next;
  }
}

/** The same of all the zones that are walked through, in their order. */
export const clockChanges = (after: Date, to: Date): Date[] =>
  [...new Set(walkedZones.flatMap((zone) => changesIn(zone, after, to).map((change) => change.getTime())))]
    .toSorted((one, other) => one - other)
    .map((change) => new Date(change));

/** Holds that somebody who was there at these instants lived through both clock changes of a year in each zone that has any, to the millisecond. */
export function assertCrossed(instants: readonly Date[]): void {
  const times = new Set(instants.map((instant) => instant.getTime()));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  for (const zone of walkedZones) {
    const crossed = changesIn(zone, new Date(first), new Date(last)).filter(
      (change) => times.has(change.getTime() - 1) && times.has(change.getTime()),
    );
    if (withoutChanges.has(zone))
      assert.deepEqual(changesIn(zone, new Date(first), new Date(last)), [], zone);
    else assert.ok(crossed.length >= 2, `${zone}: ${crossed.map((change) => change.toISOString()).join()}`);
  }
}
