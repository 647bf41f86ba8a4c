import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { overLanes } from '../../lanes/over-lanes.sql.ts';
import type { MessageChance } from './supposing.ts';

const days90 = 90 * 86_400_000;

/**
 * How often messages of the project's campaigns were delivered, failed, were read, tapped and answered, of a hundred that left: of all campaigns by which any was
 * admitted in the last 90 days, by what is kept of each. Null where none left.
 */
export async function seenRates(
  db: Database,
  projectId: number,
  now: Date,
): Promise<Record<MessageChance, number | null>> {
  const since = new Date(now.getTime() - days90);
  const rows = await overLanes<{ what: string; number: number }>(
    db,
    (isIn) => sql<{ what: string; number: number }>`
      WITH recent AS (
        SELECT DISTINCT campaign_id FROM message_rollup
        WHERE lane ${isIn} AND project_id = ${projectId} AND admitted_at > ${since}::timestamptz
      )
      SELECT r.standing AS what, sum(r.messages)::float8 AS number FROM message_rollup r
      WHERE r.lane ${isIn} AND r.project_id = ${projectId} AND r.campaign_id IN (SELECT campaign_id FROM recent)
      GROUP BY r.standing
      UNION ALL
      SELECT p.kind, sum(p.people)::float8 FROM response_rollup p
      WHERE p.lane ${isIn} AND p.project_id = ${projectId} AND p.page_key = 0 AND p.address_key = 0 AND p.kind IN ('click', 'reply')
        AND p.campaign_id IN (SELECT campaign_id FROM recent)
      GROUP BY p.kind`,
  );
  const sums = Map.groupBy(rows, ({ what }) => what);
  const of = (...whats: string[]) =>
    whats.flatMap((what) => sums.get(what) ?? []).reduce((sum, { number }) => sum + number, 0);
  const left = of('dispatching', 'inDoubt', 'sent', 'delivered', 'read', 'bounced');
  const share = (number: number) =>
    left === 0 ? null : Math.min(100, Math.round((number / left) * 1_000) / 10);
  return {
    ...{ delivered: share(of('delivered', 'read')), failed: share(of('bounced')), read: share(of('read')) },
    ...{ click: share(of('click')), reply: share(of('reply')) },
  };
}
