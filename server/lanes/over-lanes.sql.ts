import { type RawBuilder, sql } from 'kysely';
import { isOnCluster } from '../database/cluster.ts';
import type { Database } from '../database/connect.ts';
import { seldomAsked } from '../database/prepared.ts';
import { sendTogether } from '../database/send-together.ts';
import { lanes } from './lanes.ts';

/** A statement about all lanes, as it is given what follows each table's `lane` in it. */
type StatementOf<Row> = (isIn: RawBuilder<unknown>) => RawBuilder<Row>;

/** Asks things, each without waiting for the answer to the one before. */
export interface Ask {
  one<Row>(statement: RawBuilder<Row>): Promise<Row[]>;
  /**
   * Rows of a statement about all lanes. On a cluster, where no moment is the same on all nodes, it is asked of each lane
   * by itself, each as of one moment, and tells of a lane in rows of its own: who asks is to add up what is alike.
   */
  overLanes<Row>(statementOf: StatementOf<Row>): Promise<Row[]>;
}

/** Asks several things together over one connection, a transaction's own where `db` is one. */
export async function askTogether<Result>(
  db: Database,
  work: (ask: Ask) => Promise<Result>,
): Promise<Result> {
  const apart = await isOnCluster(db);
  return sendTogether(db, (send) => {
    const one = async <Row>(statement: RawBuilder<Row>) => (await send(statement)).rows;
    return work({
      one,
      overLanes: async (statementOf) => {
        if (!apart) return one(statementOf(sql`= ANY (${lanes}::smallint[])`));
        const answers = await Promise.all(lanes.map((lane) => one(statementOf(sql`= ${lane}::smallint`))));
        return answers.flat();
      },
    });
  });
}

/** Rows of one statement about all lanes (`Ask`). */
export function overLanes<Row>(db: Database, statementOf: StatementOf<Row>): Promise<Row[]> {
  return askTogether(db, (ask) => ask.overLanes(statementOf));
}

/**
 * Rows of a statement of one lane, asked of several, in their order. It is given what a lane is in it. Where it is made up by somebody
 * planning it costs more than to do it: off a cluster it is planned once for all of them, and does each lane by itself.
 */
export async function ofEachLane<Row>(
  db: Database,
  asked: readonly number[],
  statementOf: (lane: RawBuilder<unknown>) => RawBuilder<Row>,
): Promise<Row[]> {
  const seldom = sql.raw(seldomAsked);
  if (!(await isOnCluster(db))) {
    const { rows } = await sql<Row>`${seldom}
      SELECT each.* FROM unnest(${asked}::smallint[]) WITH ORDINALITY AS place (lane, number)
      CROSS JOIN LATERAL (${statementOf(sql.ref('place.lane'))}) each ORDER BY place.number`.execute(db);
    return rows;
  }
  const answers = await sendTogether(db, (send) =>
    Promise.all(asked.map((lane) => send(sql<Row>`${seldom} ${statementOf(sql`${lane}::smallint`)}`))),
  );
  return answers.flatMap(({ rows }) => rows);
}
