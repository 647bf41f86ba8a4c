/** Clocks differ by so much: an opt-in of a minute ahead is of now, one of later has not happened. */
const clockLeeway = 60_000;

/** The latest time at which something can have happened that is told at `now`. */
export function latestOf(now: Date): Date {
  return new Date(now.getTime() + clockLeeway);
}
