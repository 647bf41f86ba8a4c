import type { Database } from '../database/connect.ts';
import { knownAgents } from './agents.sql.ts';
import { assignThreads } from './assign.sql.ts';
import { openThreads } from './hand-over.sql.ts';
import { tellNews } from './news.ts';
import { insertNote } from './notes.sql.ts';
import { previewOf } from './preview.ts';
import { dueAfter, readSettings } from './settings.sql.ts';
import { logDeeds } from './thread-log.sql.ts';
import { threadRef } from './threads.sql.ts';
import { takeTurns } from './turns.sql.ts';

/** Who hands people over, and with what. */
export interface HandOver {
  projectId: number;
  lane: number;
  at: Date;
  /** Who does it, as notes and threads tell of it. */
  by: string;
  /** What the agents are told; null for nothing. */
  note: string | null;
  /** An agent's email, `byTurns`, or null for as the project has it. */
  to: string | null;
}

/**
 * Hands people of one lane over to the agents, each once: opens their threads, notes what is to be told, and gives those that are nobody's to
 * somebody. The transaction holds the threads that are open (`holdThreads`).
 */
export async function handOver(
  transaction: Database,
  { projectId, lane, at, by, note, to }: HandOver,
  userIds: readonly number[],
): Promise<void> {
  const settings = await readSettings(transaction, projectId);
  const due = dueAfter(settings, at, settings.firstReplyMinutes);
  const preview = previewOf(note ?? by);
  const handed = await openThreads(transaction, projectId, lane, userIds, { at, due, preview });
  const deeds = handed.map(({ id, userId }) => ({ projectId, userId, threadId: id, agent: null }));
  await logDeeds(
    transaction,
    lane,
    deeds.map((deed) => ({ ...deed, what: 'handedOver' as const, detail: { by } })),
    at,
  );
  if (note !== null)
    for (const { id, userId } of handed) {
      const thread = { lane, id, project_id: projectId, user_id: userId };
      await insertNote(transaction, thread, { agent: by, body: note, mentions: [], at });
    }
  const free = handed.filter(({ assignee, isSpam }) => assignee === null && !isSpam);
  const byTurns = to === 'byTurns' || (to === null && settings.assigning === 'byTurns');
  const agents = byTurns
    ? await takeTurns(transaction, projectId, free.length, at)
    : to !== null && (await knownAgents(transaction, projectId, [to])).has(to)
      ? free.map(() => to)
      : [];
  const unassignAt = dueAfter(settings, at, settings.unassignMinutes);
  const given = free.flatMap(({ id, userId }, index) => {
    const agent = agents[index];
    return agent === undefined ? [] : [{ id, userId, agent, unassignAt }];
  });
  await assignThreads(transaction, { projectId, lane, by: null, at }, given);
  await tellNews(transaction, {
    ...{ what: 'threads', projectId },
    threads: handed.map(({ id }) => threadRef({ lane, id })),
  });
}
