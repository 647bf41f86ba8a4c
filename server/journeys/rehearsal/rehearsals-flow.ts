import { flowOf } from '../../lanes/flow.ts';
import { openLaneQueue } from '../../lanes/lane-queue.ts';
import { type LaneConnection, withLane } from '../../lanes/lane-work.ts';
import { lanes } from '../../lanes/lanes.ts';
import type { FlowBringer } from '../../lanes/worker.ts';
import { namesById } from '../journeys.sql.ts';
import { type OpenRehearsal, openRehearsal, type RehearsalTools } from './open-rehearsal.ts';
import { findRunning, noteFailure, runningRehearsals } from './rehearsals.sql.ts';
import { rehearseLane } from './rehearse-lane.ts';

const rehearsalsFlowName = 'rehearsals';

/** How often one looks by itself while there is something; sooner where a lane is begun only when the one before it is through. */
const [restMs, restBetweenLanesMs] = [1_000, 50];
/** One lane asks the database while another is worked out. */
const runners = 2;

/** The flow that works on rehearsals of journeys, a lane at a time, the oldest first. */
export function rehearsalsFlow(context: RehearsalTools): FlowBringer {
  const { db, clock, log } = context;
  /** Rehearsals that this process works on. */
  const opened = new Map<number, Promise<OpenRehearsal>>();

  /** Whether lanes are worked on one after the other. */
  let inTurn = false;

  const look = async () => {
    const running = await runningRehearsals(db);
    const ids = new Set(running.map(({ id }) => id));
    for (const id of opened.keys()) if (!ids.has(id)) opened.delete(id);
    const [first] = running;
    inTurn = false;
    if (!first) return [];
    const done = new Set(first.lanesDone);
    const missing = lanes.filter((lane) => !done.has(lane));
    // Of codes each lane takes what those before it have left.
    inTurn = first.dealsCoupons;
    const due = inTurn ? missing.slice(0, 1) : missing;
    return due.map((lane) => ({ lane, due: first.id }));
  };

  async function workOn(connection: LaneConnection, lane: number, id: number): Promise<boolean> {
    const rehearsal = await findRunning(connection.db, id);
    if (!rehearsal) return false;
    try {
      const names = await namesById(connection.db, [rehearsal.journeyId]);
      const open = opened.get(id) ?? openRehearsal(context, rehearsal, names.get(rehearsal.journeyId) ?? '');
      opened.set(id, open);
      const isThrough = await rehearseLane(connection.db, await open, rehearsal, lane, clock.now, {
        stop: () => true,
      });
      return !isThrough;
    } catch (error) {
      opened.delete(id);
      log.error({ err: error, rehearsal: id, lane }, 'a rehearsal could not go on');
      const fault = error instanceof Error ? error.message : String(error);
      await noteFailure(db, id, fault, clock.now());
      throw error;
    }
  }

  return {
    begin: async () => ({
      flows: [
        flowOf<number>({
          name: rehearsalsFlowName,
          rank: 'patient',
          runners,
          queue: openLaneQueue(),
          look,
          restMs: () => (inTurn ? restBetweenLanesMs : restMs),
          wokenFor: (due) => due,
          work: async (connection, { lane, due }) => {
            const left: number[] = [];
            for (const id of due) {
              const isMore = await withLane(connection, lane, rehearsalsFlowName, () =>
                workOn(connection, lane, id),
              );
              if (isMore) left.push(id);
            }
            return { left };
          },
        }),
      ],
    }),
  };
}
