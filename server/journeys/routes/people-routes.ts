import { Type } from 'typebox';
import type { Routes } from '../../http/api.ts';
import { ApiError } from '../../http/errors.ts';
import { nullable, rowId } from '../../http/schemas.ts';
import { findUsers } from '../../users/find-users.ts';
import { userOfRef } from '../../users/named-user.ts';
import { findJourney } from '../journeys.sql.ts';
import { passagesOf, waysThrough } from '../runs/why.sql.ts';

/** What people did in journeys, and why. */
export const peopleRoutes: Routes = (api, context) => {
  api.get(
    '/api/users/:ref/journeys',
    {
      schema: {
        tags: ['Journeys'],
        summary: 'A person’s passages through all journeys, those under way first',
        params: Type.Object({ ref: Type.String({ maxLength: 320 }) }),
        response: {
          200: Type.Object({
            passages: Type.Array(
              Type.Object({
                journeyId: Type.Integer(),
                name: Type.String(),
                tile: Type.String({ description: 'Where they are, or left from' }),
                enteredAt: Type.Integer(),
                leftAt: nullable(Type.Integer()),
                reason: nullable(Type.String({ description: 'Why they left' })),
              }),
            ),
          }),
        },
      },
    },
    async ({ params: { ref }, caller: { project } }) => {
      const user = await userOfRef(context.db, project, ref);
      const passages = await passagesOf(context.db, project.id, user);
      return {
        passages: passages.map(({ enteredAt, leftAt, ...rest }) => ({
          ...rest,
          enteredAt: enteredAt.getTime(),
          leftAt: leftAt?.getTime() ?? null,
        })),
      };
    },
  );
  api.get(
    '/api/journeys/:id/why',
    {
      schema: {
        tags: ['Journeys'],
        summary: 'One person’s ways through a journey, with what each tile saw; or why they did not enter',
        params: Type.Object({ id: rowId }),
        querystring: Type.Object({
          email: Type.Optional(Type.String()),
          userId: Type.Optional(Type.String()),
        }),
        response: {
          200: Type.Object({
            passages: Type.Array(
              Type.Object({
                runId: Type.String(),
                key: Type.String(),
                enteredAt: Type.Integer(),
                cause: Type.Unknown({ description: 'What let them in' }),
                tile: Type.String({ description: 'Where they are, or left from' }),
                until: Type.Union([Type.Integer(), Type.Null()], {
                  description: 'When they are looked at again by time alone',
                }),
                leftAt: Type.Union([Type.Integer(), Type.Null()]),
                reason: Type.Union([Type.String(), Type.Null()]),
                detail: Type.Union([Type.String(), Type.Null()]),
                stuck: Type.Union([Type.String(), Type.Null()]),
                isHeldOut: Type.Boolean(),
                goal: nullable(
                  Type.Object({
                    at: Type.Integer(),
                    tile: nullable(
                      Type.String({ description: 'Of the last message that had left to them before' }),
                    ),
                  }),
                ),
                turns: Type.Array(
                  Type.Object({ at: Type.Integer(), version: Type.Integer(), steps: Type.Unknown() }),
                ),
                repliesToOthers: Type.Array(
                  Type.Object({
                    at: Type.Integer(),
                    journeyId: Type.Union([Type.Integer(), Type.Null()]),
                    runId: Type.String(),
                  }),
                  {
                    description:
                      'Texts of theirs that this passage wanted and that answered another, which had asked later, with that passage and its journey',
                  },
                ),
              }),
            ),
            waiting: Type.Array(
              Type.Object({
                since: Type.Integer(),
                key: Type.String(),
                cause: Type.Unknown({ description: 'What is to let them in' }),
              }),
              { description: 'Where they wait in line, since so many enter an hour or a day' },
            ),
            notEntered: Type.Array(
              Type.Object({
                at: Type.Integer(),
                key: Type.String(),
                reason: Type.String(),
                cause: Type.Unknown(),
              }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const { email, userId } = request.query;
      if ((email === undefined) === (userId === undefined))
        throw new ApiError('BadParams', 'Give exactly one of email and userId', { field: 'email' });
      const [user] = await findUsers(context.db, project.id, [
        email === undefined ? { userId: userId ?? '' } : { email },
      ]);
      if (!user)
        throw new ApiError('NotFound', 'No such person in this project', {
          field: email === undefined ? 'userId' : 'email',
        });
      const { id } = await findJourney(context.db, project.id, request.params.id);
      return waysThrough(context.db, project.id, id, user);
    },
  );
};
