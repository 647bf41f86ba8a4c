import { Type } from 'typebox';
import { withoutOpenPixel } from '../../content/open-pixel.ts';
import { decodeMessageId } from '../../database/message-id.ts';
import type { Routes } from '../../http/api.ts';
import { ApiError } from '../../http/errors.ts';
import { textAnswer } from '../../http/schemas.ts';
import { messageHolders } from '../../users/history.ts';
import { namedUser } from '../../users/named-user.ts';

/** An email is a stranger's page: it may style itself and load pictures, but run nothing and be of no origin. */
const pagePolicy = [
  "default-src 'none'",
  "style-src 'unsafe-inline' https:",
  'img-src https: http: data:',
  'font-src https: data:',
  "form-action 'none'",
  "base-uri 'none'",
  'sandbox allow-popups allow-top-navigation-by-user-activation',
].join('; ');

/** Iterable's call for an email as it was sent. */
export const viewInBrowserRoutes: Routes = (api, { db }) => {
  api.get(
    '/api/email/viewInBrowser',
    {
      schema: {
        tags: ['Messages'],
        summary: 'An email that was sent, as it left',
        querystring: Type.Object({
          messageId: Type.String(),
          email: Type.Optional(Type.String()),
          userId: Type.Optional(Type.String()),
        }),
        response: { 200: textAnswer('text/html', 'The page') },
      },
    },
    async (request, reply) => {
      const { project } = request.caller;
      const { messageId, email, userId } = request.query;
      const place = decodeMessageId(messageId);
      if (!place)
        throw new ApiError('BadParams', 'messageId is no message id; give one that sending answered', {
          field: 'messageId',
          value: messageId,
        });
      const user = await namedUser(db, project, { email, userId });
      const row = await db
        .selectFrom('message')
        .select(['content', 'user_id'])
        .where('lane', '=', place.lane)
        .where('id', '=', place.id)
        .where('project_id', '=', project.id)
        .where('medium', '=', 'email')
        .where('sent_at', 'is not', null)
        .executeTakeFirst();
      const isTheirs = (await messageHolders(db, user)).some(
        ({ lane, id }) => lane === place.lane && id === row?.user_id,
      );
      const page = isTheirs ? pageOf(row?.content) : null;
      if (page === null)
        throw new ApiError('NotFound', `messageId ${messageId} is no email that was sent to this user`, {
          field: 'messageId',
          value: messageId,
        });
      return reply
        .type('text/html; charset=utf-8')
        .header('Content-Security-Policy', pagePolicy)
        .header('X-Content-Type-Options', 'nosniff')
        .send(page);
    },
  );
};

/** The HTML of an email's content; null when it is not there any more. */
function pageOf(content: unknown): string | null {
  if (typeof content !== 'object' || content === null || !('html' in content)) return null;
  return typeof content.html === 'string' ? withoutOpenPixel(content.html) : null;
}
