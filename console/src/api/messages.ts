import { queryOptions } from '@tanstack/react-query';
import { type Answer, answerOf, type Query, server } from './request.ts';

/** One message to one user. */
export type Message = Answer<'/api/messages'>['messages'][number];

/** Which messages of a campaign are asked for; `after` continues a page. */
export type MessageFilter = Pick<Query<'/api/messages'>, 'campaignId' | 'status' | 'skipReason' | 'after'>;

const unsettled: ReadonlySet<string> = new Set(['queued', 'dispatching', 'inDoubt', 'sent']);

/** One message, looked at until it is known what became of it. */
export const messageQuery = (messageId: string) =>
  queryOptions({
    queryKey: ['messages', messageId],
    queryFn: () => answerOf(server.GET('/api/messages/{messageId}', { params: { path: { messageId } } })),
    refetchInterval: ({ state }) => (state.data && !unsettled.has(state.data.status) ? false : 1_500),
  });

/** Whether any of a campaign's failed messages is to be tried again, as far as its first thousand failures tell. */
export const retryingQuery = (campaignId: number) =>
  queryOptions({
    queryKey: ['messages', campaignId, 'retrying'],
    queryFn: async () => {
      const failed = { campaignId, status: 'bounced', limit: 1000 } as const;
      const { messages } = await answerOf(server.GET('/api/messages', { params: { query: failed } }));
      return messages.some((message) => message.retryAt !== null);
    },
    refetchInterval: 15_000,
  });

/** A page of a campaign's messages; looked at again and again, as receipts come late. */
export const messagesQuery = (filter: MessageFilter) =>
  queryOptions({
    queryKey: ['messages', filter],
    queryFn: () => answerOf(server.GET('/api/messages', { params: { query: { ...filter, limit: 25 } } })),
    refetchInterval: 5_000,
    placeholderData: (before) => before,
  });
