import type { Database } from '../database/connect.ts';
import { flowOf } from '../lanes/flow.ts';
import { openLaneQueue } from '../lanes/lane-queue.ts';
import { withLane } from '../lanes/lane-work.ts';
import type { FlowBringer } from '../lanes/worker.ts';
import { findLanesWithHappenings, takeHappenings } from './happening.sql.ts';
import { happeningsFlowName, type Outbox } from './outbox.ts';

/** Happenings routed in one transaction. */
const batchSize = 500;
/** How often one looks by itself while there is something; whoever puts something in wakes it. */
const restMs = 200;

/** The flow that hands what is in the outbox to those who listen, a lane at a time. */
export function happeningsFlow(db: Database, outbox: Outbox): FlowBringer {
  const plan = () =>
    flowOf<number>({
      name: happeningsFlowName,
      rank: 'patient',
      runners: 1,
      queue: openLaneQueue(),
      look: () => findLanesWithHappenings(db),
      restMs: () => restMs,
      wokenFor: (due) => due,
      work: async (connection, { lane }) => {
        const count = await withLane(connection, lane, happeningsFlowName, () =>
          routeBatch(connection.db, outbox, lane),
        );
        return { left: count === batchSize ? [0] : [] };
      },
    });
  return { begin: async () => ({ flows: [plan()] }) };
}

/**
 * Routes the oldest happenings of a lane, which nobody else does meanwhile: taken out and acted on in one transaction, so
 * that whatever dies leaves all as it was or nothing to do. Answers how many there were.
 */
export async function routeBatch(db: Database, outbox: Outbox, lane: number): Promise<number> {
  const count = await db.transaction().execute(async (transaction) => {
    const happenings = await takeHappenings(transaction, lane, batchSize);
    await outbox.route(transaction, happenings);
    return happenings.length;
  });
  outbox.routed();
  return count;
}
