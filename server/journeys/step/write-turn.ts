import type { Database } from '../../database/connect.ts';
import type { Announce } from '../../http/happenings.ts';
import { end } from '../definition/tile-kind.ts';
import { endPassages } from '../leave/end-passages.ts';
import { type Counted, openCounts } from '../runs/counts.sql.ts';
import { keepDraws } from '../runs/draws.sql.ts';
import { moveRuns, stickRuns } from '../runs/runs.sql.ts';
import { logTurns } from '../runs/step-log.sql.ts';
import type { Walked } from './walk.ts';

/** Adds what a passage did in a turn to what is counted at tiles, each with the step by which it did so; null where it left. */
export function countTurn<Step extends Walked['steps'][number]>(
  { before, run, steps, left }: Pick<Walked, 'before' | 'run' | 'left'> & { steps: readonly Step[] },
  add: (tile: string, what: Counted, people: number, by: Step | null) => void,
): void {
  let at: string | null = before.tile;
  for (const step of steps) {
    const { tile, way, to } = step;
    if (way === null) continue;
    add(tile, `way ${way}`, 1, step);
    add(tile, 'inside', -1, step);
    at = to === undefined || to === end ? null : to;
    if (at === null) continue;
    add(at, 'arrived', 1, step);
    add(at, 'inside', 1, step);
  }
  if (!left) return;
  if (at !== null) add(at, 'inside', -1, null);
  add(run.tile, `left ${left.reason}`, 1, null);
}

/** Writes what has become of held passages of a lane: where they are, what they did, what is counted; whoever has left is told of. */
export async function writeTurn(
  transaction: Database,
  announce: Announce,
  lane: number,
  walked: readonly Walked[],
  now: Date,
): Promise<void> {
  const counts = openCounts();
  for (const each of walked)
    countTurn(each, (tile, what, people) => counts.add(each.run.journeyId, tile, what, people));
  await moveRuns(
    transaction,
    lane,
    walked.flatMap(({ before, run, left }) =>
      left ? [] : { ...run, data: run.data === before.data ? null : run.data },
    ),
  );
  await stickRuns(
    transaction,
    lane,
    walked.flatMap(({ run, stuck }) => (stuck === null ? [] : { id: run.id, fault: stuck })),
  );
  const gone = walked.flatMap(({ run, left }) => (left ? { id: run.id, tile: run.tile, ...left } : []));
  await endPassages(transaction, announce, lane, gone, now);
  await logTurns(
    transaction,
    lane,
    walked.flatMap(({ run, version, steps }) =>
      steps.length === 0 ? [] : { runId: run.id, userId: run.userId, version, steps },
    ),
    now,
  );
  await counts.write(transaction, lane);
  await keepDraws(
    transaction,
    lane,
    walked.flatMap(({ run: { journeyId, userId, isHeldOut }, drawn }) =>
      drawn.map((each) => ({ journeyId, userId, isHeldOut, ...each })),
    ),
    now,
  );
}
