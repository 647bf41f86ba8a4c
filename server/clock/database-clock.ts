import { type Clock, systemClock } from './clock.ts';

/** How a process measures how much time goes by, and what its machine's own clock shows. */
export interface OwnTime {
  /** Ms since some instant; never set back or forward. */
  elapsedMs(): number;
  /** Ms since 1970, which may be wrong. */
  shownMs(): number;
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

/** What is shown when so much has gone by. */
interface Known {
  shown: number;
  elapsed: number;
}

const shownAt = ({ shown, elapsed }: Known, at: number): number => shown + at - elapsed;

/**
 * Opens a clock that shows the database's time: of machines whose clocks are set apart all go by one, and none by its own. `ask` says what the
 * database's clock shows, which is known to half of the time that the answer takes. What agrees with it so far stays: the time as it was known, else that of
 * the machine, so that processes of one machine show the same to the millisecond however long answers take.
 */
export async function openDatabaseClock(
  ask: () => Promise<Date>,
  own: OwnTime = {
    elapsedMs: () => performance.now(),
    shownMs: () => Date.now(),
    sleep: systemClock.sleep,
  },
): Promise<DatabaseClock> {
  const closing = new AbortController();
  const sample = async (before: Known | null): Promise<Known> => {
    const begun = own.elapsedMs();
    const asked = (await ask()).getTime();
    const ended = own.elapsedMs();
    const [elapsed, half] = [(begun + ended) / 2, (ended - begun) / 2];
    const agrees = (shown: number) => Math.abs(shown - asked) <= half + 1;
    if (before && agrees(shownAt(before, elapsed))) return before;
    const machine = own.shownMs() - half;
    return { shown: agrees(machine) ? machine : asked, elapsed };
  };
  let known = await sample(null);
  let latest = Number.NEGATIVE_INFINITY;
  const now = () => {
    const shown = shownAt(known, own.elapsedMs());
    // What was set back by a little waits until time has come there, so that nothing happens before what it follows.
    latest = latest - shown > mostHeldMs ? shown : Math.max(latest, shown);
    return new Date(Math.floor(latest));
  };
  const look = async () => {
    try {
      known = await sample(known);
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
