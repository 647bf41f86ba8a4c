import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { PersonalData } from '../../users/people.ts';
import { lockSegmentLane } from './lane.sql.ts';

/**
 * How people stand with live segments goes with them; nobody is told of it. Into whom somebody is merged is looked at anew, as with
 * everything that happens.
 */
export const segmentData: PersonalData = {
  tables: ['segment_standing'],
  moveUser: (transaction, { from }) => forgetStandings(transaction, from.lane, [from.id]),
  forgetUsers: (transaction, { lane, users }) =>
    forgetStandings(
      transaction,
      lane,
      users.map(({ id }) => id),
    ),
};

async function forgetStandings(
  transaction: Database,
  lane: number,
  userIds: readonly number[],
): Promise<void> {
  await lockSegmentLane(transaction, lane);
  await sql`
    WITH gone AS (
      DELETE FROM segment_standing WHERE lane = ${lane} AND user_id = ANY(${userIds}::bigint[])
        AND segment_id = ANY(ARRAY(SELECT segment_id FROM segment_lane WHERE lane = ${lane}))
      RETURNING segment_id, is_member
    ), fewer AS (SELECT segment_id, count(*)::int AS members FROM gone WHERE is_member GROUP BY segment_id)
    UPDATE segment_lane s SET members = s.members - f.members FROM fewer f
    WHERE s.lane = ${lane} AND s.segment_id = f.segment_id`.execute(transaction);
}
