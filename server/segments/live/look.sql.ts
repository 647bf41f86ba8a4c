import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { sendTogether } from '../../database/send-together.ts';
import type { SegmentHappening } from '../../http/happenings.ts';
import { here } from '../../lanes/here.sql.ts';
import { inBatches } from '../../users/by-lane.ts';
import { type Asked, amongThem, type Definition } from '../leaf-kind.ts';

/** A look at people of one lane: what a segment means, and whom to look at; null for everybody there. */
export interface Look {
  segmentId: number;
  definition: Definition;
  asked: Asked & { lane: number };
}

/** Somebody who stands otherwise with a segment than is written. */
interface Change {
  userId: number;
  /** Null for who is gone. */
  isMember: boolean | null;
  /** In ms since 1970, rounded up: the first instant of a clock of milliseconds at which it holds. */
  flipsAt: number | null;
  /** As is written; null where nothing is. */
  wasMember: boolean | null;
}

/** What flips so late never does: 9999-12-31 is how many say that there is no end, and later years are not written as they are read. */
const never = Date.UTC(9999, 0, 1);

/** SQL: of whom it is otherwise than is written, whether they are of the segment, and when that may flip. */
function changesOf({ segmentId, definition, asked }: Look): RawBuilder<Change> {
  const { lane, projectId } = asked;
  const flips = definition.flipsAt(asked);
  const flipsAt = flips ? sql`ceil(extract(epoch FROM (${flips})) * 1000)::bigint` : sql`NULL::bigint`;
  return sql<Change>`
    SELECT coalesce(l.id, s.user_id) AS "userId", l.holds AS "isMember", l.flips AS "flipsAt", s.is_member AS "wasMember"
    FROM (SELECT id, holds, CASE WHEN flips < ${never}::bigint THEN flips END AS flips FROM (
      SELECT u.id, ${definition.holds(asked)} AS holds, ${flipsAt} AS flips FROM users u
      WHERE u.lane = ${lane} AND u.project_id = ${projectId} ${amongThem(asked, sql`u.id`)} OFFSET 0) looked) l
    FULL JOIN (SELECT st.user_id, st.is_member, (extract(epoch FROM st.flips_at) * 1000)::bigint AS flips FROM segment_standing st
      WHERE st.lane = ${lane} AND st.segment_id = ${segmentId} ${amongThem(asked, sql`st.user_id`)} OFFSET 0) s
    ON s.user_id = l.id
    WHERE CASE WHEN s.user_id IS NULL THEN l.holds OR l.flips IS NOT NULL
      WHEN l.id IS NULL THEN true ELSE s.is_member <> l.holds OR s.flips IS DISTINCT FROM l.flips END`;
}

/** People in one statement. */
const mostWritten = 5_000;

/**
 * Looks at people of one lane, whose lock one has, and writes how they stand with segments now, each look for itself. Answers who came to be of a
 * segment or is of it no longer; of who is gone it says nothing.
 */
export async function lookAtPeople(
  transaction: Database,
  lane: number,
  looks: readonly Look[],
): Promise<SegmentHappening[]> {
  const found = await sendTogether(transaction, (send) =>
    Promise.all(looks.map((each) => send(changesOf(each)))),
  );
  const happenings: SegmentHappening[] = [];
  for (const [index, look] of looks.entries()) {
    const changes = found[index]?.rows ?? [];
    if (changes.length === 0) continue;
    const { segmentId, asked } = look;
    const stays = changes.filter(
      ({ isMember, flipsAt }) => isMember || (isMember === false && flipsAt !== null),
    );
    const goes = changes.filter((change) => change.wasMember !== null && !stays.includes(change));
    for (const batch of inBatches(stays, mostWritten)) await writeStandings(transaction, lane, look, batch);
    for (const batch of inBatches(goes, mostWritten))
      await deleteStandings(transaction, lane, segmentId, batch);
    const entered = changes.filter(({ isMember, wasMember }) => isMember && !wasMember);
    const left = changes.filter(({ isMember, wasMember }) => !isMember && wasMember);
    await addMembers(transaction, lane, segmentId, entered.length - left.length);
    const told = (what: SegmentHappening['what'], { userId }: Change): SegmentHappening => ({
      ...{ kind: 'segment', what, segmentId, projectId: asked.projectId, lane, userId, at: asked.now },
    });
    happenings.push(
      ...left.flatMap((change) => (change.isMember === null ? [] : told('left', change))),
      ...entered.map((change) => told('entered', change)),
    );
  }
  return happenings;
}

async function writeStandings(
  transaction: Database,
  lane: number,
  { segmentId, asked: { now } }: Look,
  changes: readonly Change[],
): Promise<void> {
  await sql`
    INSERT INTO segment_standing (lane, segment_id, user_id, is_member, since, flips_at)
    SELECT here.lane, ${segmentId}::int, n.user_id, n.is_member, ${now}::timestamptz, n.flips_at
    FROM ${here(lane)} CROSS JOIN unnest(${changes.map(({ userId }) => userId)}::bigint[],
      ${changes.map(({ isMember }) => isMember)}::boolean[],
      ${changes.map(({ flipsAt }) => (flipsAt === null ? null : new Date(flipsAt)))}::timestamptz[]) AS n (user_id, is_member, flips_at)
    ON CONFLICT (lane, segment_id, user_id) DO UPDATE SET is_member = excluded.is_member, flips_at = excluded.flips_at,
      since = CASE WHEN segment_standing.is_member = excluded.is_member THEN segment_standing.since ELSE excluded.since END`.execute(
    transaction,
  );
}

async function deleteStandings(
  transaction: Database,
  lane: number,
  segmentId: number,
  changes: readonly Change[],
): Promise<void> {
  await sql`
    DELETE FROM segment_standing WHERE lane = ${lane} AND segment_id = ${segmentId}
      AND user_id = ANY(${changes.map(({ userId }) => userId)}::bigint[])`.execute(transaction);
}

async function addMembers(
  transaction: Database,
  lane: number,
  segmentId: number,
  more: number,
): Promise<void> {
  if (more === 0) return;
  await sql`
    UPDATE segment_lane SET members = members + ${more}::int
    WHERE lane = ${lane} AND segment_id = ${segmentId}`.execute(transaction);
}
