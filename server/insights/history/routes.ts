import { Type } from 'typebox';
import type { Routes } from '../../http/api.ts';
import { nullable, rowId } from '../../http/schemas.ts';
import { loadUsers } from '../../users/find-users.ts';
import { readHistory } from '../../users/history.ts';
import { namedUser, userOfRef } from '../../users/named-user.ts';
import { userCard, userCardSchema } from '../../users/user-answer.ts';
import { nameCampaigns } from './name-campaigns.ts';
import { readSentMessages } from './sent-messages.ts';

const tags = ['Users'];
const mediumNames = Type.Union([
  Type.Literal('Email'),
  Type.Literal('SMS'),
  Type.Literal('Push'),
  Type.Literal('InApp'),
  Type.Literal('WhatsApp'),
]);

/** What happened to and by one person. */
export const historyRoutes: Routes = (api, context) => {
  api.get(
    '/api/users/:ref/history',
    {
      schema: {
        tags,
        summary: 'What happened to and by a user, newest first',
        params: Type.Object({ ref: Type.String({ description: 'email, userId, or id:<lane>.<id>' }) }),
        querystring: Type.Object({
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 200 })),
        }),
        response: {
          200: Type.Object({
            user: userCardSchema,
            history: Type.Array(
              Type.Object({
                at: Type.String(),
                kind: Type.String(),
                what: Type.String(),
                medium: nullable(Type.String()),
                text: nullable(Type.String()),
                skipReason: nullable(Type.String()),
                details: Type.Record(Type.String(), Type.Unknown()),
              }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const ref = await userOfRef(context.db, project, request.params.ref);
      const user = (await loadUsers(context.db, project.id, [ref])).get(ref.id)!;
      const history = await nameCampaigns(
        context.db,
        project.id,
        await readHistory(context.people, project.id, ref, request.query.limit ?? 200, context.clock.now()),
      );
      return {
        user: userCard(user),
        history: history.map((entry) => ({ ...entry, at: entry.at.toISOString() })),
      };
    },
  );
  api.get(
    '/api/users/getSentMessages',
    {
      schema: {
        tags,
        summary: 'Messages sent to a user, newest first',
        querystring: Type.Object({
          email: Type.Optional(Type.String()),
          userId: Type.Optional(Type.String()),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 10 })),
          campaignIds: Type.Optional(Type.Union([Type.Array(rowId), rowId])),
          startDateTime: Type.Optional(Type.String()),
          endDateTime: Type.Optional(Type.String()),
          excludeBlastCampaigns: Type.Optional(Type.Boolean({ default: false })),
          messageMedium: Type.Optional(mediumNames),
        }),
        response: {
          200: Type.Object({ messages: Type.Array(Type.Record(Type.String(), Type.Unknown())) }),
        },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const user = await namedUser(context.db, project, request.query);
      return { messages: await readSentMessages(context.db, project.id, user, request.query) };
    },
  );
};
