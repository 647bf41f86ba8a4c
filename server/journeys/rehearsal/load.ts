import { usedShare } from '../../senders/pace/sender-pace.ts';

/** What is due at a sender in an hour that begins at `at`, in ms. */
export interface HourDue {
  at: number;
  messages: number;
  segments: number;
}

/** The same, beside what the sender can send. */
export interface HourOfLoad extends HourDue {
  /** Segments that have not left at the end of the hour, those left over from before among them. */
  left: number;
  /** How much later than it was due the last message of the hour leaves, in ms; 0 where all leave in time. */
  lateMs: number;
}

const hourMs = 3_600_000;

/**
 * A sender's hours beside its pace, in segments a second and perhaps a day of its zone. What is due in an hour and cannot leave in it leaves in the next ones.
 * What else the sender has to send is not known. Pure.
 */
export function loadOf(
  due: readonly HourDue[],
  { mps, dailyCap, dayZone }: { mps: number; dailyCap: number | null; dayZone: string },
): HourOfLoad[] {
  const anHour = mps * usedShare * 3_600;
  const waiting: { hour: HourOfLoad; segments: number }[] = [];
  const hours = new Map<number, HourOfLoad>();
  const days = new Map<string, number>();
  const sorted = due.toSorted((a, b) => a.at - b.at);
  let next = 0;
  let at = sorted[0]?.at ?? 0;
  while (next < sorted.length || waiting.length > 0) {
    if (waiting.length === 0) at = Math.max(at, sorted[next]?.at ?? at);
    while (sorted[next] && sorted[next]!.at <= at) {
      const hour: HourOfLoad = { ...sorted[next]!, left: 0, lateMs: 0 };
      hours.set(hour.at, hour);
      waiting.push({ hour, segments: hour.segments });
      next++;
    }
    const day = dayOf(at, dayZone);
    const ofDay = dailyCap === null ? Number.POSITIVE_INFINITY : dailyCap - (days.get(day) ?? 0);
    let room = Math.min(anHour, ofDay);
    let used = 0;
    while (waiting[0] && room > 0) {
      const [first] = waiting;
      const taken = Math.min(first.segments, room);
      first.segments -= taken;
      room -= taken;
      used += taken;
      if (first.segments > 1e-9) break;
      waiting.shift();
      // In its own hour it leaves as it is due.
      const isLate = at > first.hour.at;
      first.hour.lateMs = isLate ? at + (used / anHour) * hourMs - (first.hour.at + hourMs) : 0;
    }
    days.set(day, (days.get(day) ?? 0) + used);
    const here = hours.get(at);
    if (here) here.left = Math.ceil(waiting.reduce((sum, { segments }) => sum + segments, 0));
    at += hourMs;
  }
  return [...hours.values()].map((hour) => ({ ...hour, lateMs: Math.round(Math.max(0, hour.lateMs)) }));
}

const dayOf = (at: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString();
