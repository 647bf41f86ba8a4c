import { type Static, Type } from 'typebox';
import type { Database } from '../database/connect.ts';
import { encodeMessageId } from '../database/message-id.ts';
import { medium } from '../http/media.ts';
import { nullable } from '../http/schemas.ts';
import { loadUsers } from '../users/find-users.ts';
import { userCard, userCardSchema } from '../users/user-answer.ts';
import type { Ability } from './can-reply.ts';
import type { Entry } from './conversation.sql.ts';
import { entryKinds } from './conversation.sql.ts';
import type { Draft } from './drafts.sql.ts';
import { type Thread, threadRef } from './threads.sql.ts';

export const threadState = Type.Enum(['open', 'waiting', 'snoozed', 'resolved', 'spam']);

/** A thread as the API shows it. */
export const threadSchema = Type.Object({
  id: Type.String(),
  user: nullable(userCardSchema),
  state: threadState,
  assignee: nullable(Type.String({ description: 'The email of the console account whose it is' })),
  snoozedUntil: nullable(Type.String()),
  openedAt: Type.String(),
  lastInboundAt: nullable(
    Type.String({ description: 'Null where a journey handed them over who never wrote' }),
  ),
  lastOutboundAt: nullable(Type.String()),
  lastAt: Type.String(),
  unread: Type.Integer({ description: 'Messages of the person’s that nobody has looked at' }),
  preview: Type.String(),
  isPreviewOurs: Type.Boolean(),
  medium: nullable(Type.String({ description: 'Where they wrote last' })),
  senderId: nullable(Type.Integer()),
  tags: Type.Array(Type.String()),
  mentioned: Type.Array(Type.String(), {
    description: 'Emails of agents whom a note names and who have not looked at it since',
  }),
  replyDue: nullable(Type.String({ description: 'By when an answer is due, as the settings promise it' })),
  lastReplyId: nullable(
    Type.String({ description: 'The newest answer of an agent: give it as `seenMessageId` to answer' }),
  ),
  lastReplyBy: nullable(Type.String()),
  resolvedAt: nullable(Type.String()),
  resolvedBy: nullable(Type.String()),
});

/** What can be done on one channel. */
export const abilitySchema = Type.Object({
  medium,
  senderId: Type.Integer(),
  senderName: Type.String(),
  until: nullable(
    Type.String({ description: 'Until when plain words may be sent; null where they may not' }),
  ),
  refusal: nullable(
    Type.Enum(['optedOut', 'windowClosed', 'addressGone', 'senderStopped', 'noAnswers'], {
      description: 'Why plain words cannot be sent now',
    }),
  ),
  files: Type.Array(Type.Object({ types: Type.Array(Type.String()), mostBytes: Type.Integer() }), {
    description: 'Which files may go with words, of what size; empty where none may',
  }),
});

/** What an agent has begun to write. */
export const draftSchema = Type.Object({ body: Type.String(), updatedAt: Type.String() });

/** Something that was said or done. */
export const entrySchema = Type.Object({
  id: Type.String(),
  at: Type.String(),
  kind: Type.Enum([...entryKinds], {
    description:
      'What the person sent; what was sent to them; an answer that is to go later, or did not; a note; what was done with the thread',
  }),
  medium: nullable(Type.String()),
  senderId: nullable(Type.Integer()),
  text: nullable(Type.String({ description: 'Of `log`: what was done' })),
  agent: nullable(Type.String()),
  details: Type.Record(Type.String(), Type.Unknown()),
});

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** Threads as the API shows them, with their people. */
export async function showThreads(
  db: Database,
  projectId: number,
  threads: readonly Thread[],
): Promise<Static<typeof threadSchema>[]> {
  const users = await loadUsers(
    db,
    projectId,
    threads.map(({ lane, user_id }) => ({ lane, id: user_id })),
  );
  return threads.map((thread) => {
    const user = users.get(thread.user_id);
    return {
      ...{ id: threadRef(thread), user: user ? userCard(user) : null, state: thread.state },
      ...{ assignee: thread.assignee_id, snoozedUntil: iso(thread.snoozed_until) },
      ...{ openedAt: thread.opened_at.toISOString(), lastInboundAt: iso(thread.last_inbound_at) },
      ...{ lastOutboundAt: iso(thread.last_outbound_at), lastAt: thread.last_at.toISOString() },
      ...{ unread: thread.unread, preview: thread.preview, isPreviewOurs: thread.is_preview_ours },
      ...{ medium: thread.last_medium, senderId: thread.last_sender_id, tags: thread.tags },
      mentioned: thread.mentioned,
      replyDue: iso(dueOf(thread)),
      lastReplyId: thread.last_reply_id === null ? null : encodeMessageId(thread.lane, thread.last_reply_id),
      lastReplyBy: thread.last_reply_by,
      ...{ resolvedAt: iso(thread.resolved_at), resolvedBy: thread.resolved_by },
    };
  });
}

/** One thread as the API shows it. */
export async function showThread(db: Database, thread: Thread): Promise<Static<typeof threadSchema>> {
  const [shown] = await showThreads(db, thread.project_id, [thread]);
  return shown!;
}

/** By when an answer is due: the first one, else the next; null where it is not our turn, or nothing is promised. */
function dueOf({ state, first_reply_at, first_reply_due, next_reply_due }: Thread): Date | null {
  if (state !== 'open') return null;
  return first_reply_at === null ? first_reply_due : next_reply_due;
}

/** What can be done on a channel, as the API shows it. */
export const showAbility = (ability: Ability): Static<typeof abilitySchema> => ({
  ...ability,
  until: iso(ability.until),
  files: ability.files.map(({ types, mostBytes }) => ({ types: [...types], mostBytes })),
});

/** A draft as the API shows it. */
export const showDraft = (draft: Draft | undefined): Static<typeof draftSchema> | null =>
  draft === undefined ? null : { body: draft.body, updatedAt: draft.updatedAt.toISOString() };

/** An entry as the API shows it. */
export const showEntry = (entry: Entry): Static<typeof entrySchema> => ({
  ...entry,
  at: entry.at.toISOString(),
});
