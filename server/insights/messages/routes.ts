import { Type } from 'typebox';
import { decodeMessageId, encodeMessageId } from '../../database/message-id.ts';
import { skipReasons } from '../../delivery/skip-reason.ts';
import type { Routes } from '../../http/api.ts';
import { ApiError } from '../../http/errors.ts';
import { rowId } from '../../http/schemas.ts';
import { messageAnswer, messageAsAnswer, messageLifeAnswer, messageLifeAsAnswer } from './message-answer.ts';
import { clicksOfMessage, findMessage, listMessages } from './message-rows.sql.ts';

const status = Type.Union([
  Type.Literal('queued'),
  Type.Literal('dispatching'),
  Type.Literal('inDoubt'),
  Type.Literal('sent'),
  Type.Literal('delivered'),
  Type.Literal('read'),
  Type.Literal('bounced'),
  Type.Literal('skipped'),
]);

/** Single messages: a list to page through, and one with its whole life. */
export const messageRoutes: Routes = (api, context) => {
  api.get(
    '/api/messages',
    {
      schema: {
        tags: ['Messages'],
        summary: 'Messages of the project, a page at a time',
        querystring: Type.Object({
          campaignId: Type.Optional(rowId),
          status: Type.Optional(status),
          skipReason: Type.Optional(Type.Union(skipReasons.map((reason) => Type.Literal(reason)))),
          after: Type.Optional(Type.String({ description: 'The nextAfter of the page before' })),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: '100 unless told' })),
        }),
        response: {
          200: Type.Object({
            messages: Type.Array(messageAnswer),
            nextAfter: Type.Optional(Type.String()),
          }),
        },
      },
    },
    async (request) => {
      const { after, limit = 100, ...filter } = request.query;
      const cursor = after === undefined ? null : readMessageId(after, 'after');
      const rows = await listMessages(context.db, request.caller.project.id, filter, cursor, limit);
      const last = rows.at(-1);
      return {
        messages: rows.map((row) => messageAsAnswer(row, context.clock.now())),
        ...(last && rows.length === limit && { nextAfter: encodeMessageId(last.lane, last.id) }),
      };
    },
  );

  api.get(
    '/api/messages/:messageId',
    {
      schema: {
        tags: ['Messages'],
        summary: 'One message with its content and its whole life',
        params: Type.Object({ messageId: Type.String() }),
        response: { 200: messageLifeAnswer },
      },
    },
    async (request) => {
      const { messageId } = request.params;
      const place = readMessageId(messageId, 'messageId');
      const row = await findMessage(context.db, request.caller.project.id, place);
      if (!row) throw new ApiError('NotFound', `No message ${messageId} in this project`, { messageId });
      return messageLifeAsAnswer(
        row,
        await clicksOfMessage(context.db, row.lane, row.id),
        context.clock.now(),
      );
    },
  );
};

function readMessageId(text: string, field: string) {
  const place = decodeMessageId(text);
  if (place) return place;
  throw new ApiError('BadParams', `${field}: ${JSON.stringify(text)} is no message’s id`, { [field]: text });
}
