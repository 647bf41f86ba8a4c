import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { Announce } from '../../http/happenings.ts';
import { endPassages } from '../leave/end-passages.ts';

/** Has all leave who are at a tile that is gone. Answers how many. */
export async function endAtTile(
  transaction: Database,
  announce: Announce,
  lane: number,
  journeyId: number,
  tile: string,
  at: Date,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    SELECT id FROM journey_run WHERE lane = ${lane} AND journey_id = ${journeyId} AND tile = ${tile} FOR UPDATE`.execute(
    transaction,
  );
  const gone = rows.map(({ id }) => ({ id, tile, reason: 'journeyChanged', detail: null }) as const);
  await endPassages(transaction, announce, lane, gone, at);
  return gone.length;
}
