/**
 * Bounds how many posts are under way at once in one flow of this process, for each provider account by itself. A
 * post enters, is answered, which makes room for the next, and is done when its answer is kept.
 */
export interface InFlight {
  /** Resolves when the account has room, having taken it. */
  enter(accountId: number): Promise<void> | undefined;
  /** Gives the room back; `tookMs` is how long the answer took, null where nothing was posted. */
  answered(accountId: number, tookMs: number | null): void;
  done(): void;
  /** Resolves when nothing is under way any more. */
  drained(): Promise<void>;
}

const leastRoom = 16;
/** So many answers are judged together, by the middle one: single answers of a provider may differ a hundredfold. */
const judged = 128;
/** The room grows or shrinks by this factor each time. */
const step = 1.1;
/** Answers that take twice their shortest middle and this besides have stood in a queue. */
const slackMs = 10;
/** Where even the least room is answered slowly the queue is not ours: the shortest middle is forgotten bit by bit. */
const forgetting = 1.2;

/**
 * Room for at most `most` posts to an account. There is as much as keeps the provider busy and no more: while answers
 * come about as fast as ever it grows; where they take longer posts only queue up, there or on the way, and what another
 * flow has to send waits behind them.
 */
export function openInFlight(most: number): InFlight {
  const rooms = new Map<number, Room>();
  let open = 0;
  const idle: (() => void)[] = [];
  return {
    enter(accountId) {
      open++;
      const room = rooms.get(accountId) ?? openRoom(most);
      rooms.set(accountId, room);
      return room.enter();
    },
    answered: (accountId, tookMs) => rooms.get(accountId)?.leave(tookMs),
    done() {
      open--;
      if (open === 0) for (const resolve of idle.splice(0)) resolve();
    },
    drained: () => (open === 0 ? Promise.resolve() : new Promise((resolve) => idle.push(resolve))),
  };
}

interface Room {
  enter(): Promise<void> | undefined;
  leave(tookMs: number | null): void;
}

function openRoom(most: number): Room {
  let size = Math.min(most, leastRoom);
  let taken = 0;
  const waiting: (() => void)[] = [];
  let shortest = Number.POSITIVE_INFINITY;
  let wasFull = false;
  const took: number[] = [];
  const learn = (tookMs: number) => {
    wasFull ||= waiting.length > 0;
    if (took.push(tookMs) < judged) return;
    const middle = took.sort((a, b) => a - b)[judged / 2] as number;
    shortest = Math.min(shortest, middle);
    const haveQueued = middle > 2 * shortest + slackMs;
    if (!haveQueued && wasFull) size = Math.min(most, size * step);
    else if (haveQueued && size <= leastRoom) shortest *= forgetting;
    else if (haveQueued) size = Math.max(leastRoom, size / step);
    took.length = 0;
    wasFull = false;
  };
  return {
    enter() {
      if (taken < size) {
        taken++;
        return undefined;
      }
      return new Promise((resolve) => waiting.push(resolve));
    },
    leave(tookMs) {
      if (tookMs !== null) learn(tookMs);
      taken--;
      while (taken < size && waiting.length > 0) {
        taken++;
        waiting.shift()?.();
      }
    },
  };
}
