import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { changeMessages } from '../../delivery/rollups/count-changes.sql.ts';
import { announceSkips, asSkipped, isWaiting, type Skipped, skipFor } from '../../delivery/skip-queued.ts';
import type { Announce } from '../../http/happenings.ts';
import { messagesOfRuns } from '../runs/messages.sql.ts';

/** Skips what waits to leave of the messages of passages that are over; what is on the wire is not called back. */
export async function takeBackMessages(
  transaction: Database,
  announce: Announce,
  lane: number,
  runIds: readonly number[],
  at: Date,
): Promise<void> {
  if (runIds.length === 0) return;
  const which = sql`id IN (${messagesOfRuns(lane, runIds)}) AND ${isWaiting}`;
  const change = { lane, which, set: skipFor('leftJourney'), told: asSkipped };
  const { rows } = await changeMessages<Skipped>(change).execute(transaction);
  if (rows.length > 0) await announceSkips(transaction, announce, lane, rows, at);
}
