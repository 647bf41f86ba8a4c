import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { lanes } from '../../database/lanes.ts';
import type { ActiveSender } from '../dispatch/active-senders.ts';

/** Something for a worker to do in one lane. */
export interface LaneTask {
  lane: number;
  /** Senders with messages due there. */
  senderIds: number[];
  /** Receipts wait to be applied, or messages in doubt to be settled. */
  receipts: boolean;
  doubt: boolean;
  /** Requests whose audience is not yet admitted there. */
  requestIds: number[];
}

/**
 * Looks over all lanes once: one probe of an index for each lane and sender, and nothing that grows with the
 * number of messages.
 */
export async function findDueLanes(
  db: Database,
  senders: readonly ActiveSender[],
  now: Date,
  withDoubt: boolean,
): Promise<LaneTask[]> {
  const senderIds = senders.map((sender) => sender.id);
  const { rows } = await sql<{
    lane: number;
    sender_ids: number[];
    receipts: boolean;
    doubt: boolean;
    request_ids: number[];
  }>`
    SELECT l.lane,
      ARRAY(SELECT s.id FROM unnest(${senderIds}::int[]) s (id) WHERE EXISTS (
        SELECT 1 FROM message m WHERE m.lane = l.lane AND m.sender_id = s.id AND m.status = 'queued'
          AND m.due_at <= ${now}::timestamptz)) AS sender_ids,
      EXISTS (SELECT 1 FROM receipt r WHERE r.lane = l.lane) AS receipts,
      ${withDoubt} AND EXISTS (SELECT 1 FROM message m WHERE m.lane = l.lane
        AND m.status IN ('dispatching', 'inDoubt')) AS doubt,
      ARRAY(SELECT r.id FROM send_request r
        JOIN send_request_lane rl ON rl.request_id = r.id AND rl.lane = l.lane AND NOT rl.done
        LEFT JOIN campaign c ON c.id = r.campaign_id
        WHERE r.state = 'admitting' AND (c.id IS NULL OR c.state = 'Running')
        ORDER BY r.id) AS request_ids
    FROM unnest(${lanes}::smallint[]) l (lane)
  `.execute(db);
  return rows
    .map((row) => ({
      lane: row.lane,
      senderIds: row.sender_ids,
      receipts: row.receipts,
      doubt: row.doubt,
      requestIds: row.request_ids,
    }))
    .filter((task) => task.senderIds.length > 0 || task.receipts || task.doubt || task.requestIds.length > 0);
}
