import { sql } from 'kysely';
import type { Clock } from '../../clock/clock.ts';
import { eachWithMetadata } from '../../content/metadata/metadata-batch.ts';
import type { Database } from '../../database/connect.ts';
import { withoutWaitingForDisk } from '../../database/durability.ts';
import type { Announce } from '../../http/happenings.ts';
import { announceSkips } from '../skip-queued.ts';
import { type Admission, type AdmissionPlan, admitUser, emptyMessage } from './admit-user.ts';
import { type AudienceUser, nextAudiencePage } from './audience-page.ts';
import type { Timing, TimingRequest } from './lawful-timing.ts';
import { insertMessages, type NewMessage, takeMessageIds } from './new-message.ts';

/** Users admitted in one transaction. */
const pageSize = 500;

/**
 * Admits the next users of a request in one lane: their messages, links and the lane's new place are one
 * transaction, so a crash repeats nothing and loses nothing. Returns the messages made and whether the lane is
 * done. The caller has taken the lane.
 */
export async function admitNextPage(
  connection: Database,
  { clock, announce }: { clock: Clock; announce: Announce },
  plan: AdmissionPlan,
  lane: number,
  timing: (request: TimingRequest) => Timing,
): Promise<{ messages: NewMessage[]; done: boolean }> {
  const place = await lanePlace(connection, plan.requestId, lane);
  if (!place || place.done) return { messages: [], done: true };
  const users = await nextAudiencePage(connection, {
    ...plan,
    lane,
    listIds: place.listIds,
    suppressionListIds: place.suppressionListIds,
    afterUserId: place.afterUserId,
    limit: pageSize,
  });
  const done = users.length < pageSize;
  const last = users.at(-1)?.id ?? place.afterUserId;
  const admissions = await admitAll(
    connection,
    clock,
    plan,
    users.filter((user) => user.exists),
    timing,
  );
  return connection.transaction().execute(async (transaction) => {
    await withoutWaitingForDisk(transaction);
    // Stopped or paused meanwhile: what was decided is thrown away, and decided anew if it goes on.
    if (!(await moveOn(transaction, plan.requestId, lane, place.afterUserId, last, done)))
      return { messages: [], done: true };
    await writeAdmissions(transaction, announce, lane, plan, admissions);
    return { messages: admissions.map((admission) => admission.message), done };
  });
}

/** Decides on all users given, whose messages get ids. */
export async function admitAll(
  db: Database,
  clock: Clock,
  plan: AdmissionPlan,
  users: readonly AudienceUser[],
  timing: (request: TimingRequest) => Timing,
): Promise<Admission[]> {
  const ids = await takeMessageIds(db, users.length);
  const now = clock.now();
  return admitEach(
    db,
    plan,
    users.map((user, index) => ({ user, messageId: ids[index] ?? 0 })),
    now,
    timing,
  );
}

/**
 * Decides on each user, as the message of this id, letting others on this thread have a turn between stretches. One of
 * whom no message can be made is skipped with the fault as its detail, and holds up nobody else.
 */
export function admitEach(
  db: Database,
  plan: AdmissionPlan,
  users: readonly { user: AudienceUser; messageId: number }[],
  now: Date,
  timing: (request: TimingRequest) => Timing,
): Promise<Admission[]> {
  return eachWithMetadata(db, plan.projectId, users, (readMetadata) => {
    const batch = { ...plan, readMetadata };
    return ({ user, messageId }) => admitOne(batch, user, messageId, now, timing);
  });
}

function admitOne(...[plan, user, id, now, timing]: Parameters<typeof admitUser>): Admission {
  try {
    return admitUser(plan, user, id, now, timing);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const message = { ...emptyMessage(plan, user, id, now), skipReason: 'renderError' as const, detail };
    return { message, stickySenderId: null };
  }
}

/** Writes what was decided and tells of the skips, in the caller's transaction. Returns the ids of the messages that are new. */
export async function writeAdmissions(
  transaction: Database,
  announce: Announce,
  lane: number,
  plan: Pick<AdmissionPlan, 'poolId'>,
  admissions: readonly Admission[],
): Promise<Set<number>> {
  const written = await insertMessages(
    transaction,
    lane,
    admissions.map((admission) => admission.message),
  );
  const known = admissions.filter(
    (admission) => admission.stickySenderId !== null && written.has(admission.message.id),
  );
  if (known.length > 0)
    await sql`
      INSERT INTO sticky_sender (lane, user_id, pool_id, sender_id)
      SELECT ${lane}, user_id, ${plan.poolId}, sender_id FROM unnest(
        ${known.map((admission) => admission.message.userId)}::bigint[],
        ${known.map((admission) => admission.stickySenderId)}::int[]) AS k (user_id, sender_id)
      ON CONFLICT (lane, user_id, pool_id) DO UPDATE SET sender_id = excluded.sender_id
    `.execute(transaction);
  const skipped = admissions.flatMap(({ message }) =>
    message.skipReason !== null && written.has(message.id) ? [message] : [],
  );
  const [first] = skipped;
  if (first) await announceSkips(transaction, announce, lane, skipped, first.createdAt);
  return written;
}

interface LanePlace {
  afterUserId: number;
  done: boolean;
  listIds: number[];
  suppressionListIds: number[];
}

async function lanePlace(db: Database, requestId: number, lane: number): Promise<LanePlace | undefined> {
  return db
    .selectFrom('send_request_lane')
    .innerJoin('send_request', 'send_request.id', 'send_request_lane.request_id')
    .select([
      'after_user_id as afterUserId',
      'done',
      'list_ids as listIds',
      'suppression_list_ids as suppressionListIds',
    ])
    .where('request_id', '=', requestId)
    .where('lane', '=', lane)
    .where('send_request.state', '=', 'admitting')
    .executeTakeFirst();
}

/**
 * Moves the lane's place on, holding its row to the transaction's end; false when the request was stopped, its
 * campaign is not running any more, or the place is not where it was.
 */
async function moveOn(
  transaction: Database,
  requestId: number,
  lane: number,
  from: number,
  to: number,
  done: boolean,
): Promise<boolean> {
  const { rows } = await sql<{ lane: number }>`
    UPDATE send_request_lane l SET after_user_id = ${to}, done = ${done}
    FROM send_request r
    LEFT JOIN campaign c ON c.id = r.campaign_id
    WHERE l.request_id = ${requestId} AND l.lane = ${lane} AND l.after_user_id = ${from} AND r.id = l.request_id
      AND r.state = 'admitting' AND (c.id IS NULL OR c.state = 'Running')
    RETURNING l.lane
  `.execute(transaction);
  return rows.length > 0;
}
