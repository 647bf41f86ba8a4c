import type { Database } from '../database/connect.ts';
import type { Announce, Happening } from './happenings.ts';

/** Someone who acts on what happened to people, or tells of it; a capability brings it, `program/listeners.ts` puts them together. */
export interface Listener {
  /** What it may act on; nothing of another kind is ever handed to it. */
  kinds: readonly Happening['kind'][];
  /** What it wants of a project as things stand now; null for nothing. Read seldom (`listening.ts`). */
  wantsOf(db: Database, projectId: number): Promise<Wanted | null>;
  /**
   * Acts on happenings of its kinds, all of one lane and in the order in which they happened to each person, in the
   * transaction that takes them out of the outbox: once, or not at all yet. Among them are some that only others want. What they
   * lead to for the same people it announces, and so it is told after them.
   */
  hear(transaction: Database, happenings: readonly Happening[], announce: Announce): Promise<void>;
  /**
   * Acts on what must hold with its cause, in the transaction in which it happens, on happenings of its kinds of which it wants some. It locks users' rows
   * never, and what it announces is told as its cause is.
   */
  atOnce?(transaction: Database, happenings: readonly Happening[], announce: Announce): Promise<void>;
  /** What `hear` did is committed. */
  afterwards?(): void;
}

/** What a listener wants of a project. */
export interface Wanted {
  /** Of its kinds, those of which it may want something: for others nothing is put together. */
  kinds: readonly Happening['kind'][];
  wants: Wants;
}

/** Whether a listener wants to hear of something. */
export type Wants = (happening: Happening) => boolean;
