import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { withoutWaitingForDisk } from '../../database/durability.ts';
import type { Announce } from '../../http/happenings.ts';
import { findOpenPlaces, holdPlace, type OpenPlace, setPlace } from '../../requests/lane-place.sql.ts';
import { counting, standing } from '../rollups/count-changes.sql.ts';
import { announceSkips, asSkipped, type Skipped } from '../skip-queued.ts';

/** People a statement works on. */
const batch = 1000;

/**
 * Skips those of a stopped campaign's audience whom admission has not come to: each gets a message that says
 * `campaignAborted`, so that the audience stays as large as it was. A batch is a transaction with the lane's new
 * place, as in admission, whose row it holds; the skips are told of in it.
 */
export async function skipNotAdmitted(
  { db, announce }: { db: Database; announce: Announce },
  campaignId: number,
  at: Date,
): Promise<void> {
  for (const place of await findOpenPlaces(db, campaignId)) {
    let more = true;
    while (more)
      more = await db
        .transaction()
        .execute((transaction) => skipBatch({ db: transaction, announce }, place, at));
  }
}

/** Skips the next people of one request in one lane; false when there are no more. */
async function skipBatch(
  { db: transaction, announce }: { db: Database; announce: Announce },
  place: OpenPlace,
  at: Date,
): Promise<boolean> {
  await withoutWaitingForDisk(transaction);
  const held = await holdPlace(transaction, place);
  if (held === null) return false;
  const { afterUserId, asOf } = held;
  const { people, last, skipped } = await writeSkips(transaction, place, afterUserId, at);
  await announceSkips(transaction, announce, place.lane, skipped, at);
  const done = people < batch;
  await setPlace(transaction, place, { to: last ?? afterUserId, done, people, asOf });
  return !done;
}

/** Writes the skips of the next people after the place; answers how many were looked at and the last one's id. */
async function writeSkips(
  transaction: Database,
  { lane, requestId }: OpenPlace,
  afterUserId: number,
  at: Date,
): Promise<{ people: number; last: number | null; skipped: Skipped[] }> {
  const { rows } = await sql<Partial<Skipped> & { people: number; last: number | null }>`
    WITH request AS (
      SELECT r.id, r.project_id, r.campaign_id, r.list_ids, r.suppression_list_ids, r.send_at, t.id AS template_id,
        t.medium, ty.id AS message_type_id, ch.id AS channel_id, ch.purpose
      FROM send_request r JOIN template t ON t.id = r.template_id
      LEFT JOIN template_snapshot s ON s.id = r.snapshot_id
      JOIN message_type ty ON ty.id = coalesce((s.content ->> 'message_type_id')::int, t.message_type_id)
      JOIN channel ch ON ch.id = ty.channel_id
      WHERE r.id = ${requestId}
    ), page AS (
      SELECT DISTINCT m.user_id FROM list_member m, request
      WHERE m.lane = ${lane} AND m.list_id = ANY (request.list_ids) AND m.user_id > ${afterUserId}
        AND NOT EXISTS (SELECT 1 FROM list_member s WHERE s.lane = ${lane}
          AND s.list_id = ANY (request.suppression_list_ids) AND s.user_id = m.user_id)
      ORDER BY m.user_id LIMIT ${batch}
    ), written AS (
      INSERT INTO message (lane, id, project_id, user_id, request_id, campaign_id, template_id, channel_id,
        message_type_id, medium, purpose, basis, status, skip_reason, not_before, due_at, created_at)
      SELECT ${lane}, nextval('message_id_seq'), r.project_id, u.id, r.id, r.campaign_id, r.template_id, r.channel_id,
        r.message_type_id, r.medium, r.purpose, 'optIn', 'skipped', 'campaignAborted', r.send_at, r.send_at, ${at}::timestamptz
      FROM request r, page JOIN users u ON u.lane = ${lane} AND u.id = page.user_id
      WHERE u.project_id = r.project_id
      ON CONFLICT (lane, user_id, request_id) DO NOTHING
      RETURNING ${standing}, message.user_id, message.medium
    ), ${counting(lane, 'written', null)}
    SELECT looked.*, told.* FROM (SELECT count(*) AS people, max(user_id) AS last FROM page) looked
    LEFT JOIN (SELECT ${asSkipped} FROM written) told ON true`.execute(transaction);
  const skipped = rows.flatMap((row) => (isSkipped(row) ? [row] : []));
  return { people: rows[0]?.people ?? 0, last: rows[0]?.last ?? null, skipped };
}

function isSkipped(row: Partial<Skipped>): row is Skipped {
  return typeof row.id === 'number';
}
