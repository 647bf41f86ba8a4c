import { sql } from 'kysely';
import type { Clock } from '../clock/clock.ts';
import type { Database } from '../database/connect.ts';
import type { Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { isTwoWay } from './sender-rules.ts';
import { findSender, type Sender } from './senders.sql.ts';

/** A sender with what the day has used of it and the pools it is in. */
export interface SenderStanding {
  sender: Sender;
  usedToday: number;
  poolIds: number[];
}

/** A project's senders, in the order they were made. */
export async function listSenders(db: Database, projectId: number, clock: Clock): Promise<SenderStanding[]> {
  const senders = await db
    .selectFrom('sender')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('id')
    .execute();
  const paces = await db
    .selectFrom('sender_pace')
    .innerJoin('sender', 'sender.id', 'sender_pace.sender_id')
    .select(['sender_id', 'day_used', sql<string>`to_char(day, 'YYYY-MM-DD')`.as('day')])
    .where('sender.project_id', '=', projectId)
    .execute();
  const pools = await db
    .selectFrom('sender_pool')
    .select(['id', 'sender_ids'])
    .where('project_id', '=', projectId)
    .orderBy('id')
    .execute();
  const paceOf = new Map(paces.map((pace) => [pace.sender_id, pace]));
  return senders.map((sender) => {
    const pace = paceOf.get(sender.id);
    return {
      sender,
      usedToday: pace?.day === dayIn(sender.day_zone, clock.now()) ? pace.day_used : 0,
      poolIds: pools.filter((pool) => pool.sender_ids.includes(sender.id)).map((pool) => pool.id),
    };
  });
}

/** The calendar day of an instant in a zone, as YYYY-MM-DD: what a sender's daily cap counts by. */
function dayIn(zone: string, at: Date): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toString();
}

/** A project's sender; throws `NotFound`. */
export async function requireSender(db: Database, projectId: number, id: number): Promise<Sender> {
  const row = await findSender(db, projectId, id);
  if (!row) throw new ApiError('NotFound', `There is no sender ${id} in this project; see GET /api/senders`);
  return row;
}

/** What stands against deleting a sender: pools that name it, what it has sent, and what those above tell. */
export async function usesOfSender(
  { db, findUses }: Pick<Context, 'db' | 'findUses'>,
  projectId: number,
  senderId: number,
): Promise<string[]> {
  const { rows } = await sql<{ use: string }>`
    SELECT 'pool ' || name AS use FROM sender_pool
    WHERE project_id = ${projectId} AND ${senderId} = ANY (sender_ids)
    UNION ALL
    SELECT 'messages it has sent' FROM sender_pace
    WHERE sender_id = ${senderId} AND next_slot_at > 'epoch'`.execute(db);
  const above = await findUses(db, projectId, 'sender', senderId);
  return [...above.map(({ words }) => words), ...rows.map((row) => row.use)];
}

/** A sender as the API shows it. */
export function senderView({ sender, usedToday, poolIds }: SenderStanding) {
  return {
    id: sender.id,
    name: sender.name,
    kind: sender.kind,
    medium: sender.medium,
    address: sender.address,
    wireAddress: sender.wire_address,
    country: sender.country,
    registration: sender.registration,
    purpose: sender.purpose,
    mps: sender.mps,
    dailyCap: sender.daily_cap,
    dayZone: sender.day_zone,
    usedToday,
    state: sender.state,
    stoppedReason: sender.stopped_reason,
    twoWay: isTwoWay(sender.kind, sender.country),
    poolIds,
    providerAccountId: sender.provider_account_id,
    createdAt: sender.created_at.toISOString(),
  };
}
