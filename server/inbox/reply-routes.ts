import { Type } from 'typebox';
import type { Database } from '../database/connect.ts';
import { decodeMessageId, encodeMessageId } from '../database/message-id.ts';
import type { Routes } from '../http/api.ts';
import { ApiError } from '../http/errors.ts';
import { medium } from '../http/media.ts';
import { instantInput, nullable, rowId } from '../http/schemas.ts';
import { loadUsers } from '../users/find-users.ts';
import { readInstant } from '../users/instant.ts';
import { retrying } from '../users/try-again.ts';
import { useCanned } from './canned.sql.ts';
import { filledIn, profileFields } from './canned-text.ts';
import { announceClosed } from './closed.ts';
import { dropDraft } from './drafts.sql.ts';
import { tellNews } from './news.ts';
import { insertReply, type ReplyWish, takeBackScheduled } from './replies.sql.ts';
import { longestText, prepareReply, refuseAnswer, scheduleReply, sendReply } from './reply.ts';
import { showRead } from './show-reading.ts';
import { showThread, threadSchema } from './thread-answer.ts';
import { logDeeds } from './thread-log.sql.ts';
import { threadParams } from './thread-routes.ts';
import { changeThread, lockThread, requireThread, type Thread, threadRef } from './threads.sql.ts';

const tags = ['Inbox'];

/** Answers of agents, now and later. */
export const replyRoutes: Routes = (api, context) => {
  const { db, clock } = context;
  api.post(
    '/api/inbox/threads/:id/reply',
    {
      schema: {
        tags,
        summary: 'Answer in a thread, by words of your own, by a file or by a template',
        params: threadParams,
        body: Type.Object({
          text: Type.Optional(Type.String({ minLength: 1, maxLength: longestText })),
          mediaId: Type.Optional(
            Type.Integer({
              ...rowId,
              description: 'A file that goes with the words, or alone: of those of `POST /api/media`',
            }),
          ),
          templateId: Type.Optional(rowId),
          dataFields: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
          channel: Type.Optional(medium),
          senderId: Type.Optional(rowId),
          seenMessageId: nullable(
            Type.String({
              maxLength: 20,
              description:
                'The thread’s `lastReplyId` as you have seen it: refused where another has answered since',
            }),
          ),
          sendAt: Type.Optional(instantInput),
          goesAnyway: Type.Optional(
            Type.Boolean({
              description: 'With `sendAt`: it goes though the person writes before; else that cancels it',
            }),
          ),
          resolve: Type.Optional(Type.Boolean({ description: 'The matter is done with this answer' })),
        }),
        response: {
          200: Type.Object({
            messageId: nullable(Type.String()),
            scheduledId: nullable(Type.String()),
            thread: threadSchema,
          }),
        },
      },
    },
    async ({ params: { id }, body, caller }) => {
      const projectId = caller.project.id;
      const agent = caller.name;
      const wish = readWish(body);
      const now = clock.now();
      const dueAt = body.sendAt === undefined ? null : readInstant('sendAt', body.sendAt);
      const later = dueAt !== null && dueAt > now ? dueAt : null;
      if (later && body.resolve)
        throw new ApiError(
          'BadParams',
          'resolve: an answer that goes later resolves nothing; leave one out',
          {
            field: 'resolve',
          },
        );
      const seen = readSeen(body.seenMessageId);
      const prepared = await prepareReply(context, projectId, id, wish);
      let newlyRead: Thread | null = null;
      const answer = async (transaction: Database) => {
        const thread = await lockThread(transaction, projectId, id);
        newlyRead = !later && thread.unread > 0 ? thread : null;
        await refuseAnswer(transaction, thread, { projectId, agent, seen });
        // What was begun in words still stands where a template goes.
        if (wish.templateId === null) await dropDraft(transaction, thread, agent, 'answer');
        if (later) {
          const as = { agent, at: now, dueAt: later, goesAnyway: body.goesAnyway ?? false };
          const scheduledId = await scheduleReply(transaction, thread, wish, as);
          return { messageId: null, scheduledId: encodeMessageId(thread.lane, scheduledId) };
        }
        const { messageId, ...sent } = await sendReply(transaction, context, thread, prepared, agent);
        await insertReply(
          transaction,
          thread,
          { ...wish, ...sent },
          { state: 'sent', agent, at: now, messageId },
        );
        if (body.resolve) {
          await changeThread(transaction, thread, {
            state: 'resolved',
            resolved_at: now,
            resolved_by: agent,
          });
          const of = { projectId, userId: thread.user_id, threadId: thread.id, agent };
          await logDeeds(transaction, thread.lane, [{ ...of, what: 'resolved' }], now);
          await announceClosed(transaction, context, thread, now);
        }
        return { messageId: encodeMessageId(thread.lane, messageId), scheduledId: null };
      };
      const done = await retrying(() => db.transaction().execute(answer));
      // Whoever answers has read it, wherever.
      if (newlyRead) showRead(context, newlyRead);
      return { ...done, thread: await showThread(db, await requireThread(db, projectId, id)) };
    },
  );
  api.delete(
    '/api/inbox/threads/:id/scheduled/:scheduledId',
    {
      schema: {
        tags,
        summary: 'Take back an answer that is to go later',
        params: Type.Object({ ...threadParams.properties, scheduledId: Type.String({ maxLength: 20 }) }),
        response: { 200: Type.Object({ thread: threadSchema }) },
      },
    },
    async ({ params: { id, scheduledId }, caller }) => {
      const projectId = caller.project.id;
      const place = decodeMessageId(scheduledId);
      const takeBack = async (transaction: Database) => {
        const thread = await lockThread(transaction, projectId, id);
        if (!place || !(await takeBackScheduled(transaction, thread, place.id)))
          throw new ApiError(
            'NotFound',
            `scheduledId ${scheduledId} is no answer of this thread that waits for its time`,
            { field: 'scheduledId', value: scheduledId },
          );
        await tellNews(transaction, { what: 'threads', projectId, threads: [threadRef(thread)] });
      };
      await retrying(() => db.transaction().execute(takeBack));
      return { thread: await showThread(db, await requireThread(db, projectId, id)) };
    },
  );
  api.post(
    '/api/inbox/threads/:id/canned/:code',
    {
      schema: {
        tags,
        summary: 'A canned reply with the person’s fields filled in, to be looked over and sent',
        params: Type.Object({ ...threadParams.properties, code: Type.String({ maxLength: 40 }) }),
        response: {
          200: Type.Object({
            text: Type.String(),
            missing: Type.Array(Type.String(), {
              description:
                'Fields that the person’s profile does not have and for which the reply has no other words',
            }),
          }),
        },
      },
    },
    async ({ params: { id, code }, caller: { project } }) => {
      const thread = await requireThread(db, project.id, id);
      const canned = await useCanned(db, project.id, code);
      const user = (await loadUsers(db, project.id, [{ lane: thread.lane, id: thread.user_id }])).get(
        thread.user_id,
      );
      return filledIn(canned.body, profileFields(user));
    },
  );
};

/** What is to be said. @throws ApiError BadParams unless it is either words, a file or both, or a template. */
function readWish(body: {
  text?: string | undefined;
  mediaId?: number | undefined;
  templateId?: number | undefined;
  dataFields?: Record<string, unknown> | undefined;
  channel?: ReplyWish['medium'] | undefined;
  senderId?: number | undefined;
  sendAt?: string | number | undefined;
  goesAnyway?: boolean | undefined;
}): ReplyWish {
  const { text, mediaId, templateId } = body;
  const isOwn = text !== undefined || mediaId !== undefined;
  if (isOwn === (templateId !== undefined))
    throw new ApiError('BadParams', 'Give either text, mediaId or both, or templateId', { field: 'text' });
  if (text !== undefined && /^[\s\p{Default_Ignorable_Code_Point}]*$/u.test(text))
    throw new ApiError('BadParams', 'text is blank; write something', { field: 'text' });
  if (isOwn && body.dataFields !== undefined)
    throw new ApiError(
      'BadParams',
      'dataFields: fill in a template; leave them out beside text and mediaId',
      {
        field: 'dataFields',
      },
    );
  if (templateId !== undefined && body.channel !== undefined)
    throw new ApiError('BadParams', 'channel: a template has its own; leave it out beside templateId', {
      field: 'channel',
    });
  if (body.goesAnyway !== undefined && body.sendAt === undefined)
    throw new ApiError('BadParams', 'goesAnyway: is for an answer that goes later; give sendAt', {
      field: 'goesAnyway',
    });
  return {
    text: text ?? null,
    mediaId: mediaId ?? null,
    templateId: templateId ?? null,
    dataFields: body.dataFields ?? {},
    medium: body.channel ?? null,
    senderId: body.senderId ?? null,
  };
}

function readSeen(seen: string | null): number | null {
  if (seen === null) return null;
  const place = decodeMessageId(seen);
  if (place) return place.id;
  throw new ApiError('BadParams', 'seenMessageId is no message id; give the thread’s lastReplyId', {
    field: 'seenMessageId',
    value: seen,
  });
}
