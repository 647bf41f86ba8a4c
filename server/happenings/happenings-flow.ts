import type { Clock } from '../clock/clock.ts';
import type { Database } from '../database/connect.ts';
import { flowOf } from '../lanes/flow.ts';
import { openLaneQueue } from '../lanes/lane-queue.ts';
import { withLane } from '../lanes/lane-work.ts';
import type { FlowBringer } from '../lanes/worker.ts';
import { findLanesWithHappenings, type Next, postponeNext, takeHappenings } from './happening.sql.ts';
import { happeningsFlowName, type Outbox } from './outbox.ts';

/** Happenings routed in one transaction. */
export const batchSize = 500;
/** How often one looks by itself while there is something; whoever puts something in wakes it. */
const restMs = 200;

/** What routing needs. */
export interface Routing {
  db: Database;
  clock: Clock;
}

/**
 * The flow that hands what is in the outbox to those who listen, a lane at a time. Where a batch fails its happenings are
 * handed over one by one, and one that fails by itself is left alone for a while: it keeps no other waiting, and is not lost.
 */
export function happeningsFlow({ db, clock }: Routing, outbox: Outbox): FlowBringer {
  /** Lanes in which something failed that is not found yet. */
  const careful = new Set<number>();
  /** Routes what is next in a lane; answers whether more may be waiting. */
  const route = async (connection: Database, lane: number): Promise<boolean> => {
    const limit = careful.has(lane) ? 1 : batchSize;
    const next = { lane, limit, now: clock.now() };
    try {
      const count = await routeBatch(connection, outbox, next);
      if (count < limit) careful.delete(lane);
      return count === limit;
    } catch (error) {
      if (limit === 1) {
        await postponeNext(db, lane, next.now);
        careful.delete(lane);
      } else careful.add(lane);
      throw error;
    }
  };
  const plan = () =>
    flowOf<number>({
      name: happeningsFlowName,
      rank: 'steady',
      runners: 2,
      queue: openLaneQueue(),
      look: () => findLanesWithHappenings(db, clock.now()),
      restMs: () => restMs,
      wokenFor: (due) => due,
      work: async (connection, { lane }) => {
        const more = await withLane(connection, lane, happeningsFlowName, () => route(connection.db, lane));
        return { left: more ? [0] : [] };
      },
    });
  return { begin: async () => ({ flows: [plan()] }) };
}

/**
 * Routes what is next in a lane, which nobody else does meanwhile: taken out and acted on in one transaction, so
 * that whatever dies leaves all as it was or nothing to do. Answers how many there were.
 */
export async function routeBatch(db: Database, outbox: Outbox, next: Next): Promise<number> {
  const count = await db.transaction().execute(async (transaction) => {
    const happenings = await takeHappenings(transaction, next);
    await outbox.route(transaction, happenings);
    return happenings.length;
  });
  outbox.routed();
  return count;
}
