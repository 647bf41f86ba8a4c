import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';

/** What a call of a flow was answered, as it went out. */
export interface FlowCallAnswer {
  status: number;
  answer: string;
}

/** What is kept so long, in hours; no phone waits for an answer longer. */
const keptHours = 24;
/** Old ones that go with each new one. */
const goAtOnce = 10;

/** What a call was answered; null for one that is new. */
export async function findCallAnswer(db: Database, requestKey: string): Promise<FlowCallAnswer | null> {
  const row = await db
    .selectFrom('whatsapp_flow_call')
    .select(['status', 'answer'])
    .where('request_key', '=', requestKey)
    .executeTakeFirst();
  return row ?? null;
}

/** Keeps what a call is to be answered; answers what is kept of it then, which is another's where one was quicker. */
export async function keepCallAnswer(
  db: Database,
  requestKey: string,
  { status, answer }: FlowCallAnswer,
  at: Date,
): Promise<FlowCallAnswer> {
  await sql`
    INSERT INTO whatsapp_flow_call (request_key, status, answer, at)
    VALUES (${requestKey}, ${status}, ${answer}, ${at}) ON CONFLICT DO NOTHING`.execute(db);
  const oldest = new Date(at.getTime() - keptHours * 3_600_000);
  await sql`
    DELETE FROM whatsapp_flow_call WHERE request_key = ANY (ARRAY(
      SELECT request_key FROM whatsapp_flow_call WHERE at < ${oldest}::timestamptz LIMIT ${goAtOnce}))`.execute(
    db,
  );
  return (await findCallAnswer(db, requestKey)) ?? { status, answer };
}
