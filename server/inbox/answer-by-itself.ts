import type { Database } from '../database/connect.ts';
import { ApiError } from '../http/errors.ts';
import { wakeWorkersOnCommit } from '../lanes/wake.ts';
import { loadUsers } from '../users/find-users.ts';
import { readAutoReplyFacts } from './auto-reply.sql.ts';
import { autoReplyTo } from './auto-reply.ts';
import { filledIn, profileFields } from './canned-text.ts';
import { queueWords } from './reply.ts';
import type { InboxSettings } from './settings.sql.ts';
import { logDeeds } from './thread-log.sql.ts';
import type { Touch, Touched } from './touch-threads.sql.ts';
import { isWorking } from './working-hours.ts';

/** An answer that says so late that nobody is there says nothing. */
const latestMs = 3_600_000;

/** Says to those who wrote what the project has said by itself, within the brakes; whoever may not be answered is not. */
export async function answerByItself(
  transaction: Database,
  { projectId, lane, settings }: { projectId: number; lane: number; settings: InboxSettings },
  touches: readonly (Touch & { body: string; from: string })[],
  touched: readonly Touched[],
): Promise<void> {
  if (Object.keys(settings.autoReplies).length === 0) return;
  const threadOf = new Map(touched.map((each) => [each.userId, each]));
  const asking = touches.filter(({ opens, userId }) => opens && threadOf.get(userId)?.isSpam === false);
  if (asking.length === 0) return;
  const facts = await readAutoReplyFacts(transaction, projectId, lane, asking);
  const users = await loadUsers(
    transaction,
    projectId,
    asking.map(({ userId }) => ({ lane, id: userId })),
  );
  for (const { userId, at, medium, senderId, from } of asking) {
    const [known, thread] = [facts.get(userId), threadOf.get(userId)];
    if (!known || !thread) continue;
    const begins = thread.what !== 'touched';
    const isWorkingTime = isWorking(settings.hours, at);
    const kind = autoReplyTo(settings.autoReplies, { ...known, begins, isWorkingTime, from });
    if (kind === null) continue;
    const { text } = filledIn(settings.autoReplies[kind] ?? '', profileFields(users.get(userId)));
    const place = { lane, id: thread.id, project_id: projectId, user_id: userId };
    const wish = { text, mediaId: null, templateId: null, dataFields: {}, medium, senderId };
    try {
      const { message } = await queueWords(transaction, place, wish, at, {
        latest: new Date(at.getTime() + latestMs),
      });
      await wakeWorkersOnCommit(transaction, [{ flow: message.purpose, lane, due: message.senderId }]);
    } catch (error) {
      if (error instanceof ApiError) continue;
      throw error;
    }
    const deed = { projectId, userId, threadId: thread.id, agent: null };
    await logDeeds(transaction, lane, [{ ...deed, what: 'autoReplied', detail: { kind } }], at);
  }
}
