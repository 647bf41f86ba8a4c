import { Type } from 'typebox';
import { findCampaign } from '../../campaigns/campaign.ts';
import { decodeMessageId, encodeMessageId } from '../../database/message-id.ts';
import type { Routes } from '../../http/api.ts';
import { ApiError } from '../../http/errors.ts';
import { rowId } from '../../http/schemas.ts';
import { campaignReplies, clickedLinks } from './responses.sql.ts';

const params = Type.Object({ id: rowId });

/** What came back of a campaign: clicks by link, and replies. */
export const responseRoutes: Routes = (api, context) => {
  api.get(
    '/api/campaigns/:id/links',
    {
      schema: {
        tags: ['Campaigns'],
        summary: 'Clicks on each link of a campaign, people and machines apart',
        params,
        response: {
          200: Type.Object({
            links: Type.Array(
              Type.Object({
                url: Type.String(),
                total: Type.Integer({ description: 'Clicks by people' }),
                unique: Type.Integer({ description: 'People who clicked' }),
                previews: Type.Integer(),
                bots: Type.Integer(),
              }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const { id: projectId } = request.caller.project;
      const campaign = await findCampaign(context.db, projectId, request.params.id);
      return { links: await clickedLinks(context.db, projectId, campaign.id) };
    },
  );

  api.get(
    '/api/campaigns/:id/replies',
    {
      schema: {
        tags: ['Campaigns'],
        summary: 'What people answered to a campaign, the newest first, a page at a time',
        description: 'What was written to the message’s sender within a day after it left.',
        params,
        querystring: Type.Object({
          after: Type.Optional(Type.String({ description: 'The nextAfter of the page before' })),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: '100 unless told' })),
        }),
        response: {
          200: Type.Object({
            replies: Type.Array(
              Type.Object({
                replyId: Type.String(),
                userRef: Type.String({ description: 'Names the user in /api/users/{ref}' }),
                fromAddress: Type.String(),
                body: Type.String(),
                meaning: Type.String({ description: 'optOut, optIn, help, unclearOptOut or none' }),
                receivedAt: Type.Integer(),
              }),
            ),
            nextAfter: Type.Optional(Type.String()),
          }),
        },
      },
    },
    async (request) => {
      const { id: projectId } = request.caller.project;
      const { after, limit = 100 } = request.query;
      const campaign = await findCampaign(context.db, projectId, request.params.id);
      const from = after === undefined ? null : decodeMessageId(after);
      if (after !== undefined && !from)
        throw new ApiError('BadParams', 'after: give the nextAfter of the page before', { field: 'after' });
      const rows = await campaignReplies(context.db, projectId, campaign.id, { after: from, limit });
      const replies = rows.map(({ lane, id, userId, receivedAt, ...reply }) => ({
        ...reply,
        replyId: encodeMessageId(lane, id),
        userRef: `id:${lane}.${userId}`,
        receivedAt: receivedAt.getTime(),
      }));
      const last = replies.at(-1);
      return { replies, ...(last && replies.length === limit && { nextAfter: last.replyId }) };
    },
  );
};
