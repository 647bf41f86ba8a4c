import type { Clock } from '../clock/clock.ts';
import type { Database } from '../database/connect.ts';
import type { Announce, Happening, ListensFor } from '../http/happenings.ts';
import type { Listener, Wants } from '../http/listener.ts';
import { wakeWorkersOnCommit } from '../lanes/wake.ts';
import { byLane } from '../users/by-lane.ts';
import { insertHappenings } from './happening.sql.ts';
import { keptMs, openListening } from './listening.ts';

/** Name of the flow that routes what is in the outbox. */
export const happeningsFlowName = 'happenings';

/**
 * Where all that happens to people is told. What must hold with the cause of it is no happening, and is done in the
 * cause's own transaction by who causes it: a STOP ends what waits for the person, since nothing may leave after its commit. A
 * happening is what may come a moment later, once: a webhook's event, the question to confirm an opt-in.
 */
export interface Outbox {
  announce: Announce;
  listensFor: ListensFor;
  /** Resolves when what is enabled now is listened for in all processes (`Listening.renewed`). */
  listenersRenewed(): Promise<void>;
  /** Hands happenings of one lane to those who listen for their kinds, in the transaction that took them out. */
  route(transaction: Database, happenings: readonly Happening[]): Promise<void>;
  /** To be called when a transaction is committed in which `route` was. */
  routed(): void;
}

/** The outbox of a process. What it reads of who listens holds for `heldMs`, the same in all processes of the program. */
export function openOutbox(listeners: readonly Listener[], clock: Clock, heldMs = keptMs): Outbox {
  const listening = openListening(listeners, clock, heldMs);
  const announce: Announce = async (transaction, happenings) => {
    const projects = new Map<number, Wants | null>();
    for (const { projectId } of happenings)
      if (!projects.has(projectId)) projects.set(projectId, await listening.of(transaction, projectId));
    const wanted = happenings.filter((each) => projects.get(each.projectId)?.(each));
    if (wanted.length === 0) return;
    for (const { kinds, atOnce } of listeners) {
      if (!atOnce) continue;
      const own = wanted.filter(({ kind }) => kinds.includes(kind));
      if (own.length > 0) await atOnce(transaction, own, announce);
    }
    const ofLanes = byLane(wanted, ({ lane }) => lane);
    for (const [lane, own] of ofLanes) await insertHappenings(transaction, lane, own);
    await wakeWorkersOnCommit(
      transaction,
      ofLanes.map(([lane]) => ({ flow: happeningsFlowName, lane, due: 0 })),
    );
  };
  return {
    announce,
    listensFor: listening.listensFor,
    listenersRenewed: listening.renewed,
    route: async (transaction, happenings) => {
      for (const { kinds, hear } of listeners) {
        const own = happenings.filter(({ kind }) => kinds.includes(kind));
        if (own.length > 0) await hear(transaction, own, announce);
      }
    },
    routed: () => {
      for (const listener of listeners) listener.afterwards?.();
    },
  };
}
