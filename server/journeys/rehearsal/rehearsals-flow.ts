import { flowOf } from '../../lanes/flow.ts';
import { openLaneQueue } from '../../lanes/lane-queue.ts';
import { type LaneConnection, withLane } from '../../lanes/lane-work.ts';
import { lanes } from '../../lanes/lanes.ts';
import type { FlowBringer } from '../../lanes/worker.ts';
import { namesById } from '../journeys.sql.ts';
import { type OpenRehearsal, openRehearsal, type RehearsalTools } from './open-rehearsal.ts';
import { beginPage, dueRehearsals, findRunning, noteFailure, type Rehearsal } from './rehearsals.sql.ts';
import { rehearseLane } from './rehearse-lane.ts';

const rehearsalsFlowName = 'rehearsals';

/** How often one looks by itself while there is something; sooner where a lane is begun only when the one before it is through. */
const [restMs, restBetweenLanesMs] = [1_000, 50];
/** One lane asks the database while another is worked out. */
const runners = 2;

/** The flow that works on rehearsals of journeys, a page of a lane at a time: of each project the oldest, all projects in turn. */
export function rehearsalsFlow(context: RehearsalTools): FlowBringer {
  const { db, clock, log } = context;
  /** Rehearsals that this process works on. */
  const opened = new Map<number, Promise<OpenRehearsal>>();

  /** Whether lanes of any are worked on one after the other. */
  let inTurn = false;

  const look = async () => {
    const running = await dueRehearsals(db, clock.now());
    const ids = new Set(running.map(({ id }) => id));
    for (const id of opened.keys()) if (!ids.has(id)) opened.delete(id);
    inTurn = running.some(({ dealsCoupons }) => dealsCoupons);
    return running.flatMap(({ id, dealsCoupons, lanesDone, lanesResting }) => {
      const done = new Set(lanesDone);
      const missing = lanes.filter((lane) => !done.has(lane));
      // Of codes each lane takes what those before it have left.
      const next = dealsCoupons ? missing.slice(0, 1) : missing;
      return next.flatMap((lane) => (lanesResting.includes(lane) ? [] : [{ lane, due: id }]));
    });
  };

  const openOnce = (rehearsal: Rehearsal): Promise<OpenRehearsal> => {
    const { id, journeyId } = rehearsal;
    const known = opened.get(id);
    if (known) return known;
    const open = namesById(db, [journeyId]).then((names) =>
      openRehearsal(context, rehearsal, names.get(journeyId) ?? ''),
    );
    opened.set(id, open);
    return open;
  };

  async function workOn(
    connection: LaneConnection,
    lane: number,
    id: number,
    leaves: () => boolean,
  ): Promise<boolean> {
    const rehearsal = await findRunning(connection.db, id);
    if (!rehearsal) return false;
    try {
      const open = await openOnce(rehearsal).catch(async (error: unknown) => {
        // Nobody has been gone through yet, and it was tried all the same.
        await beginPage(connection.db, id, lane, null, clock.now());
        throw error;
      });
      const isThrough = await rehearseLane(connection.db, open, rehearsal, lane, clock.now, {
        ...{ stop: () => true, leaves },
      });
      return !isThrough;
    } catch (error) {
      opened.delete(id);
      log.error({ err: error, rehearsal: id, lane }, 'a rehearsal could not go on');
      const fault = error instanceof Error ? error.message : String(error);
      await noteFailure(db, id, lane, fault, clock.now());
      throw error;
    }
  }

  return {
    begin: async () => {
      const queue = openLaneQueue<number>();
      return {
        flows: [
          flowOf<number>({
            name: rehearsalsFlowName,
            rank: 'patient',
            ...{ runners, queue, look },
            restMs: () => (inTurn ? restBetweenLanesMs : restMs),
            wokenFor: (due) => due,
            work: async (connection, { lane, due }) => {
              const left: number[] = [];
              for (const id of due) {
                if (queue.isClosed()) break;
                const isMore = await withLane(connection, lane, rehearsalsFlowName, () =>
                  workOn(connection, lane, id, queue.isClosed),
                );
                if (isMore) left.push(id);
              }
              return { left };
            },
          }),
        ],
      };
    },
  };
}
