import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { withoutWaitingForDisk } from '../../database/durability.ts';
import type { Announce } from '../../http/happenings.ts';
import {
  findOpenPlaces,
  type HeldPlace,
  holdPlace,
  type OpenPlace,
  setPlace,
} from '../../requests/lane-place.sql.ts';
import { readAudience } from '../../segments/audience.ts';
import type { SegmentTools } from '../../segments/ground.ts';
import { idsOfPage } from '../admission/audience-page.ts';
import { takeMessageIds } from '../admission/new-message.ts';
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
  { db, ...tools }: SegmentTools & { announce: Announce },
  campaignId: number,
  at: Date,
): Promise<void> {
  for (const place of await findOpenPlaces(db, campaignId)) {
    let more = true;
    while (more)
      more = await db
        .transaction()
        .execute((transaction) => skipBatch({ ...tools, db: transaction }, place, at));
  }
}

/** Skips the next people of one request in one lane; false when there are no more. */
async function skipBatch(
  { db: transaction, announce, segmentKinds }: SegmentTools & { announce: Announce },
  place: OpenPlace,
  at: Date,
): Promise<boolean> {
  await withoutWaitingForDisk(transaction);
  const held = await holdPlace(transaction, place);
  if (held === null) return false;
  const { afterUserId, asOf } = held;
  const people = await nextPeople({ db: transaction, segmentKinds }, place, held, at);
  const skipped = await writeSkips(transaction, place, people, at);
  await announceSkips(transaction, announce, place.lane, skipped, at);
  const done = people.length < batch;
  const to = people.at(-1) ?? afterUserId;
  await setPlace(transaction, place, { to, done, people: people.length, asOf });
  return !done;
}

/** Whom a request goes to in a lane behind its place, by id. */
async function nextPeople(
  tools: SegmentTools,
  { lane }: OpenPlace,
  { afterUserId, projectId, ...audience }: HeldPlace,
  now: Date,
): Promise<number[]> {
  const read = await readAudience(tools, projectId, audience);
  const page = { projectId, lane, audience: read, afterUserId, limit: batch, now };
  const { rows } = await sql<{ id: number }>`
    SELECT page.user_id AS id FROM (${idsOfPage(page)}) page ORDER BY page.user_id`.execute(tools.db);
  return rows.map(({ id }) => id);
}

/** Writes the skips of these people, but for who has a message of the request already or is no more; answers those written. */
async function writeSkips(
  transaction: Database,
  { lane, requestId }: OpenPlace,
  people: readonly number[],
  at: Date,
): Promise<Skipped[]> {
  if (people.length === 0) return [];
  const ids = await takeMessageIds(transaction, people.length);
  const { rows } = await sql<Skipped>`
    WITH written AS (
      INSERT INTO message (lane, id, project_id, user_id, request_id, campaign_id, template_id, channel_id,
        message_type_id, medium, purpose, basis, status, skip_reason, not_before, due_at, created_at)
      SELECT u.lane, given.id, r.project_id, u.id, r.id, r.campaign_id, t.id, ch.id,
        ty.id, t.medium, ch.purpose, 'optIn', 'skipped', 'campaignAborted', r.send_at, r.send_at, ${at}::timestamptz
      FROM users u JOIN unnest(${people}::bigint[], ${ids}::bigint[]) AS given (user_id, id) ON given.user_id = u.id
      JOIN send_request r ON r.id = ${requestId} AND r.project_id = u.project_id
      JOIN template t ON t.id = r.template_id
      LEFT JOIN template_snapshot s ON s.id = r.snapshot_id
      JOIN message_type ty ON ty.id = coalesce((s.content ->> 'message_type_id')::int, t.message_type_id)
      JOIN channel ch ON ch.id = ty.channel_id
      WHERE u.lane = ${lane}
      ON CONFLICT (lane, user_id, request_id) DO NOTHING
      RETURNING ${standing}, message.user_id, message.medium
    ), ${counting(lane, 'written', null)}
    SELECT ${asSkipped} FROM written`.execute(transaction);
  return rows;
}
