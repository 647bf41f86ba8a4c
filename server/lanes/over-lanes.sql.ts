import { type RawBuilder, sql } from 'kysely';
import { isOnCluster } from '../database/cluster.ts';
import type { Database } from '../database/connect.ts';
import { sendTogether } from '../database/send-together.ts';
import { lanes } from './lanes.ts';

/**
 * Rows of a statement about all lanes. It is given what follows each table's `lane` in it. On a cluster, where no moment
 * is the same on all nodes, it is asked of one lane after the other, each as of one moment, and tells of a lane in rows of its own: who
 * asks is to add up what is alike.
 */
export async function overLanes<Row>(
  db: Database,
  statementOf: (isIn: RawBuilder<unknown>) => RawBuilder<Row>,
): Promise<Row[]> {
  if (!(await isOnCluster(db)))
    return (await statementOf(sql`= ANY (${lanes}::smallint[])`).execute(db)).rows;
  const answers = await sendTogether(db, (send) =>
    Promise.all(lanes.map((lane) => send(statementOf(sql`= ${lane}::smallint`)))),
  );
  return answers.flatMap(({ rows }) => rows);
}
