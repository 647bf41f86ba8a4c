import { randomUUID } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../clock/clock.ts';
import type { Database } from '../database/connect.ts';
import {
  type AnswerKey,
  beginAnswer,
  dropAnswer,
  type Freshness,
  isAnswerWanted,
  keepAnswer,
  lookAtAnswer,
} from './ongoing-answers.sql.ts';

/** Who asks for nothing any more is worked for no longer; an answer that is whole is told again for so long. */
const lookedAtMs = 10_000;
/** A process that says nothing for so long is taken for dead, and another begins. */
const deadAfterMs = 30_000;

/** An answer of so many people. */
export interface OfPeople<Answer> {
  answer: Answer;
  judged: number;
}

/** A first answer. Where it is not of all, `rest` works on: a step yields a better answer, or null where it is none yet; the last is of all. */
export interface Begun<Answer> extends OfPeople<Answer> {
  rest: (() => AsyncGenerator<OfPeople<Answer> | null>) | null;
}

/**
 * Answers that take long, by what is asked. The first comes at once: of a few people the whole, of many what some stand for. While it
 * is asked for again and again the rest is worked on between, by one process, and every process tells what that has come to: its
 * figures never go back. Who asks after nobody has looked for a while begins anew. `read` makes an answer of its JSON.
 */
export function openOngoing<Answer>(
  { db, clock, log }: { db: Database; clock: Clock; log: FastifyBaseLogger },
  read: (json: unknown) => Answer,
) {
  /** What this process works on. */
  const working = new Set<string>();
  const freshness = (): Freshness => {
    const now = clock.now();
    const before = (ms: number) => new Date(now.getTime() - ms);
    return { now, askedSince: before(lookedAtMs), workedSince: before(deadAfterMs) };
  };

  /** Works on an answer that is this process's, while somebody looks at it. */
  async function workOn(
    key: AnswerKey,
    worker: string,
    rest: () => AsyncGenerator<OfPeople<Answer> | null>,
  ): Promise<void> {
    working.add(worker);
    try {
      let last: OfPeople<Answer> | null = null;
      for await (const better of rest()) {
        last = better;
        if (better) await keepAnswer(db, key, worker, { ...better, isWhole: false });
        if (!(await isAnswerWanted(db, key, worker, freshness()))) return;
      }
      if (last) await keepAnswer(db, key, worker, { ...last, isWhole: true });
    } catch (error) {
      log.warn({ err: error }, 'an answer broke off; who asks next begins it anew');
      await dropAnswer(db, key, worker).catch(() => undefined);
    } finally {
      working.delete(worker);
    }
  }

  return async (key: AnswerKey, begin: () => Promise<Begun<Answer>>): Promise<Answer> => {
    const looked = await lookAtAnswer(db, key, freshness());
    if (looked && (looked.isWorkedOn || working.has(looked.worker))) return read(looked.answer);
    const { answer, judged, rest } = await begin();
    if (!rest) return answer;
    const worker = randomUUID();
    const stands = await beginAnswer(db, key, worker, { answer, judged, isWhole: false }, freshness());
    if (stands.isMine) void workOn(key, worker, rest);
    return read(stands.answer);
  };
}
