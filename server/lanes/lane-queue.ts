import { type Bell, openBell } from './bell.ts';

/** A lane in which something is due, and what. */
export interface Due<Work> {
  lane: number;
  due: Work;
}

/** What is due in one lane: senders, requests, or whatever a flow's work is told apart by. */
export interface LaneTask<Work> {
  lane: number;
  due: Work[];
}

/** The lanes of one flow in which something is due, handed to its runners one at a time. */
export interface LaneQueue<Work> {
  /** Notes that something is due in a lane; known already, it stays where it stands in the queue. A closed one notes nothing. */
  add(lane: number, due: Work): void;
  /**
   * The lane that waits longest, of those in which no runner is: resolves when there is one, or to null when
   * the queue is closed. The runner must `leave` it.
   */
  take(): Promise<LaneTask<Work> | null>;
  /** The runner is out of the lane; what was added meanwhile comes up again. */
  leave(lane: number): void;
  /** How many lanes wait to be taken. */
  length(): number;
  /** Whether this waits already in a lane that no runner has taken. */
  has(lane: number, due: Work): boolean;
  /** Rings when something is added. */
  added: Bell;
  /** Ends all waiting; nothing is handed out any more. */
  close(): void;
  /** Whether it is closed: who does something long may leave it for another time. */
  isClosed(): boolean;
}

/** An empty queue. */
export function openLaneQueue<Work>(): LaneQueue<Work> {
  const waiting = new Map<number, Set<Work>>();
  const busy = new Set<number>();
  const takers: ((task: LaneTask<Work> | null) => void)[] = [];
  const added = openBell();
  let closed = false;
  const handOut = () => {
    for (const [lane, due] of waiting) {
      if (takers.length === 0) return;
      if (busy.has(lane)) continue;
      waiting.delete(lane);
      busy.add(lane);
      takers.shift()?.({ lane, due: [...due] });
    }
  };
  return {
    add(lane, due) {
      if (closed) return;
      const known = waiting.get(lane);
      if (known) known.add(due);
      else waiting.set(lane, new Set([due]));
      added.ring();
      handOut();
    },
    take: () =>
      new Promise((resolve) => {
        if (closed) return resolve(null);
        takers.push(resolve);
        handOut();
      }),
    leave(lane) {
      busy.delete(lane);
      handOut();
    },
    length: () => waiting.size,
    has: (lane, due) => waiting.get(lane)?.has(due) ?? false,
    added,
    close() {
      closed = true;
      waiting.clear();
      for (const resolve of takers.splice(0)) resolve(null);
    },
    isClosed: () => closed,
  };
}
