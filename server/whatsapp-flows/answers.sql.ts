import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { lanes } from '../lanes/lanes.ts';

/** What came of one answer that the mapping names. */
export interface AnswerOutcome {
  answer: string;
  /** A field of the profile, `messageType:7`, or the event’s name. */
  to: string;
  outcome: string;
}

/** An answer to a flow, as it is kept. */
export interface FlowAnswer {
  lane: number;
  userId: number;
  response: Record<string, unknown>;
  outcome: AnswerOutcome[];
  at: Date;
}

/** The message that an answer names, with the flow that it holds and the account it left by. */
export interface AnsweredFlow {
  userId: number;
  accountId: number;
  flowId: string | undefined;
  flowName: string | undefined;
  /** It was sent for a try, of what may be changed since. */
  isDraft: boolean;
}

/** A message of a project that sent a flow; null for another, or one whose words are gone. */
export async function findFlowMessage(
  db: Database,
  projectId: number,
  { lane, id }: { lane: number; id: number },
): Promise<AnsweredFlow | null> {
  const { rows } = await sql<AnsweredFlow>`
    SELECT m.user_id AS "userId", s.provider_account_id AS "accountId", m.content->'flow'->>'id' AS "flowId",
      m.content->'flow'->>'name' AS "flowName", coalesce(m.content->'isDraft' = 'true'::jsonb, false) AS "isDraft"
    FROM message m JOIN sender s ON s.id = m.sender_id
    WHERE m.lane = ${lane} AND m.id = ${id} AND m.project_id = ${projectId} AND m.content ? 'flow'`.execute(
    db,
  );
  return rows[0] ?? null;
}

/** Keeps an answer. */
export async function insertFlowAnswer(
  db: Database,
  answer: FlowAnswer & { projectId: number; flowId: number; messageId: number | null },
): Promise<void> {
  await sql`
    INSERT INTO whatsapp_flow_answer (lane, id, project_id, user_id, flow_id, message_id, response, outcome, at)
    VALUES (${answer.lane}, nextval('whatsapp_flow_answer_id_seq'), ${answer.projectId}, ${answer.userId}, ${answer.flowId},
      ${answer.messageId}, ${JSON.stringify(answer.response)}::jsonb, ${JSON.stringify(answer.outcome)}::jsonb, ${answer.at})`.execute(
    db,
  );
}

/** The newest answers to a flow. */
export async function listFlowAnswers(
  db: Database,
  projectId: number,
  flowId: number,
  limit: number,
): Promise<FlowAnswer[]> {
  const { rows } = await sql<FlowAnswer>`
    SELECT lane, user_id AS "userId", response, outcome, at FROM whatsapp_flow_answer
    WHERE lane = ANY(${lanes}::smallint[]) AND flow_id = ${flowId} AND project_id = ${projectId}
    ORDER BY at DESC LIMIT ${limit}`.execute(db);
  return rows;
}

/** How many answers each of these flows has. */
export async function countFlowAnswers(
  db: Database,
  projectId: number,
  flowIds: readonly number[],
): Promise<Map<number, number>> {
  const { rows } = await sql<{ flowId: number; count: number }>`
    SELECT flow_id AS "flowId", count(*) AS count FROM whatsapp_flow_answer
    WHERE lane = ANY(${lanes}::smallint[]) AND flow_id = ANY(${[...flowIds]}::int[]) AND project_id = ${projectId}
    GROUP BY flow_id`.execute(db);
  return new Map(rows.map(({ flowId, count }) => [flowId, count]));
}

/** Whether a message type is there, and of which medium it is. */
export async function mediumOfType(
  db: Database,
  projectId: number,
  messageTypeId: number,
): Promise<string | null> {
  const row = await db
    .selectFrom('message_type')
    .innerJoin('channel', 'channel.id', 'message_type.channel_id')
    .select('channel.medium')
    .where('channel.project_id', '=', projectId)
    .where('message_type.id', '=', messageTypeId)
    .executeTakeFirst();
  return row?.medium ?? null;
}
