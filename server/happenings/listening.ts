import type { Clock } from '../clock/clock.ts';
import type { Database } from '../database/connect.ts';
import type { Happening } from '../http/happenings.ts';
import type { Listener, Wanted, Wants } from '../http/listener.ts';

/** Who listens in which project, read once in a while. */
export interface Listening {
  /** Whether somebody wants to hear of it; null where nobody listens in the project at all. */
  of(db: Database, projectId: number): Promise<Wants | null>;
  /** Whether somebody listens for this kind in the project. */
  listensFor(db: Database, projectId: number, kind: Happening['kind']): Promise<boolean>;
  /**
   * Resolves when no process goes by what it read before the call. Whoever enables a listener answers after it: what
   * happens from then on is told, as if each process looked each time.
   */
  renewed(): Promise<void>;
}

/** How long a process goes by what it read of a project. */
export const keptMs = 1_000;

interface Known {
  readAt: number;
  wants: Promise<Wanted[]>;
}

/** Nothing read yet; what is read holds for `heldMs`. */
export function openListening(listeners: readonly Listener[], clock: Clock, heldMs: number): Listening {
  const known = new Map<number, Known>();
  const read = async (db: Database, projectId: number) => {
    const found: Wanted[] = [];
    for (const { wantsOf } of listeners) {
      const wanted = await wantsOf(db, projectId);
      if (wanted) found.push(wanted);
    }
    return found;
  };
  const wantsIn = async (db: Database, projectId: number) => {
    const present = known.get(projectId);
    const now = clock.now().getTime();
    // Also where the clock was set back.
    if (present && Math.abs(now - present.readAt) < heldMs) {
      const found = await present.wants.catch(() => null);
      // The transaction in which it was read broke, which is nobody else's affair.
      if (found) return found;
    }
    const wants = read(db, projectId);
    known.set(projectId, { readAt: now, wants });
    return wants;
  };
  return {
    of: async (db, projectId) => {
      const found = await wantsIn(db, projectId);
      if (found.length === 0) return null;
      return (happening) =>
        found.some(({ kinds, wants }) => kinds.includes(happening.kind) && wants(happening));
    },
    listensFor: async (db, projectId, kind) =>
      (await wantsIn(db, projectId)).some(({ kinds }) => kinds.includes(kind)),
    renewed: () => clock.sleep(heldMs),
  };
}
