import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { Happening } from '../../http/happenings.ts';
import { here } from '../../lanes/here.sql.ts';
import type { Where } from '../definition/tile-kind.ts';
import { conditionsHold, isThis } from '../leave/awaited-event.ts';
import { openCounts } from '../runs/counts.sql.ts';
import { type Goal, mayReach } from './goal.ts';

/**
 * Counts which passages of a journey have reached its goal by what happened to people of one lane, which one has to oneself: each passage once, whether its person is still
 * inside or has left. An event counts for one passage, of those that had begun in time the one that began last. It is put down to the tile of the last message of the passage
 * that had left before it; to none where there was none.
 */
export async function keepGoals(
  transaction: Database,
  where: Where,
  { id: journeyId, goal }: { id: number; goal: Goal },
  happenings: readonly Happening[],
): Promise<void> {
  const { projectId, lane } = where;
  const own = happenings.filter((each) => mayReach(goal, each));
  const eventIds = own.flatMap((each) =>
    each.kind === 'event' || each.kind === 'purchase' ? each.eventId : [],
  );
  const userIds = [...new Set(own.map(({ userId }) => userId))];
  if (eventIds.length === 0) return;
  const passages = (table: 'journey_run' | 'journey_run_ended') => sql`
    SELECT id, user_id, key, entered_at, is_held_out FROM ${sql.table(table)}
    WHERE lane = ${lane} AND user_id = ANY (${userIds}::bigint[]) AND journey_id = ${journeyId}`;
  const began = goal.after === 'entry' ? sql`r.entered_at` : sql`last.left_at`;
  const { rows } = await sql<{ tile: string | null; isHeldOut: boolean }>`
    WITH reached AS (
      SELECT DISTINCT ON (e.id) e.id AS event_id, e.happened_at, r.id AS run_id, r.user_id, r.is_held_out, last.tile
      FROM event e
      JOIN users u ON u.lane = ${lane} AND u.id = e.user_id
      JOIN (${passages('journey_run')} UNION ALL ${passages('journey_run_ended')}) r
        ON r.user_id = e.user_id AND r.entered_at <= e.happened_at
      LEFT JOIN LATERAL (
        SELECT jm.tile, m.dispatched_at AS left_at
        FROM journey_message jm JOIN message m ON m.lane = ${lane} AND m.id = jm.message_id
        WHERE jm.lane = ${lane} AND jm.run_id = r.id AND m.dispatched_at <= e.happened_at
          AND m.status NOT IN ('queued', 'skipped', 'bounced')
        ORDER BY m.dispatched_at DESC, m.id DESC LIMIT 1) last ON true
      WHERE e.lane = ${lane} AND e.id = ANY (${eventIds}::bigint[]) AND e.project_id = ${projectId}
        AND ${isThis(goal.event)} AND ${conditionsHold(goal.event, where, own)}
        AND e.happened_at <= ${began} + ${`${goal.withinMs} milliseconds`}::interval
      ORDER BY e.id, r.entered_at DESC, r.id DESC
    )
    INSERT INTO journey_goal (lane, run_id, project_id, journey_id, user_id, event_id, reached_at, tile, is_held_out)
    SELECT here.lane, f.run_id, ${projectId}, ${journeyId}, f.user_id, f.event_id, f.happened_at, f.tile, f.is_held_out
    FROM ${here(lane)} CROSS JOIN (SELECT DISTINCT ON (run_id) * FROM reached ORDER BY run_id, happened_at, event_id) f
    ON CONFLICT (lane, run_id) DO NOTHING
    RETURNING tile, is_held_out AS "isHeldOut"`.execute(transaction);
  const counts = openCounts();
  for (const { tile, isHeldOut } of rows)
    counts.add(journeyId, tile ?? '', isHeldOut ? 'goal of held out' : 'goal');
  await counts.write(transaction, lane);
}
