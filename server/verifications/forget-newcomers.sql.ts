import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { Context } from '../http/context.ts';
import { lanes } from '../lanes/lanes.ts';
import type { FlowBringer } from '../lanes/worker.ts';
import { deleteUsers } from '../users/delete-users.ts';
import type { UserRef } from '../users/identity.ts';

const dayMs = 24 * 3_600_000;
/** A code that nobody checks makes nobody's number ours for longer than this. */
const newcomersStayMs = dayMs;
/** What was sent to a person counts for a day; the rest is for who asks what happened. */
const codesStayMs = 30 * dayMs;
const sumsStayMs = 90 * dayMs;
/** How often one looks, and how many people of a lane are deleted at a look. */
const lookEveryMs = 60_000;
const atOnce = 200;

/** Brings no flow, but forgets who asked for a code, never had one checked, and of whom nothing else is known. */
export function verificationUpkeep(context: Context): FlowBringer {
  let next = 0;
  const look = async () => {
    const now = context.clock.now();
    if (now.getTime() < next) return;
    next = now.getTime() + lookEveryMs;
    await forgetNewcomers(context, now);
    await dropOld(context.db, now);
  };
  return { begin: async () => ({ flows: [], everySecond: [look] }) };
}

/** Deletes newcomers who never checked a code. Nobody who has given or done anything else is one; they are not looked at again. */
async function forgetNewcomers({ db, people }: Context, now: Date): Promise<void> {
  const before = new Date(now.getTime() - newcomersStayMs);
  const { rows } = await sql<{ lane: number }>`
    SELECT DISTINCT lane FROM verification
    WHERE lane = ANY (${lanes}::smallint[]) AND is_newcomer AND begun_at < ${before}::timestamptz`.execute(
    db,
  );
  for (const { lane } of rows) {
    const strangers = await newcomersOf(db, lane, before);
    for (const [projectId, group] of Map.groupBy(strangers, (each) => each.projectId))
      await deleteUsers(people, projectId, group, now);
    if (strangers.length < atOnce)
      await sql`
        UPDATE verification SET is_newcomer = false
        WHERE lane = ${lane} AND is_newcomer AND begun_at < ${before}::timestamptz`.execute(db);
  }
}

async function newcomersOf(
  db: Database,
  lane: number,
  before: Date,
): Promise<(UserRef & { projectId: number })[]> {
  const { rows } = await sql<UserRef & { projectId: number }>`
    SELECT DISTINCT u.lane, u.id, u.project_id AS "projectId"
    FROM verification v JOIN users u ON u.lane = ${lane} AND u.id = v.user_id
    WHERE v.lane = ${lane} AND v.is_newcomer AND v.begun_at < ${before}::timestamptz
      AND u.email IS NULL AND u.external_id IS NULL AND u.whatsapp_user_id IS NULL AND u.data_fields = '{}'
      AND NOT EXISTS (SELECT 1 FROM verification o WHERE o.lane = ${lane} AND o.user_id = u.id
        AND (o.state = 'verified' OR o.begun_at >= ${before}::timestamptz))
      AND NOT EXISTS (SELECT 1 FROM consent_entry c WHERE c.lane = ${lane} AND c.user_id = u.id)
      AND NOT EXISTS (SELECT 1 FROM event e WHERE e.lane = ${lane} AND e.user_id = u.id)
      AND NOT EXISTS (SELECT 1 FROM list_member l WHERE l.lane = ${lane} AND l.user_id = u.id)
      AND NOT EXISTS (SELECT 1 FROM inbound_message i WHERE i.lane = ${lane} AND i.user_id = u.id)
      AND NOT EXISTS (SELECT 1 FROM message m WHERE m.lane = ${lane} AND m.user_id = u.id AND m.basis <> 'ownRequest')
    LIMIT ${atOnce}`.execute(db);
  return rows;
}

async function dropOld(db: Database, now: Date): Promise<void> {
  const codes = new Date(now.getTime() - codesStayMs);
  const sums = new Date(now.getTime() - sumsStayMs);
  await sql`
    DELETE FROM verification WHERE lane = ANY (${lanes}::smallint[]) AND begun_at < ${codes}::timestamptz`.execute(
    db,
  );
  await sql`DELETE FROM verification_tally WHERE at < ${sums}::timestamptz`.execute(db);
  await sql`DELETE FROM verification_block WHERE until < ${sums}::timestamptz`.execute(db);
}
