import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { Purpose } from '../../database/tables/consent.ts';
import type { Medium } from '../../medium/media.ts';
import { memoisedTiming, type Timing } from './lawful-timing.ts';

const timing = memoisedTiming();

/**
 * When a message of a type may leave to each of these people of a lane that is asked for at an instant, by the laws of hours. Who is gone is
 * absent.
 */
export async function hoursOfPeople(
  db: Database,
  { projectId, lane }: { projectId: number; lane: number },
  messageTypeId: number,
  userIds: readonly number[],
): Promise<Map<number, (from: Date) => Timing>> {
  const { rows } = await sql<{
    id: number;
    placeKey: string;
    medium: Medium;
    purpose: Purpose;
    caution: boolean;
  }>`
    SELECT u.id, u.place_key AS "placeKey", c.medium, c.purpose, p.caution
    FROM users u JOIN message_type t ON t.id = ${messageTypeId} AND t.project_id = u.project_id
    JOIN channel c ON c.id = t.channel_id JOIN project p ON p.id = u.project_id
    WHERE u.lane = ${lane} AND u.project_id = ${projectId} AND u.id = ANY (${userIds}::bigint[])`.execute(db);
  return new Map(rows.map(({ id, ...of }) => [id, (from) => timing({ ...of, from, onQuiet: 'delay' })]));
}
