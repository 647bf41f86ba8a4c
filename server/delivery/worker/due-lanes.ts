import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { lanes } from '../../database/lanes.ts';
import type { ActiveSender } from '../dispatch/active-senders.ts';
import { paceOf } from '../dispatch/dispatch-lane.ts';
import { segmentsFree } from '../dispatch/sender-pace.ts';
import type { Flow } from '../lane-work.ts';

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
 * Looks over all lanes once for one flow: one probe of an index for each lane and sender, and nothing that grows
 * with the number of messages. Receipts, doubt and admissions are the promotional flow's; doubt is looked for
 * only when asked.
 */
export async function findDueLanes(
  db: Database,
  flow: Flow,
  senderIds: readonly number[],
  now: Date,
  withDoubt: boolean,
): Promise<LaneTask[]> {
  const promotional = flow === 'promotional';
  if (!promotional && senderIds.length === 0) return [];
  const { rows } = await sql<LaneTask>`
    SELECT l.lane,
      ARRAY(SELECT s.id FROM unnest(${senderIds}::int[]) s (id) WHERE EXISTS (
        SELECT 1 FROM message m WHERE m.lane = l.lane AND m.sender_id = s.id AND m.status = 'queued'
          AND m.due_at <= ${now}::timestamptz)) AS "senderIds",
      ${promotional} AND EXISTS (SELECT 1 FROM receipt r WHERE r.lane = l.lane) AS receipts,
      ${promotional && withDoubt} AND EXISTS (SELECT 1 FROM message m WHERE m.lane = l.lane
        AND m.status IN ('dispatching', 'inDoubt')) AS doubt,
      CASE WHEN ${promotional} THEN ARRAY(SELECT r.id FROM send_request r
        JOIN send_request_lane rl ON rl.request_id = r.id AND rl.lane = l.lane AND NOT rl.done
        LEFT JOIN campaign c ON c.id = r.campaign_id
        WHERE r.state = 'admitting' AND (c.id IS NULL OR c.state = 'Running')
        ORDER BY r.id) ELSE '{}' END AS "requestIds"
    FROM unnest(${lanes}::smallint[]) l (lane)
  `.execute(db);
  return rows.filter(
    (task) => task.senderIds.length > 0 || task.receipts || task.doubt || task.requestIds.length > 0,
  );
}

/** Which of the senders have time free now: the others' lanes need not be looked at. */
export async function sendersWithTime(
  db: Database,
  senders: readonly ActiveSender[],
  now: Date,
): Promise<number[]> {
  if (senders.length === 0) return [];
  const free = await segmentsFree(
    db,
    senders.map((sender) => paceOf(sender, now)),
    now,
  );
  return senders.filter((sender) => (free.get(sender.id) ?? 0) > 0).map((sender) => sender.id);
}
