import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';

/** Which answer: to what somebody asks about a project. */
export interface AnswerKey {
  projectId: number;
  asked: string;
}

/** The key of a question: `parts` are all that its answer depends on. */
export function answerKey(projectId: number, parts: readonly unknown[]): AnswerKey {
  return { projectId, asked: createHash('sha256').update(JSON.stringify(parts)).digest('hex') };
}

/** Who asked no longer ago than `askedSince`, and who worked no longer ago than `workedSince`, counts. */
export interface Freshness {
  now: Date;
  askedSince: Date;
  workedSince: Date;
}

/** An answer as it is kept: as JSON, of so many people, and whether these are all. */
export interface KeptAnswer {
  answer: unknown;
  judged: number;
  isWhole: boolean;
}

const isAnswer = ({ projectId, asked }: AnswerKey) => sql`project_id = ${projectId} AND asked = ${asked}`;

/** What an answer has come to, if it is being looked at; notes that it is. `isWorkedOn`: its worker has just been heard of, or is through. */
export async function lookAtAnswer(
  db: Database,
  key: AnswerKey,
  { now, askedSince, workedSince }: Freshness,
): Promise<{ answer: unknown; worker: string; isWorkedOn: boolean } | null> {
  const { rows } = await sql<{ answer: unknown; worker: string; isWorkedOn: boolean }>`
    UPDATE ongoing_answer SET asked_at = CASE WHEN is_whole THEN asked_at ELSE ${now}::timestamptz END
    WHERE ${isAnswer(key)} AND asked_at > ${askedSince}::timestamptz
    RETURNING answer, worker, is_whole OR worked_at > ${workedSince}::timestamptz AS "isWorkedOn"`.execute(
    db,
  );
  return rows[0] ?? null;
}

/**
 * Has `worker` work on an answer, unless another does, and keeps what it knows by now; a better one that another left stays.
 * Returns the answer that stands, and whose work it is.
 */
export async function beginAnswer(
  db: Database,
  key: AnswerKey,
  worker: string,
  { answer, judged }: KeptAnswer,
  { now, askedSince, workedSince }: Freshness,
): Promise<{ answer: unknown; isMine: boolean }> {
  await sql`
    DELETE FROM ongoing_answer WHERE project_id = ${key.projectId} AND asked_at <= ${askedSince}::timestamptz`.execute(
    db,
  );
  const { rows } = await sql<{ answer: unknown; worker: string }>`
    INSERT INTO ongoing_answer AS kept (project_id, asked, worker, answer, judged, is_whole, asked_at, worked_at)
    VALUES (${key.projectId}, ${key.asked}, ${worker}::uuid, ${JSON.stringify(answer)}::jsonb, ${judged}, false, ${now}, ${now})
    ON CONFLICT (project_id, asked) DO UPDATE SET asked_at = excluded.asked_at,
      worker = CASE WHEN kept.worked_at > ${workedSince}::timestamptz THEN kept.worker ELSE excluded.worker END,
      worked_at = CASE WHEN kept.worked_at > ${workedSince}::timestamptz THEN kept.worked_at ELSE excluded.worked_at END
    RETURNING answer, worker`.execute(db);
  const row = rows[0];
  if (!row) throw new Error('an answer was not kept');
  return { answer: row.answer, isMine: row.worker === worker };
}

/** Notes that its worker lives. Returns whether it is still this one's, and looked at. */
export async function isAnswerWanted(
  db: Database,
  key: AnswerKey,
  worker: string,
  { now, askedSince }: Freshness,
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE ongoing_answer SET worked_at = ${now}
    WHERE ${isAnswer(key)} AND worker = ${worker}::uuid AND asked_at > ${askedSince}::timestamptz RETURNING 1`.execute(
    db,
  );
  return rows.length > 0;
}

/** Keeps a better answer, for as long as somebody looks at it. */
export async function keepAnswer(
  db: Database,
  key: AnswerKey,
  worker: string,
  { answer, judged, isWhole }: KeptAnswer,
): Promise<void> {
  await sql`
    UPDATE ongoing_answer SET answer = ${JSON.stringify(answer)}::jsonb, judged = ${judged}, is_whole = ${isWhole}
    WHERE ${isAnswer(key)} AND worker = ${worker}::uuid AND judged <= ${judged}`.execute(db);
}

/** Gives up an answer that broke off: who asks next begins it anew. */
export async function dropAnswer(db: Database, key: AnswerKey, worker: string): Promise<void> {
  await sql`DELETE FROM ongoing_answer WHERE ${isAnswer(key)} AND worker = ${worker}::uuid`.execute(db);
}
