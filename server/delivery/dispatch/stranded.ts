import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { Purpose } from '../../database/tables/consent.ts';
import { waitForLane } from '../../lanes/lane-work.ts';
import { unclaim } from './claim-due.ts';

/** Messages of one claim that this process knows it has not posted, though the claim may be committed. */
interface Stranded {
  lane: number;
  purpose: Purpose;
  /** The worker's number under which they were claimed. */
  dispatcher: number;
  ids: Set<number>;
}

/**
 * What a worker claimed and did not post, since its connection broke after the claim. Nobody else can know that these
 * have not left, so the process keeps them in mind until they are back in the queue; should it die before, they are in
 * doubt like all that it had on the wire. Kept over the worker's lives.
 */
export interface StrandedMessages {
  add(stranded: Omit<Stranded, 'ids'>, ids: readonly number[]): void;
  /** A claim found these in the queue: the claim that stranded them was never committed. */
  claimedAgain(lane: number, ids: readonly number[]): void;
  /** Puts all back in the queue, each once. The caller must not hold one of their lanes. */
  giveBack(db: Database): Promise<void>;
}

/** Nothing stranded yet. */
export function openStranded(): StrandedMessages {
  const all = new Set<Stranded>();
  return {
    add: (stranded, ids) => {
      if (ids.length > 0) all.add({ ...stranded, ids: new Set(ids) });
    },
    claimedAgain: (lane, ids) => {
      for (const stranded of all) {
        if (stranded.lane !== lane) continue;
        for (const id of ids) stranded.ids.delete(id);
      }
    },
    giveBack: async (db) => {
      for (const stranded of [...all]) {
        await giveBackStranded(db, stranded);
        all.delete(stranded);
      }
    },
  };
}

/**
 * With the lane to itself: the broken connection has let go of it by then, so that its claim is committed or is not,
 * and no other claim of this worker is under way there.
 */
async function giveBackStranded(db: Database, { lane, purpose, dispatcher, ids }: Stranded): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await waitForLane(lane, purpose).execute(transaction);
    const claimed = sql`dispatcher = ${dispatcher} AND status IN ('dispatching', 'inDoubt')`;
    await unclaim(lane, [...ids], claimed).execute(transaction);
  });
}
