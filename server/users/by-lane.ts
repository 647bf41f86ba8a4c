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

/**
 * Does `work` for the rows of each lane, all at once: a statement a lane, sent one behind the other on a
 * transaction's connection without waiting for answers. Answers come in the order of lanes.
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
