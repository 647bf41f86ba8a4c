import { flowOf } from '../../../lanes/flow.ts';
import { type Due, openLaneQueue } from '../../../lanes/lane-queue.ts';
import { withLane } from '../../../lanes/lane-work.ts';
import type { FlowBringer } from '../../../lanes/worker.ts';
import { areChangesWaiting, endBatches, findLanesToTell } from './item-changes.sql.ts';
import { type AlertTools, takeUpChanges, tellInLane } from './tell-alerts.ts';

/** Name of the flow that tells people of changed items. */
const alertsFlowName = 'itemAlerts';

/** How often one looks by itself while there is something; whoever changes items wakes it. */
const restMs = 500;

/** The flow that takes changes of items through the lanes and announces them to the people they concern. */
export function itemAlertsFlow(tools: AlertTools): FlowBringer {
  const { db } = tools;
  /** Batches that were through at the last look, and are to be ended at the next; null where there may be some that nobody saw. */
  let over: ReadonlySet<number> | null = null;
  const look = async (): Promise<Due<number>[]> => {
    // A batch at a time: changes that come meanwhile go together.
    const due = await findLanesToTell(db);
    if (due.length > 0) {
      over = null;
      return due;
    }
    if (over === null || over.size > 0) over = await endBatches(db, over ?? new Set());
    if (!(await areChangesWaiting(db)) || !(await takeUpChanges(tools))) return due;
    over = null;
    return findLanesToTell(db);
  };
  const plan = () =>
    flowOf<number>({
      name: alertsFlowName,
      rank: 'patient',
      runners: 1,
      queue: openLaneQueue(),
      look,
      restMs: () => restMs,
      work: async (connection, { lane }) => {
        const more = await withLane(connection, lane, alertsFlowName, () =>
          tellInLane({ ...tools, db: connection.db }, lane),
        );
        return { left: more ? [0] : [] };
      },
    });
  return { begin: async () => ({ flows: [plan()] }) };
}
