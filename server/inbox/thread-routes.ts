import { Type } from 'typebox';
import { findPeopleRefs } from '../audiences/find-people.ts';
import { decodeMessageId, encodeMessageId } from '../database/message-id.ts';
import type { Routes } from '../http/api.ts';
import type { CallerProject, Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { medium } from '../http/media.ts';
import { nullable } from '../http/schemas.ts';
import { presentAt } from './agents.sql.ts';
import { type EntryPlace, entryKinds, readConversation } from './conversation.sql.ts';
import { readDrafts } from './drafts.sql.ts';
import {
  countThreads,
  listTags,
  listThreads,
  mostCounted,
  type ThreadFilter,
  type ThreadPlace,
} from './list-threads.sql.ts';
import { abilitiesOf } from './reply.ts';
import { wordsQuery } from './search-words.ts';
import {
  abilitySchema,
  draftSchema,
  entrySchema,
  showAbility,
  showDraft,
  showEntry,
  showThread,
  showThreads,
  threadSchema,
  threadState,
} from './thread-answer.ts';
import { requireThread } from './threads.sql.ts';

const tags = ['Inbox'];
export const threadParams = Type.Object({ id: Type.String({ maxLength: 20 }) });
/** People whose threads a search shows beside those in which its words were said: of more the newest. */
const mostPeople = 1_000;

/** Reading the inbox: its list, and one thread with all that was said. */
export const threadRoutes: Routes = (api, context) => {
  const { db, clock } = context;
  api.get(
    '/api/inbox/threads',
    {
      schema: {
        tags,
        summary: 'Threads, those with the newest message first',
        querystring: Type.Object({
          state: Type.Optional(threadState),
          assignee: Type.Optional(
            Type.String({ maxLength: 320, description: 'An agent’s email, `me`, or `nobody`' }),
          ),
          unread: Type.Optional(Type.Boolean()),
          mentions: Type.Optional(
            Type.Literal('me', {
              description: 'Those in which a note names you that you have not looked at',
            }),
          ),
          medium: Type.Optional(medium),
          tag: Type.Optional(Type.String({ maxLength: 60 })),
          query: Type.Optional(
            Type.String({
              maxLength: 200,
              description: 'Beginnings of words that were said, or of the person’s name, number or ids',
            }),
          ),
          cursor: Type.Optional(Type.String({ maxLength: 60, description: 'A page’s `next`' })),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
        }),
        response: { 200: Type.Object({ threads: Type.Array(threadSchema), next: nullable(Type.String()) }) },
      },
    },
    async ({ query, caller }) => {
      const { project, name } = caller;
      const { limit = 50, cursor, assignee } = query;
      const filter: ThreadFilter = {
        ...{ state: query.state, unread: query.unread, medium: query.medium, tag: query.tag },
        mentions: query.mentions && name,
        assignee: assignee === 'me' ? name : assignee === 'nobody' ? null : assignee,
        search: await searchOf(context, project, query.query),
      };
      const threads = await listThreads(db, project.id, filter, readCursor(cursor), limit + 1);
      const shown = threads.slice(0, limit);
      const last = shown.at(-1);
      return {
        threads: await showThreads(db, project.id, shown),
        next:
          threads.length > limit && last
            ? `${last.last_at.getTime()}.${encodeMessageId(last.lane, last.id)}`
            : null,
      };
    },
  );
  api.get(
    '/api/inbox/counts',
    {
      schema: {
        tags,
        summary: 'How many threads stand how',
        response: {
          200: Type.Object({
            open: Type.Integer(),
            waiting: Type.Integer(),
            snoozed: Type.Integer(),
            mine: Type.Integer({ description: 'Open, and the caller’s' }),
            nobodys: Type.Integer({ description: 'Open, and nobody’s' }),
            unread: Type.Integer(),
            mentions: Type.Integer({ description: 'In which a note names the caller' }),
            most: Type.Integer({ description: 'Where a number is this, there may be more' }),
            tags: Type.Array(Type.String()),
          }),
        },
      },
    },
    async ({ caller: { project, name } }) => ({
      ...(await countThreads(db, project.id, name)),
      most: mostCounted,
      tags: await listTags(db, project.id),
    }),
  );
  api.get(
    '/api/inbox/threads/:id',
    {
      schema: {
        tags,
        summary: 'A thread with what was said on all channels, the newest last',
        params: threadParams,
        querystring: Type.Object({
          before: Type.Optional(Type.String({ maxLength: 60, description: 'An answer’s `before`' })),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
        }),
        response: {
          200: Type.Object({
            thread: threadSchema,
            now: Type.String({ description: 'The server’s time, by which `can` is to be read' }),
            can: Type.Array(abilitySchema, {
              description:
                'Where the person may be answered in plain words, the channel they wrote on last first',
            }),
            present: Type.Array(
              Type.Object({ agent: Type.String(), doing: Type.Enum(['looking', 'writing']) }),
              { description: 'Who has the thread open' },
            ),
            draft: nullable(draftSchema),
            noteDraft: nullable(draftSchema),
            entries: Type.Array(entrySchema),
            before: nullable(Type.String({ description: 'Give it to read what came before' })),
          }),
        },
      },
    },
    async ({ params, query, caller: { project, name } }) => {
      const thread = await requireThread(db, project.id, params.id);
      const now = clock.now();
      const [can, present, drafts, page, shown] = await Promise.all([
        abilitiesOf(db, thread, now),
        presentAt(db, thread, now),
        readDrafts(db, thread, name),
        readConversation(db, thread, readPlace(query.before), query.limit ?? 50),
        showThread(db, thread),
      ]);
      return {
        thread: shown,
        now: now.toISOString(),
        can: can.map(showAbility),
        present,
        draft: showDraft(drafts.get('answer')),
        noteDraft: showDraft(drafts.get('note')),
        entries: page.entries.map(showEntry),
        before: page.before && `${page.before.at.getTime()}.${page.before.kind}.${page.before.number}`,
      };
    },
  );
};

async function searchOf(
  { db }: Context,
  project: CallerProject,
  query: string | undefined,
): Promise<ThreadFilter['search']> {
  if (query === undefined || query.trim() === '') return undefined;
  return { words: wordsQuery(query), people: await findPeopleRefs(db, project, query, mostPeople) };
}

function readCursor(cursor: string | undefined): ThreadPlace | null {
  if (cursor === undefined) return null;
  const [, at, ref = ''] = /^(\d{12,14})\.(.+)$/.exec(cursor) ?? [];
  const place = decodeMessageId(ref);
  if (at === undefined || !place)
    throw new ApiError('BadParams', 'cursor is not one that a page gave; leave it out for the first page', {
      field: 'cursor',
      value: cursor,
    });
  return { at: new Date(Number(at)), ...place };
}

function readPlace(before: string | undefined): EntryPlace | null {
  if (before === undefined) return null;
  const [, at, kind, number] = /^(\d{12,14})\.(\w+)\.(\d{1,15})$/.exec(before) ?? [];
  const known = entryKinds.find((each) => each === kind);
  if (at === undefined || !known)
    throw new ApiError('BadParams', 'before is not one that an answer gave; leave it out for the newest', {
      field: 'before',
      value: before,
    });
  return { at: new Date(Number(at)), kind: known, number: Number(number) };
}
