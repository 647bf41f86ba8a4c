import { type Clock, systemClock } from './clock.ts';

/** How a process measures how much time goes by. What its clock shows does not matter. */
export interface OwnTime {
  /** Ms since some instant; never set back or forward. */
  elapsedMs(): number;
  sleep: Clock['sleep'];
}

/** A clock that shows the time of the database. */
export interface DatabaseClock extends Clock {
  /** Looks at the database's clock now. Where it cannot be asked, time goes on as it did. */
  look(): Promise<void>;
  close(): void;
}

/** How often it is looked at again: quartz is off by a few ms in that time at the most. */
const lookEveryMs = 30_000;
/** The longest that time stands still to come into step; what is further ahead is set back at once. */
const mostHeldMs = 1_000;

/**
 * Opens a clock that shows the database's time: of machines whose clocks are set apart all go by one, and none by its own. `ask` says what the
 * database's clock shows; half of the time that the answer takes is the most that this is off by.
 */
export async function openDatabaseClock(
  ask: () => Promise<Date>,
  own: OwnTime = { elapsedMs: () => performance.now(), sleep: systemClock.sleep },
): Promise<DatabaseClock> {
  const closing = new AbortController();
  const sample = async () => {
    const begun = own.elapsedMs();
    const shown = (await ask()).getTime();
    return { shown, elapsed: (begun + own.elapsedMs()) / 2 };
  };
  let known = await sample();
  let latest = Number.NEGATIVE_INFINITY;
  const now = () => {
    const shown = known.shown + own.elapsedMs() - known.elapsed;
    // What was set back by a little waits until time has come there, so that nothing happens before what it follows.
    latest = latest - shown > mostHeldMs ? shown : Math.max(latest, shown);
    return new Date(Math.floor(latest));
  };
  const look = async () => {
    try {
      known = await sample();
    } catch {
      // A database that is away for a while tells nothing new.
    }
  };
  const keepLooking = async () => {
    for (;;) {
      await own.sleep(lookEveryMs, closing.signal);
      if (closing.signal.aborted) return;
      await look();
    }
  };
  void keepLooking();
  return { now, sleep: own.sleep, look, close: () => closing.abort() };
}
