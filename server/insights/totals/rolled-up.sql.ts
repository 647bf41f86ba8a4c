import { type RawBuilder, sql } from 'kysely';
import type { Ask } from '../../lanes/over-lanes.sql.ts';
import type { MessageCount, TotalsScope } from './campaign-totals.sql.ts';
import type { Cell } from './totals-range.ts';

/** Messages that stand alike, and of those that left since the time asked for the same minute. */
export interface RolledUp extends MessageCount {
  /** In which they left, or arrived; null for none, and for those before the time asked for. */
  minute: Date | null;
  /** Of them, those queued that may not leave yet: due in a later minute, and held while the campaign is paused. */
  later: number;
  held: number;
}

const columns = sql`standing, skip_reason, minute, messages, segments, price_micros, first_request_id, last_request_id,
  first_left_at, admitted_at, admitted_within`;

/** SQL: a campaign's rollups and the changes that are not in them yet, as `rolled`. */
function rolledIn(
  { projectId, campaignId }: TotalsScope,
  isIn: RawBuilder<unknown>,
  more = sql``,
): RawBuilder<unknown> {
  const mine = sql`campaign_id = ${campaignId} AND lane ${isIn} AND project_id = ${projectId} ${more}`;
  return sql`(SELECT ${columns} FROM message_rollup WHERE ${mine}
    UNION ALL SELECT ${columns} FROM message_rollup_change WHERE ${mine}) rolled`;
}

/** SQL: the launch that all messages of a rollup are of, else 0. */
function launchIn({ range }: TotalsScope): RawBuilder<unknown> {
  const launches = range ? [...range.within, ...range.outside] : [];
  return sql`CASE WHEN first_request_id = last_request_id AND first_request_id = ANY (${launches}::bigint[])
    THEN first_request_id ELSE 0 END`;
}

/** SQL: when that which a rollup counts together ends. A day of it has 24 hours anywhere. */
const admittedUntil = sql`admitted_at + make_interval(secs => extract(epoch FROM admitted_within)::float8)`;

/** What of a campaign is counted together. */
export async function cellsOf(ask: Ask, scope: TotalsScope): Promise<Cell[]> {
  const rows = await ask.overLanes(
    (isIn) => sql<Cell>`
    SELECT admitted_at AS "from", ${admittedUntil} AS "to", ${launchIn(scope)} AS launch,
      min(first_request_id) AS first, max(last_request_id) AS last
    FROM ${rolledIn(scope, isIn)} GROUP BY 1, 2, 3`,
  );
  const cells = Map.groupBy(rows, ({ from, to, launch }) => `${from.getTime()} ${to.getTime()} ${launch}`);
  return [...cells.values()].flatMap(([cell, ...others]) =>
    cell
      ? [
          {
            ...cell,
            first: Math.min(cell.first, ...others.map(({ first }) => first)),
            last: Math.max(cell.last, ...others.map(({ last }) => last)),
          },
        ]
      : [],
  );
}

/**
 * Messages by standing, skip reason, and the minute since `since` in which they left or arrived; of these cells alone where
 * they are given. Those that arrived are told of a second time, as standing `arrived`.
 */
export function readRolledUp(
  ask: Ask,
  scope: TotalsScope,
  since: Date,
  now: Date,
  cells: readonly Cell[] | null = null,
): Promise<RolledUp[]> {
  const waits = sql`standing IN ('queued', 'retrying')`;
  const inCells = cells
    ? sql`AND (admitted_at, ${admittedUntil}, ${launchIn(scope)}) IN (SELECT * FROM unnest(
        ${cells.map(({ from }) => from)}::timestamptz[], ${cells.map(({ to }) => to)}::timestamptz[],
        ${cells.map(({ launch }) => launch)}::bigint[]))`
    : sql``;
  return ask.overLanes(
    (isIn) => sql<RolledUp>`
    SELECT standing, nullif(skip_reason, '') AS "skipReason",
      CASE WHEN minute >= ${since}::timestamptz AND NOT ${waits} THEN minute END AS minute,
      sum(messages) AS messages, sum(segments) AS segments, sum(price_micros)::bigint AS "priceMicros",
      min(first_request_id) AS "firstRequest", max(last_request_id) AS "lastRequest",
      min(first_left_at) AS "firstLeftAt",
      coalesce(sum(messages) FILTER (WHERE ${waits} AND minute > ${now}::timestamptz AND minute < 'infinity'), 0) AS later,
      coalesce(sum(messages) FILTER (WHERE ${waits} AND minute = 'infinity'), 0) AS held
    FROM ${rolledIn(scope, isIn, inCells)}
    GROUP BY 1, 2, 3 HAVING sum(messages) <> 0`,
  );
}
