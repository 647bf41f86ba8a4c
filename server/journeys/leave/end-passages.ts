import type { Database } from '../../database/connect.ts';
import type { Announce } from '../../http/happenings.ts';
import type { LeaveReason } from '../runs/run.ts';
import { type Ended, endRuns } from '../runs/runs.sql.ts';
import { takeBackMessages } from './take-back.sql.ts';

/** Reasons for which what was sent on purpose still leaves: an end of the journey. */
const ends: readonly LeaveReason[] = ['finished', 'exitTile'];

/** Ends passages of a lane, tells of it, and takes back what waits of their messages, but of those that came to an end of the journey. */
export async function endPassages(
  transaction: Database,
  announce: Announce,
  lane: number,
  ending: readonly Pick<Ended, 'id' | 'reason' | 'detail' | 'tile'>[],
  at: Date,
): Promise<void> {
  if (ending.length === 0) return;
  const ended = await endRuns(transaction, lane, ending, at);
  await takeBackMessages(
    transaction,
    announce,
    lane,
    ending.filter(({ reason }) => !ends.includes(reason)).map(({ id }) => id),
    at,
  );
  await announce(
    transaction,
    ended.map(({ id: runId, projectId, userId, journeyId, reason, detail }) => ({
      ...({ kind: 'journey', what: 'left' } as const),
      ...{ projectId, lane, userId, at, journeyId, runId, reason, detail },
    })),
  );
}
