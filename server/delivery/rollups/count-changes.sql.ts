import { type RawBuilder, sql } from 'kysely';
import { here } from '../../lanes/here.sql.ts';

/** What rollups are told by of a message. */
const columns = [
  ...['id', 'project_id', 'campaign_id', 'request_id', 'created_at', 'status', 'skip_reason', 'due_at'],
  ...['dispatched_at', 'delivered_at', 'read_at', 'failed_at', 'segments', 'price_micros'],
];
const namesOf = (alias: string) => sql.raw(columns.map((column) => `${alias}.${column}`).join(', '));

/** SQL: these columns of `message`, as those have to select and return them who count what they change by `counting`. */
export const standing = namesOf('message');

/** SQL: how long admitted messages are counted together. Nearly all clocks differ by half hours. */
const together = sql`interval '30 minutes'`;
const epoch = sql`timestamptz '1970-01-01Z'`;
const minuteOf = (at: RawBuilder<unknown>) =>
  sql`coalesce(date_bin('1 minute', ${at}, ${epoch}), '-infinity')`;

/** SQL: what a message of alias `c` is counted as, and since when; once it has arrived, by that minute too. */
const cells = sql`
  SELECT CASE WHEN c.status = 'queued' AND c.failed_at IS NOT NULL THEN 'retrying' ELSE c.status END AS standing,
    CASE c.status WHEN 'queued' THEN ${minuteOf(sql`c.due_at`)} WHEN 'skipped' THEN '-infinity'
      ELSE ${minuteOf(sql`c.dispatched_at`)} END AS minute
  UNION ALL
  SELECT 'arrived', ${minuteOf(sql`coalesce(c.delivered_at, c.read_at)`)} WHERE c.status IN ('delivered', 'read')`;

/**
 * SQL: a part of a WITH that notes for the rollups what a change of messages of one lane comes to, in the very statement
 * that makes it. `changed` names the part that returns `standing` of what was written, `was` the one that read it before;
 * null for messages that are new.
 */
export function counting(lane: number, changed: string, was: string | null): RawBuilder<unknown> {
  const before = was
    ? sql`UNION ALL SELECT -1, ${namesOf('was')} FROM ${sql.ref(was)} was
        WHERE was.id IN (SELECT id FROM ${sql.ref(changed)})`
    : sql``;
  return sql`counted AS (
    INSERT INTO message_rollup_change (lane, project_id, campaign_id, admitted_at, admitted_within, standing, skip_reason,
      minute, messages, segments, price_micros, first_request_id, last_request_id, first_left_at, last_left_at)
    SELECT here.lane, c.project_id, c.campaign_id, date_bin(${together}, c.created_at, ${epoch}), ${together},
      cell.standing, coalesce(c.skip_reason, ''), cell.minute,
      sum(c.sign), sum(c.sign * c.segments), sum(c.sign * c.price_micros),
      min(c.request_id), max(c.request_id),
      min(c.dispatched_at) FILTER (WHERE c.sign > 0), max(c.dispatched_at) FILTER (WHERE c.sign > 0)
    FROM (SELECT 1 AS sign, ${namesOf('now')} FROM ${sql.ref(changed)} now ${before}) c
    CROSS JOIN LATERAL (${cells}) cell CROSS JOIN ${here(lane)}
    WHERE c.campaign_id IS NOT NULL
    GROUP BY 1, 2, 3, 4, 6, 7, 8
    HAVING sum(c.sign) <> 0 OR sum(c.sign * c.segments) <> 0 OR sum(c.sign * c.price_micros) <> 0)`;
}

/** A change of messages of one lane. */
export interface MessageChange {
  lane: number;
  /** SQL: which rows of `message`, as they are before. */
  which: RawBuilder<unknown>;
  /** SQL: the columns' new values; of what is given by row, too, as `given`. */
  set: RawBuilder<unknown>;
  /** SQL: rows with the `id` of a message each. */
  given?: RawBuilder<unknown>;
  /** SQL: what is told of each message as it is afterwards, of `standing`, `user_id` and `medium`. */
  told: RawBuilder<unknown>;
}

/** SQL: changes messages of one lane and counts the change, in one statement, with a row for each. */
export function changeMessages<Row>({ lane, which, set, given, told }: MessageChange): RawBuilder<Row> {
  const [from, matching] = given ? [sql`FROM ${given}`, sql`AND message.id = given.id`] : [sql``, sql``];
  return sql<Row>`
    WITH was AS MATERIALIZED (
      SELECT ${standing} FROM message WHERE message.lane = ${lane} AND ${which} FOR UPDATE
    ), changed AS (
      -- By their ids alone: joined, a planner that knows little of the table reads the whole lane for each row.
      UPDATE message SET ${set} ${from}
      WHERE message.lane = ${lane} AND message.id = ANY (ARRAY(SELECT id FROM was)) ${matching}
      RETURNING ${standing}, message.user_id, message.medium
    ), ${counting(lane, 'changed', 'was')}
    SELECT ${told} FROM changed`;
}
