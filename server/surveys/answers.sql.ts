import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { here } from '../lanes/here.sql.ts';
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

/** What somebody wrote, as far as it is asked what it answers. */
interface Asked {
  lane: number;
  userId: number;
  senderId: number;
  /** Our message that it names, where it names one. */
  answers?: number | undefined;
}

/**
 * The message that each of these answers, written by people of one lane: the one that it names, where it was from one of these templates; else the
 * last that its sender sent them of those. Who was merged into them was asked on their behalf: such messages stay where they were. Who answers none is absent.
 */
export async function findAsking<Each extends Asked>(
  db: Database,
  asked: readonly Each[],
  templateIds: readonly number[],
): Promise<Map<Each, AskingMessage>> {
  const [first] = asked;
  if (!first || templateIds.length === 0) return new Map();
  const ids = asked.map(({ userId }) => userId);
  const { rows: merged } = await sql<UserRef & { userId: number }>`
    SELECT user_id AS "userId", source_lane AS lane, source_id AS id FROM merged_user
    WHERE lane = ${first.lane} AND user_id = ANY (${ids}::bigint[])`.execute(db);
  const places = asked.flatMap(({ lane, userId, senderId, answers }, place) =>
    [{ lane, id: userId }, ...merged.filter((each) => each.userId === userId)].map((holder) => ({
      ...{ place, lane: holder.lane, userId: holder.id, senderId, answers: answers ?? null },
    })),
  );
  const answers = await sendByLane(
    db,
    places,
    ({ lane }) => lane,
    (lane, rows) => sql<AskingMessage & { place: number }>`
      SELECT given.place, found.lane, found.id, found.template_id AS "templateId", found.dispatched_at AS "leftAt"
      FROM unnest(${rows.map(({ place }) => place)}::int[], ${rows.map(({ userId }) => userId)}::bigint[],
        ${rows.map(({ senderId }) => senderId)}::int[], ${rows.map((row) => row.answers)}::bigint[])
        AS given (place, user_id, sender_id, answers)
      CROSS JOIN LATERAL (
        SELECT lane, id, template_id, dispatched_at FROM message
        WHERE lane = ${lane} AND user_id = given.user_id AND sender_id = given.sender_id AND dispatched_at IS NOT NULL
          AND template_id = ANY (${[...templateIds]}::int[]) AND (given.answers IS NULL OR id = given.answers)
        ORDER BY dispatched_at DESC LIMIT 1) found`,
  );
  const newest = new Map<Each, AskingMessage>();
  for (const { place, ...message } of answers.flatMap(({ rows }) => rows)) {
    const each = asked[place]!;
    const before = newest.get(each);
    if (!before || before.leftAt < message.leftAt) newest.set(each, message);
  }
  return newest;
}

/** An answer to be kept. */
export interface NewAnswer {
  userId: number;
  surveyId: number;
  question: string;
  answer: string;
  score: number | null;
  messageId: number | null;
  at: Date;
}

/** So many earlier answers are kept with a question. */
const mostFormer = 20;

/**
 * Keeps answers of people of a lane, each one to a question, in place of what the person answered before, which stays with it. Answers `userId surveyId question` of
 * those that are not older than what is kept.
 */
export async function keepAnswers(
  db: Database,
  { projectId, lane }: { projectId: number; lane: number },
  answers: readonly NewAnswer[],
): Promise<Set<string>> {
  const { rows } = await sql<{ key: string }>`
    INSERT INTO survey_answer AS kept (lane, user_id, survey_id, question, project_id, answer, score, message_id, at)
    SELECT here.lane, given.user_id, given.survey_id, given.question, ${projectId}, given.answer, given.score, given.message_id, given.at
    FROM ${here(lane)} CROSS JOIN unnest(${answers.map(({ userId }) => userId)}::bigint[],
      ${answers.map(({ surveyId }) => surveyId)}::int[], ${answers.map(({ question }) => question)}::text[],
      ${answers.map(({ answer }) => answer)}::text[], ${answers.map(({ score }) => score)}::float8[],
      ${answers.map(({ messageId }) => messageId)}::bigint[], ${answers.map(({ at }) => at)}::timestamptz[])
      AS given (user_id, survey_id, question, answer, score, message_id, at)
    ON CONFLICT (lane, survey_id, user_id, question) DO UPDATE SET
      former = CASE WHEN jsonb_array_length(kept.former) >= ${mostFormer} THEN kept.former - 0 ELSE kept.former END
        || jsonb_build_object('answer', kept.answer, 'score', kept.score, 'at', to_jsonb(kept.at)),
      answer = excluded.answer, score = excluded.score, message_id = excluded.message_id, at = excluded.at
    WHERE excluded.at >= kept.at
    RETURNING user_id || ' ' || survey_id || ' ' || question AS key`.execute(db);
  return new Set(rows.map(({ key }) => key));
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
