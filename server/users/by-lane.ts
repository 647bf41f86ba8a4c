import { type QueryResult, type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { sendTogether } from '../database/send-together.ts';

/** Groups rows by their lane, lanes in rising order, so that all who lock several lanes lock them alike. */
export function byLane<Row>(
  rows: Iterable<Row>,
  laneOf: (row: Row) => number,
): [lane: number, rows: Row[]][] {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const lane = laneOf(row);
    const group = groups.get(lane);
    if (group) group.push(row);
    else groups.set(lane, [row]);
  }
  return [...groups].sort(([a], [b]) => a - b);
}

/** So many lanes make one plan for all worth asking for. */
const manyLanes = 8;
/*
 * Plans for lanes are alike, and cost more than to do what they say: where a statement comes for many lanes it is planned once, by
 * the indexes it is written for, however few rows there are as yet. Citus finds a lane's node as it plans, and so plans each.
 */
const planOnce = sql`
  SELECT set_config('plan_cache_mode', 'force_generic_plan', false), set_config('enable_seqscan', 'off', false)
  WHERE NOT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'citus')`;
const planAsBefore = sql`RESET plan_cache_mode; RESET enable_seqscan`;

/**
 * A statement for the rows of each lane, all sent together (`sendTogether`). Answers come in the order of lanes.
 */
export function sendByLane<Row, Answer>(
  db: Database,
  rows: Iterable<Row>,
  laneOf: (row: Row) => number,
  statementOf: (lane: number, rows: Row[]) => RawBuilder<Answer>,
): Promise<QueryResult<Answer>[]> {
  const groups = byLane(rows, laneOf);
  if (groups.length === 0) return Promise.resolve([]);
  const isMany = groups.length >= manyLanes;
  return sendTogether(db, (send) => {
    // Of a transaction that failed these say only that it did; why says the statement that failed.
    const plan = (statement: RawBuilder<unknown>) => send(statement).catch(() => undefined);
    if (isMany) void plan(planOnce);
    const answers = Promise.all(groups.map(([lane, group]) => send(statementOf(lane, group))));
    if (isMany) void plan(planAsBefore);
    return answers;
  });
}

/**
 * Does `work` for the rows of each lane, all begun at once; on a transaction's connection the statements of one wait
 * for the answers of the other (`sendByLane` does not). Answers come in the order of lanes.
 */
export function eachLane<Row, Result>(
  rows: Iterable<Row>,
  laneOf: (row: Row) => number,
  work: (lane: number, rows: Row[]) => Promise<Result>,
): Promise<Result[]> {
  return Promise.all(byLane(rows, laneOf).map(([lane, group]) => work(lane, group)));
}

/** Rows in parts of at most `size`, in order: the batch a statement works on. */
export function inBatches<Row>(rows: readonly Row[], size = 1000): Row[][] {
  const batches: Row[][] = [];
  for (let start = 0; start < rows.length; start += size) batches.push(rows.slice(start, start + size));
  return batches;
}
