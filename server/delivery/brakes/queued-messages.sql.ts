import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { Announce } from '../../http/happenings.ts';
import { closeLaneGate } from '../../lanes/lane-gate.ts';
import { lanes } from '../../lanes/lanes.ts';
import { holdPlaces } from '../../requests/lane-place.sql.ts';
import { changeMessages } from '../rollups/count-changes.sql.ts';
import { announceSkips, asSkipped, isWaiting, type Skipped, skipFor } from '../skip-queued.ts';

/** Rows a statement works on. A brake that is changed meanwhile waits for one batch, and its caller with it. */
const batch = 250;

/** What becomes of a campaign's queued messages. */
export type QueueChange =
  /** They end as skipped, and what failed and was to be tried again remains bounced. */
  | { deed: 'skip'; reason: 'campaignAborted' | 'campaignCancelled' }
  /** They are due at no time until resumed. */
  | { deed: 'hold' }
  /** Those held are due again, none before its own earliest time; their lawful window is looked up anew. */
  | { deed: 'release' };

/**
 * Works through a campaign's queued messages of one lane, a batch a transaction. Admission holds the lane's
 * place while it inserts: it is held here too, so that a page under way is seen. A claim under way is waited for, so that
 * none puts out of the way what has just been released.
 * Skips are told of in the transaction that makes them. Nothing is changed once what asked for it `stands` no more, which
 * each transaction asks: a campaign that was cancelled may have been launched again meanwhile.
 */
export async function changeQueued(
  { db, announce }: { db: Database; announce: Announce },
  lane: number,
  campaignId: number,
  change: QueueChange,
  at: Date,
  stands: (transaction: Database) => Promise<boolean>,
): Promise<void> {
  let afterId: number | null = 0;
  while (afterId !== null) {
    const from: number = afterId;
    const ids: number[] = await db.transaction().execute(async (transaction) => {
      await closeLaneGate(transaction, lane);
      await holdPlaces(transaction, lane, campaignId);
      if (!(await stands(transaction))) return [];
      const rows = await changeBatch(transaction, lane, campaignId, change, at, from);
      if (change.deed === 'skip') await announceSkips(transaction, announce, lane, rows, at);
      return rows.map((row) => row.id);
    });
    afterId = ids.length < batch ? null : Math.max(...ids);
  }
}

/** Whether any message of a campaign is still to leave, now or after a failure. */
export async function isAnyWaiting(db: Database, campaignId: number): Promise<boolean> {
  const { rows } = await sql<{ waits: boolean }>`
    SELECT EXISTS (SELECT 1 FROM message
      WHERE lane = ANY (${lanes}::smallint[]) AND campaign_id = ${campaignId} AND ${isWaiting}) AS waits`.execute(
    db,
  );
  return rows[0]?.waits ?? false;
}

async function changeBatch(
  transaction: Database,
  lane: number,
  campaignId: number,
  change: QueueChange,
  at: Date,
  afterId: number,
): Promise<Skipped[]> {
  const next = sql`campaign_id = ${campaignId} AND id > ${afterId}
    AND ${change.deed === 'skip' ? isWaiting : sql`status = 'queued'`}
    ORDER BY id LIMIT ${batch}`;
  const { rows } = await changeMessages<Skipped>({
    ...{ lane, which: next, set: assignment(change, at), told: asSkipped },
  }).execute(transaction);
  return rows;
}

function assignment(change: QueueChange, at: Date) {
  switch (change.deed) {
    case 'skip':
      return skipFor(change.reason);
    case 'hold':
      // A wait that a provider asked for is kept: once it is over, the claim finds the brake and holds the message.
      return sql`due_at = CASE WHEN attempts > 0 AND due_at > ${at}::timestamptz THEN due_at ELSE 'infinity' END`;
    case 'release':
      return sql`
        due_at = CASE WHEN due_at = 'infinity' THEN greatest(not_before, ${at}::timestamptz) ELSE due_at END,
        closes_at = CASE WHEN due_at = 'infinity' THEN greatest(not_before, ${at}::timestamptz) ELSE closes_at END`;
  }
}
