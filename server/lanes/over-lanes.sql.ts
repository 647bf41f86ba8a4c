import { type RawBuilder, sql } from 'kysely';
import { isOnCluster } from '../database/cluster.ts';
import type { Database } from '../database/connect.ts';
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
