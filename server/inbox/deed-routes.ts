import { Type } from 'typebox';
import type { Database } from '../database/connect.ts';
import { encodeMessageId } from '../database/message-id.ts';
import type { Routes } from '../http/api.ts';
import type { Caller } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { instantInput, nullable, success, successAnswer } from '../http/schemas.ts';
import { readInstant } from '../users/instant.ts';
import { retrying } from '../users/try-again.ts';
import { knownAgents } from './agents.sql.ts';
import { assignThreads } from './assign.sql.ts';
import { announceClosed } from './closed.ts';
import { dropDraft, keepDraft } from './drafts.sql.ts';
import { tellNews } from './news.ts';
import { insertNote, mention } from './notes.sql.ts';
import { dueAfter, readSettings } from './settings.sql.ts';
import { showRead } from './show-reading.ts';
import { showThread, threadSchema, threadState } from './thread-answer.ts';
import { type Deed, logDeeds } from './thread-log.sql.ts';
import { threadParams as params } from './thread-routes.ts';
import {
  changeThread,
  lockThread,
  refuseSecond,
  requireThread,
  type Thread,
  type ThreadChange,
  threadRef,
} from './threads.sql.ts';
import { takeTurns } from './turns.sql.ts';

const tags = ['Inbox'];
const response = { 200: Type.Object({ thread: threadSchema }) };
const tag = Type.String({ minLength: 1, maxLength: 60, pattern: '^\\S(?:.*\\S)?$' });

/** What agents do with threads: whose they are, how they stand, tags, notes, drafts. */
export const deedRoutes: Routes = (api, context) => {
  const { db, clock } = context;
  /** Does something with a thread that is held, notes it where it is to be noted, and tells whoever looks. */
  const withThread = async (
    caller: Caller,
    ref: string,
    deed: (
      transaction: Database,
      thread: Thread,
    ) => Promise<{ what: Deed; detail?: Record<string, unknown> } | null>,
  ) => {
    const projectId = caller.project.id;
    const thread = await retrying(() =>
      db.transaction().execute(async (transaction) => {
        const held = await lockThread(transaction, projectId, ref);
        const done = await deed(transaction, held);
        if (done) {
          const of = { projectId, userId: held.user_id, threadId: held.id, agent: caller.name };
          await logDeeds(transaction, held.lane, [{ ...of, ...done }], clock.now());
        }
        await tellNews(transaction, { what: 'threads', projectId, threads: [threadRef(held)] });
        return requireThread(transaction, projectId, ref);
      }),
    );
    return { thread: await showThread(db, thread) };
  };
  api.post(
    '/api/inbox/threads/:id/assign',
    {
      schema: {
        tags,
        summary: 'Give a thread to somebody, or to nobody',
        params,
        body: Type.Object({
          to: nullable(
            Type.String({
              minLength: 1,
              maxLength: 320,
              description:
                'The email of a console account, `me`, `byTurns` for whoever of those who are there has waited longest, or null for nobody',
            }),
          ),
        }),
        response,
      },
    },
    async ({ params: { id }, body: { to }, caller }) =>
      withThread(caller, id, async (transaction, thread) => {
        const projectId = caller.project.id;
        const now = clock.now();
        const agent = await agentOf(transaction, caller, to, now);
        if (agent === thread.assignee_id) return null;
        const settings = await readSettings(transaction, projectId);
        const waits = thread.state === 'open' && agent !== null;
        const unassignAt = waits ? dueAfter(settings, now, settings.unassignMinutes) : null;
        const by = { projectId, lane: thread.lane, by: caller.name, at: now };
        await assignThreads(transaction, by, [{ id: thread.id, userId: thread.user_id, agent, unassignAt }]);
        return null;
      }),
  );
  api.post(
    '/api/inbox/threads/:id/state',
    {
      schema: {
        tags,
        summary: 'Resolve a thread, reopen it, put it off, or mark it as spam',
        params,
        body: Type.Object({
          state: threadState,
          until: Type.Optional(instantInput),
        }),
        response,
      },
    },
    async ({ params: { id }, body, caller }) =>
      withThread(caller, id, async (transaction, thread) => {
        await refuseSecond(transaction, body.state === 'resolved' ? { ...thread, state: 'open' } : thread);
        const change = changeTo(body, caller.name, clock.now());
        await changeThread(transaction, thread, change);
        const until = change.snoozed_until?.toISOString();
        if (body.state === 'resolved' || body.state === 'spam')
          await announceClosed(transaction, context, thread, clock.now());
        const what = body.state === 'open' && thread.state === 'resolved' ? 'reopened' : body.state;
        return { what, ...(until && { detail: { until } }) };
      }),
  );
  api.post(
    '/api/inbox/threads/:id/tags',
    {
      schema: {
        tags,
        summary: 'Tag a thread, in place of the tags it has',
        params,
        body: Type.Object({ tags: Type.Array(tag, { maxItems: 20, uniqueItems: true }) }),
        response,
      },
    },
    async ({ params: { id }, body, caller }) =>
      withThread(caller, id, async (transaction, thread) => {
        await changeThread(transaction, thread, { tags: body.tags.toSorted() });
        return { what: 'tagged', detail: { tags: body.tags } };
      }),
  );
  api.post(
    '/api/inbox/threads/:id/read',
    {
      schema: {
        tags,
        summary: 'Mark a thread as read, or as unread',
        params,
        body: Type.Object({ read: Type.Boolean() }),
        response,
      },
    },
    async ({ params: { id }, body, caller }) => {
      let newlyRead: Thread | null = null;
      const done = await withThread(caller, id, async (transaction, thread) => {
        newlyRead = body.read && thread.unread > 0 ? thread : null;
        await changeThread(transaction, thread, {
          unread: body.read ? 0 : Math.max(1, thread.unread),
          // For its reader alone it is told no more.
          ...(body.read && { mentioned: thread.mentioned.filter((each) => each !== caller.name) }),
        });
        return null;
      });
      if (newlyRead) showRead(context, newlyRead);
      return done;
    },
  );
  api.post(
    '/api/inbox/threads/:id/notes',
    {
      schema: {
        tags,
        summary: 'Write a note for the other agents',
        params,
        body: Type.Object({
          body: Type.String({ minLength: 1, maxLength: 10_000 }),
          mentions: Type.Optional(
            Type.Array(Type.String({ maxLength: 320 }), {
              maxItems: 20,
              uniqueItems: true,
              description: 'Emails of console accounts',
            }),
          ),
        }),
        response: { 200: Type.Object({ id: Type.String() }) },
      },
    },
    async ({ params: { id }, body, caller }) => {
      const mentions = body.mentions ?? [];
      const projectId = caller.project.id;
      const known = await knownAgents(db, projectId, mentions);
      const stranger = mentions.find((each) => !known.has(each));
      if (stranger !== undefined) throw unknownAgent('mentions', stranger);
      return retrying(() =>
        db.transaction().execute(async (transaction) => {
          const thread = await lockThread(transaction, projectId, id);
          const note = { agent: caller.name, body: body.body, mentions, at: clock.now() };
          const noteId = await insertNote(transaction, thread, note);
          await dropDraft(transaction, thread, caller.name, 'note');
          await mention(transaction, thread, mentions);
          await tellNews(transaction, { what: 'threads', projectId, threads: [threadRef(thread)] });
          return { id: encodeMessageId(thread.lane, noteId) };
        }),
      );
    },
  );
  api.post(
    '/api/inbox/threads/:id/draft',
    {
      schema: {
        tags,
        summary: 'Keep what you have begun to write; an empty text drops it',
        params,
        body: Type.Object({
          body: Type.String({ maxLength: 10_000 }),
          kind: Type.Optional(
            Type.Enum(['answer', 'note'], { description: 'What it is to be, an answer unless told' }),
          ),
        }),
        response: { 200: successAnswer },
      },
    },
    async ({ params: { id }, body: { body, kind = 'answer' }, caller }) => {
      const { name: agent } = caller;
      await retrying(() =>
        db.transaction().execute(async (transaction) => {
          const thread = await lockThread(transaction, caller.project.id, id);
          if (body === '') await dropDraft(transaction, thread, agent, kind);
          else await keepDraft(transaction, thread, { agent, kind, body, updatedAt: clock.now() });
        }),
      );
      return success();
    },
  );
};

/** Whom `to` means. @throws ApiError. */
async function agentOf(
  transaction: Database,
  { project, name }: Caller,
  to: string | null,
  now: Date,
): Promise<string | null> {
  if (to === null) return null;
  if (to === 'byTurns') {
    const [next] = await takeTurns(transaction, project.id, 1, now);
    if (next !== undefined) return next;
    throw new ApiError('InvalidState', 'to: nobody has the inbox open who is not away; give an email', {
      field: 'to',
    });
  }
  const email = to === 'me' ? name : to;
  if ((await knownAgents(transaction, project.id, [email])).has(email)) return email;
  throw unknownAgent('to', email);
}

function unknownAgent(field: string, email: string): ApiError {
  return new ApiError(
    'BadParams',
    `${field}: ${email} is no console account of this project; GET /api/inbox/agents lists them`,
    { field, value: email },
  );
}

/** What changes with a state. @throws ApiError BadParams for a snooze without an end to come. */
function changeTo(
  { state, until }: { state: Thread['state']; until?: string | number | undefined },
  agent: string,
  now: Date,
): ThreadChange & { snoozed_until: Date | null } {
  const ends = until === undefined ? null : readInstant('until', until);
  if (state === 'snoozed' && (ends === null || ends <= now))
    throw new ApiError(
      'BadParams',
      'until: give the instant, still to come, at which the thread is to come back',
      {
        field: 'until',
        value: until ?? null,
      },
    );
  const resolved = state === 'resolved';
  return {
    state,
    snoozed_until: state === 'snoozed' ? ends : null,
    resolved_at: resolved ? now : null,
    resolved_by: resolved ? agent : null,
    ...((resolved || state === 'spam') && { unread: 0, next_reply_due: null, unassign_at: null }),
  };
}
