import type { Clock } from '../../clock/clock.ts';
import { eachWithMetadata } from '../../content/metadata/metadata-batch.ts';
import type { Database } from '../../database/connect.ts';
import { withoutWaitingForDisk } from '../../database/durability.ts';
import type { Announce } from '../../http/happenings.ts';
import { lanePlace, movePlace } from '../../requests/lane-place.sql.ts';
import { readAudience } from '../../segments/audience.ts';
import type { SegmentTools } from '../../segments/ground.ts';
import { keepStickySenders } from '../../senders/sticky-senders.sql.ts';
import { announceSkips } from '../skip-queued.ts';
import { type Admission, type AdmissionPlan, admitUser, emptyMessage, faultOf } from './admit-user.ts';
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
  {
    clock,
    announce,
    segmentKinds,
  }: { clock: Clock; announce: Announce } & Pick<SegmentTools, 'segmentKinds'>,
  plan: AdmissionPlan,
  lane: number,
  timing: (request: TimingRequest) => Timing,
): Promise<{ messages: NewMessage[]; done: boolean }> {
  const place = await lanePlace(connection, plan.requestId, lane);
  if (!place || place.done) return { messages: [], done: true };
  const page = await nextAudiencePage(connection, {
    ...plan,
    lane,
    audience: await readAudience({ db: connection, segmentKinds }, plan.projectId, place),
    afterUserId: place.afterUserId,
    limit: pageSize,
    now: clock.now(),
  });
  const { users, looked: people, last, isEnd: done } = page;
  const admissions = await admitAll(connection, clock, plan, users, timing);
  return connection.transaction().execute(async (transaction) => {
    await withoutWaitingForDisk(transaction);
    // Stopped or paused meanwhile: what was decided is thrown away, and decided anew if it goes on.
    const move = { from: place.afterUserId, to: last, done, people, asOf: place.asOf };
    if (!(await movePlace(transaction, plan.requestId, lane, move))) return { messages: [], done: true };
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
    const { skip: skipReason, detail } = faultOf(error);
    return { message: { ...emptyMessage(plan, user, id, now), skipReason, detail }, stickySenderId: null };
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
  const known = admissions.flatMap(({ message, stickySenderId: senderId }) =>
    senderId !== null && written.has(message.id) ? [{ userId: message.userId, senderId }] : [],
  );
  await keepStickySenders(transaction, lane, plan.poolId, known);
  const skipped = admissions.flatMap(({ message }) =>
    message.skipReason !== null && written.has(message.id) ? [message] : [],
  );
  const [first] = skipped;
  if (first) await announceSkips(transaction, announce, lane, skipped, first.createdAt);
  return written;
}
