import { Readable } from 'node:stream';
import { type Static, Type } from 'typebox';
import { promotionalChannels } from '../consent/channels.sql.ts';
import { recordWishes } from '../consent/ledger.ts';
import type { Routes } from '../http/api.ts';
import { rowId, success, successAnswer, textAnswer } from '../http/schemas.ts';
import { bulkAnswer, bulkAnswerSchema } from '../users/bulk-answer.ts';
import { inBatches } from '../users/by-lane.ts';
import { forgottenAmong, forgottenRefusal } from '../users/forgotten.ts';
import { holdersOf, identityText } from '../users/identity.ts';
import { prepareUpdate, type UpsertOutcome, type UserUpdate } from '../users/prepare-update.ts';
import { withUntextedNumbers } from '../users/untexted-numbers.ts';
import { upsertUsers } from '../users/upsert-users.ts';
import { updateOfRow, userUpdateSchema } from '../users/write-routes.ts';
import { deleteList, sweepDeletedLists } from './delete-list.ts';
import { addMembers, insertList, memberNames, removeMembers, requireList } from './list-members.ts';
import { sizeOfList, sizesOfLists } from './list-size.sql.ts';
import { listsOfProject } from './lists.sql.ts';
import { wishesOf } from './subscription-routes.ts';

const tags = ['Lists'];
const listId = Type.Object({ listId: rowId });
const everyone = Number.MAX_SAFE_INTEGER;
const subscribersSchema = Type.Array(userUpdateSchema, { maxItems: 10_000 });

/** Lists of users: making, filling, reading. */
export const listRoutes: Routes = (api, context) => {
  const { db, people, clock } = context;
  api.get(
    '/api/lists',
    {
      schema: {
        tags,
        summary: 'Lists',
        querystring: Type.Object({
          sizes: Type.Optional(Type.Boolean({ description: 'Tell how many people are on each' })),
        }),
        response: {
          200: Type.Object({
            lists: Type.Array(
              Type.Object({
                id: Type.Integer(),
                name: Type.String(),
                description: Type.Optional(Type.String()),
                listType: Type.Literal('Standard'),
                createdAt: Type.Integer(),
                size: Type.Optional(Type.Integer({ description: 'People on it, where asked for' })),
              }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const rows = await listsOfProject(db, project.id);
      const sizes = request.query.sizes ? await sizesOfLists(db, project.id) : null;
      return {
        lists: rows.map((row) => ({
          id: row.id,
          name: row.name,
          description: row.description ?? undefined,
          listType: 'Standard' as const,
          createdAt: row.created_at.getTime(),
          ...(sizes ? { size: sizes.get(row.id) ?? 0 } : {}),
        })),
      };
    },
  );
  api.post(
    '/api/lists',
    {
      schema: {
        tags,
        summary: 'Make a list',
        body: Type.Object({ name: Type.String({ minLength: 1 }), description: Type.Optional(Type.String()) }),
        response: { 200: listId },
      },
    },
    async (request) => {
      const { name, description } = request.body;
      const id = await insertList(db, request.caller.project.id, name, description ?? null, clock.now());
      return { listId: id };
    },
  );
  api.delete(
    '/api/lists/:listId',
    {
      schema: {
        tags,
        summary: 'Delete a list; its users stay. 409 while a campaign that may yet send names it',
        params: listId,
        response: { 200: successAnswer },
      },
    },
    async (request) => {
      await deleteList(context, request.caller.project.id, request.params.listId);
      sweepDeletedLists(db).catch((error: unknown) =>
        context.log.warn(
          { err: error },
          'memberships of a deleted list are left until another one is deleted',
        ),
      );
      return success('List deleted');
    },
  );
  api.post(
    '/api/lists/subscribe',
    {
      schema: {
        tags,
        summary: 'Put users on a list; who is not known is made; refused rows are named with the reason',
        body: Type.Object({
          listId: rowId,
          subscribers: subscribersSchema,
          updateExistingUsersOnly: Type.Optional(Type.Boolean()),
        }),
        response: { 200: bulkAnswerSchema },
      },
      config: { rows: ['subscribers'] },
    },
    async (request) => {
      const { project } = request.caller;
      const { body } = request;
      await requireList(db, project.id, body.listId);
      const options = {
        defaultCountry: project.defaultCountry,
        existingOnly: body.updateExistingUsersOnly ?? false,
      };
      const outcomes: UpsertOutcome[] = [];
      for (const batch of inBatches(body.subscribers)) {
        const updates = batch.map(updateOfRow);
        const done = await upsertUsers(people, project.id, updates, options, clock.now());
        await addMembers(
          context,
          project.id,
          body.listId,
          done.flatMap((outcome) => (outcome.ok ? outcome.user : [])),
          clock.now(),
        );
        outcomes.push(...withUntextedNumbers(updates, done));
      }
      return bulkAnswer(body.subscribers, outcomes);
    },
  );
  api.post(
    '/api/lists/unsubscribe',
    {
      schema: {
        tags,
        summary: 'Take users off a list',
        body: Type.Object({
          listId: rowId,
          subscribers: subscribersSchema,
          campaignId: Type.Optional(rowId),
          channelUnsubscribe: Type.Optional(
            Type.Boolean({ description: 'Opts them out of all marketing channels too' }),
          ),
        }),
        response: { 200: bulkAnswerSchema },
      },
      config: { rows: ['subscribers'] },
    },
    async (request) => {
      const { project } = request.caller;
      const { body } = request;
      await requireList(db, project.id, body.listId);
      const named = body.subscribers.map((row) => prepareUpdate(nameOf(row), project.defaultCountry));
      const identities = named.map((row) => (row.ok ? (row.identities[0] ?? null) : null));
      const holders = await holdersOf(
        db,
        project.id,
        identities.filter((identity) => identity !== null),
      );
      // By a number that several share all of them are meant: taking off a list is never too much.
      const users = identities.map((identity) => (identity && holders.get(identityText(identity))) ?? []);
      const known = users.flat();
      await removeMembers(context, project.id, body.listId, known, clock.now());
      if (body.channelUnsubscribe) {
        const channels = await promotionalChannels(db, project.id);
        const wishes = await wishesOf(db, request.caller, known, channels.map(optOutOf), clock.now());
        await recordWishes(context, wishes, clock.now());
      }
      const strangers = named.flatMap((row, index) =>
        row.ok && users[index]!.length === 0 ? row.identities : [],
      );
      const forgotten = await forgottenAmong(db, project.id, strangers);
      const outcomes = named.map((row, index) => {
        if (!row.ok) return row;
        if (users[index]!.length > 0) return { ok: true } as const;
        return forgottenRefusal(row, forgotten, false) ?? unknownUser(nameOf(body.subscribers[index]!));
      });
      return bulkAnswer(body.subscribers, outcomes);
    },
  );
  api.get(
    '/api/lists/getUsers',
    {
      schema: {
        tags,
        summary: 'The users of a list as text, one a line: email, else userId, else number',
        querystring: Type.Object({
          listId: rowId,
          maxResults: Type.Optional(Type.Integer({ minimum: 1 })),
          preferUserId: Type.Optional(Type.Boolean()),
        }),
        response: { 200: textAnswer('text/plain') },
      },
    },
    async (request, reply) => {
      const { listId: id, maxResults = everyone, preferUserId = false } = request.query;
      await requireList(db, request.caller.project.id, id);
      return reply
        .type('text/plain')
        .send(Readable.from(lines(memberNames(db, id, maxResults, preferUserId))));
    },
  );
  api.get(
    '/api/lists/:listId/size',
    {
      schema: {
        tags,
        summary: 'How many users a list has, as text',
        params: listId,
        response: { 200: textAnswer('text/plain') },
      },
    },
    async (request, reply) => {
      await requireList(db, request.caller.project.id, request.params.listId);
      return reply.type('text/plain').send(String(await sizeOfList(db, request.params.listId)));
    },
  );
  api.get(
    '/api/lists/previewUsers',
    {
      schema: {
        tags,
        summary: 'Some users of a list as text, one a line',
        querystring: Type.Object({
          listId: rowId,
          preferUserId: Type.Optional(Type.Boolean()),
          size: Type.Optional(Type.Integer({ minimum: 1, maximum: 5000, default: 1000 })),
        }),
        response: { 200: textAnswer('text/plain') },
      },
    },
    async (request, reply) => {
      const { listId: id, preferUserId = false, size = 1000 } = request.query;
      await requireList(db, request.caller.project.id, id);
      return reply.type('text/plain').send(Readable.from(lines(memberNames(db, id, size, preferUserId))));
    },
  );
};

function optOutOf(targetId: number) {
  return { action: 'optOut' as const, kind: 'channel' as const, targetId };
}

async function* lines(batches: AsyncIterable<string[]>): AsyncGenerator<string> {
  for await (const names of batches) yield `${names.join('\n')}\n`;
}

/** By which name a row is looked for: the first that is there. */
function nameOf(row: Static<typeof userUpdateSchema>): UserUpdate {
  const phone = row.phoneNumber ?? row.dataFields?.phoneNumber;
  if (row.userId) return { userId: row.userId };
  if (row.email) return { email: row.email };
  if (phone) return { phone: String(phone) };
  return row.whatsAppUserId ? { whatsAppUserId: row.whatsAppUserId } : {};
}

function unknownUser(name: UserUpdate) {
  const [key, value] = Object.entries(name)[0]!;
  const field = key === 'phone' ? 'phoneNumber' : key;
  const reason = `no user has the ${field} ${value}`;
  return { ok: false, code: 'NotFound', field, value, reason } as const;
}
