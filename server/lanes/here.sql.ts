import { type RawBuilder, sql } from 'kysely';

/**
 * SQL: the row of a lane, as `here`. Rows that are given with a statement are inserted into `here.lane`, so that a cluster
 * sees where they belong, and does it all on that lane's node and commits in one phase.
 */
export const here = (lane: number): RawBuilder<unknown> =>
  sql`(SELECT lane FROM lane WHERE lane = ${lane}::smallint) here`;
