import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { lanes } from '../lanes/lanes.ts';
import { askTogether } from '../lanes/over-lanes.sql.ts';
import { sendByLane } from '../users/by-lane.ts';
import type { UserRef } from '../users/identity.ts';
import type { UserMove } from '../users/people.ts';

/** A message that may have asked something. */
export interface AskingMessage {
  lane: number;
  id: number;
  templateId: number;
  leftAt: Date;
}

/**
 * The message that somebody's words answer: the one that they name, where it was from one of these templates; else the last that this sender sent them of
 * those. Who was merged into them was asked on their behalf: such messages stay where they were. Null for none.
 */
export async function findAsking(
  db: Database,
  user: UserRef,
  asked: { senderId: number; answers: number | undefined; templateIds: readonly number[] },
): Promise<AskingMessage | null> {
  const { senderId, answers, templateIds } = asked;
  const { rows: merged } = await sql<UserRef>`
    SELECT source_lane AS lane, source_id AS id FROM merged_user
    WHERE lane = ${user.lane} AND user_id = ${user.id}`.execute(db);
  const found = await sendByLane(
    db,
    [user, ...merged],
    ({ lane }) => lane,
    (lane, group) => sql<AskingMessage>`
      SELECT lane, id, template_id AS "templateId", dispatched_at AS "leftAt" FROM message
      WHERE lane = ${lane} AND user_id = ANY (${group.map(({ id }) => id)}::bigint[]) AND sender_id = ${senderId}
        AND dispatched_at IS NOT NULL AND template_id = ANY (${[...templateIds]}::int[])
        AND ${answers === undefined ? sql`true` : sql`id = ${answers}`}
      ORDER BY dispatched_at DESC LIMIT 1`,
  );
  const messages = found.flatMap(({ rows }) => rows);
  return messages.sort((one, other) => other.leftAt.getTime() - one.leftAt.getTime())[0] ?? null;
}

/** An answer to be kept. */
export interface NewAnswer {
  lane: number;
  userId: number;
  projectId: number;
  surveyId: number;
  question: string;
  answer: string;
  score: number | null;
  messageId: number | null;
  at: Date;
}

/** So many earlier answers are kept with a question. */
const mostFormer = 20;

/** Keeps an answer in place of what the person answered before, which stays with it; false for one that is older than what is kept. */
export async function keepAnswer(db: Database, answer: NewAnswer): Promise<boolean> {
  const { rows } = await sql<{ question: string }>`
    INSERT INTO survey_answer AS kept (lane, user_id, survey_id, question, project_id, answer, score, message_id, at)
    VALUES (${answer.lane}, ${answer.userId}, ${answer.surveyId}, ${answer.question}, ${answer.projectId}, ${answer.answer},
      ${answer.score}, ${answer.messageId}, ${answer.at})
    ON CONFLICT (lane, survey_id, user_id, question) DO UPDATE SET
      former = CASE WHEN jsonb_array_length(kept.former) >= ${mostFormer} THEN kept.former - 0 ELSE kept.former END
        || jsonb_build_object('answer', kept.answer, 'score', kept.score, 'at', to_jsonb(kept.at)),
      answer = excluded.answer, score = excluded.score, message_id = excluded.message_id, at = excluded.at
    WHERE excluded.at >= kept.at
    RETURNING question`.execute(db);
  return rows.length > 0;
}

/** Deletes what the user who remains answered earlier than the one who is merged into them did. */
export async function dropEarlier(transaction: Database, { from, to }: UserMove): Promise<void> {
  const { rows } = await sql<{ surveyId: number; question: string; at: Date }>`
    SELECT survey_id AS "surveyId", question, at FROM survey_answer
    WHERE lane = ${from.lane} AND user_id = ${from.id}`.execute(transaction);
  await sql`
    DELETE FROM survey_answer USING unnest(${rows.map(({ surveyId }) => surveyId)}::int[],
      ${rows.map(({ question }) => question)}::text[], ${rows.map(({ at }) => at)}::timestamptz[]) AS later (survey_id, question, at)
    WHERE survey_answer.lane = ${to.lane} AND survey_answer.user_id = ${to.id} AND survey_answer.survey_id = later.survey_id
      AND survey_answer.question = later.question AND survey_answer.at < later.at`.execute(transaction);
}

/** An answer as it is kept. */
export interface KeptAnswer {
  lane: number;
  userId: number;
  question: string;
  answer: string;
  score: number | null;
  former: { answer: string; score: number | null; at: string }[];
  at: Date;
}

/** The newest answers to a survey, or to one of its questions. */
export async function listAnswers(
  db: Database,
  projectId: number,
  surveyId: number,
  { question, limit }: { question: string | undefined; limit: number },
): Promise<KeptAnswer[]> {
  const { rows } = await sql<KeptAnswer>`
    SELECT lane, user_id AS "userId", question, answer, score, former, at FROM survey_answer
    WHERE lane = ANY(${lanes}::smallint[]) AND survey_id = ${surveyId} AND project_id = ${projectId}
      AND ${question === undefined ? sql`true` : sql`question = ${question}`}
    ORDER BY at DESC LIMIT ${limit}`.execute(db);
  return rows;
}

/** How many people answer a question so; of words of their own all are told together. */
export interface AnswerCount {
  question: string;
  answer: string;
  people: number;
}

/** How often each answer is given, by question; `inWords` are the questions that are answered with words of one's own. */
export async function countAnswers(
  db: Database,
  projectId: number,
  surveyId: number,
  inWords: readonly string[],
): Promise<AnswerCount[]> {
  const rows = await askTogether(db, (ask) =>
    ask.overLanes<AnswerCount>(
      (isIn) => sql<AnswerCount>`
      SELECT question, CASE WHEN question = ANY (${[...inWords]}::text[]) THEN '' ELSE answer END AS answer,
        count(*) AS people
      FROM survey_answer WHERE lane ${isIn} AND survey_id = ${surveyId} AND project_id = ${projectId}
      GROUP BY 1, 2`,
    ),
  );
  const alike = Map.groupBy(rows, ({ question, answer }) => `${question} ${answer}`);
  return [...alike.values()].flatMap((same) => {
    const [first] = same;
    return first ? [{ ...first, people: same.reduce((sum, { people }) => sum + people, 0) }] : [];
  });
}

/** How many people each of these templates' messages went to, by the template: of campaigns and journeys, whose messages are counted. */
export async function countAsked(
  db: Database,
  projectId: number,
  templateIds: readonly number[],
): Promise<Map<number, number>> {
  if (templateIds.length === 0) return new Map();
  const campaigns = await db
    .selectFrom('campaign')
    .select(['id', 'template_id as templateId'])
    .where('project_id', '=', projectId)
    .where('template_id', 'in', [...templateIds])
    .execute();
  if (campaigns.length === 0) return new Map();
  const ids = campaigns.map(({ id }) => id);
  const rows = await askTogether(db, (ask) =>
    ask.overLanes<{ campaignId: number; messages: number }>((isIn) => {
      const mine = sql`campaign_id = ANY (${ids}::int[]) AND lane ${isIn} AND project_id = ${projectId}
        AND standing IN ('sent', 'delivered', 'read')`;
      return sql<{ campaignId: number; messages: number }>`
        SELECT campaign_id AS "campaignId", sum(messages)::int AS messages FROM (
          SELECT campaign_id, messages FROM message_rollup WHERE ${mine}
          UNION ALL SELECT campaign_id, messages FROM message_rollup_change WHERE ${mine}) counted
        GROUP BY campaign_id`;
    }),
  );
  const asked = new Map<number, number>();
  for (const { campaignId, messages } of rows) {
    const templateId = campaigns.find(({ id }) => id === campaignId)?.templateId;
    if (templateId !== undefined) asked.set(templateId, (asked.get(templateId) ?? 0) + messages);
  }
  return asked;
}

/** Deletes all answers to a survey, a lane at a time. */
export async function deleteAnswers(db: Database, surveyId: number): Promise<void> {
  for (const lane of lanes)
    await sql`DELETE FROM survey_answer WHERE lane = ${lane} AND survey_id = ${surveyId}`.execute(db);
}
