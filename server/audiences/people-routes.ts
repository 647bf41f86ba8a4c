import { Type } from 'typebox';
import type { Routes } from '../http/api.ts';
import { ApiError } from '../http/errors.ts';
import { rowId, standingStatus } from '../http/schemas.ts';
import { userOfRef } from '../users/named-user.ts';
import { userCard, userCardSchema } from '../users/user-answer.ts';
import { findPeople, peopleOrders } from './find-people.ts';
import { listsOf, requireList } from './list-members.ts';

const tags = ['Users'];

/** Finding people, and the lists that one of them is on. */
export const peopleRoutes: Routes = (api, { db }) => {
  api.get(
    '/api/users',
    {
      schema: {
        tags,
        summary: 'People by name, email, userId or number, by list and by standing, a page at a time',
        querystring: Type.Object({
          query: Type.Optional(Type.String({ maxLength: 200 })),
          listId: Type.Optional(rowId),
          messageTypeId: Type.Optional(rowId),
          standing: Type.Optional(standingStatus),
          sort: Type.Optional(Type.Union(peopleOrders.map((order) => Type.Literal(order)))),
          cursor: Type.Optional(
            Type.String({
              maxLength: 20,
              description: 'A page’s `next` or `previous`; none for the first page',
            }),
          ),
          pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: '50 unless told' })),
        }),
        response: {
          200: Type.Object({
            users: Type.Array(userCardSchema),
            total: Type.Integer({
              description:
                'How many match; where `isCapped`, more than so many. `next` says whether there is another page',
            }),
            isCapped: Type.Boolean(),
            next: Type.Optional(Type.String()),
            previous: Type.Optional(Type.String()),
          }),
        },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const {
        query: text = '',
        listId,
        messageTypeId,
        standing,
        sort,
        cursor,
        pageSize = 50,
      } = request.query;
      if ((standing === undefined) !== (messageTypeId === undefined))
        throw new ApiError('BadParams', 'standing and messageTypeId go together; give both or neither', {
          field: standing === undefined ? 'standing' : 'messageTypeId',
        });
      if (listId !== undefined) await requireList(db, project.id, listId);
      const { people, total, isCapped, next, previous } = await findPeople(db, project, {
        ...{ text, listId, order: sort ?? '-since', limit: pageSize, cursor },
        standing: standing && messageTypeId !== undefined ? { messageTypeId, status: standing } : undefined,
      });
      const neighbours = { next: next ?? undefined, previous: previous ?? undefined };
      return { users: people.map(userCard), total, isCapped, ...neighbours };
    },
  );
  api.get(
    '/api/users/:ref/lists',
    {
      schema: {
        tags,
        summary: 'The lists a user is on',
        params: Type.Object({ ref: Type.String({ description: 'email, userId, or id:<lane>.<id>' }) }),
        response: {
          200: Type.Object({ lists: Type.Array(Type.Object({ id: Type.Integer(), name: Type.String() })) }),
        },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const user = await userOfRef(db, project, request.params.ref);
      return { lists: await listsOf(db, project.id, user) };
    },
  );
};
