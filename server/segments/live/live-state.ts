import type { Database } from '../../database/connect.ts';
import { laneCount } from '../../lanes/lanes.ts';
import { filledLanes } from './lane.sql.ts';
import { meaningRows, newestOf } from './meanings.sql.ts';

/** How far a live segment is kept. */
export interface LiveState {
  /** How many are of it; while it is filled, in lanes that are yet to be filled as it was before. */
  size: number;
  /** How many lanes are filled by its definition; null when all are. */
  filling: { lanes: number; of: number } | null;
}

/** The same of each live segment of a project, by its id. */
export async function liveStates(db: Database, projectId: number): Promise<Map<number, LiveState>> {
  const live = [...newestOf(await meaningRows(db, [projectId])).values()].filter(({ isGone }) => !isGone);
  const filled = await filledLanes(
    db,
    live.map(({ segmentId }) => segmentId),
  );
  const ofSegment = Map.groupBy(filled, ({ segmentId }) => segmentId);
  return new Map(
    live.map(({ segmentId, generation, isSettled, isRecheck }) => {
      const own = ofSegment.get(segmentId) ?? [];
      const done = own.filter((lane) => lane.generation === generation).length;
      const size = own.reduce((sum, { members }) => sum + members, 0);
      return [segmentId, { size, filling: isSettled || isRecheck ? null : { lanes: done, of: laneCount } }];
    }),
  );
}
