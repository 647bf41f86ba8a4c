import type { QueryResult, RawBuilder } from 'kysely';
import type { Database } from './connect.ts';

/** Sends a statement; it does what it says after all that were sent before it. */
export type Send = <Row>(statement: RawBuilder<Row>) => Promise<QueryResult<Row>>;

/**
 * Sends statements one behind the other over one connection, a transaction's own where `db` is one, without waiting
 * for the answer of each: the database works on the first while the next is being written.
 */
export function sendTogether<Result>(db: Database, work: (send: Send) => Promise<Result>): Promise<Result> {
  return db.getExecutor().provideConnection(async (connection) => {
    const answers: Promise<unknown>[] = [];
    const send: Send = <Row>(statement: RawBuilder<Row>) => {
      const answer = connection.executeQuery<Row>(statement.compile(db));
      answers.push(answer);
      return answer;
    };
    try {
      return await work(send);
    } finally {
      // The connection goes back when all is answered, also where one of them failed.
      await Promise.allSettled(answers);
    }
  });
}
