import { queryOptions } from '@tanstack/react-query';
import { get } from './request.ts';

/** One message to one user. Instants in milliseconds. */
export interface Message {
  messageId: string;
  /** Names the user in addresses; null when the user was deleted. */
  userRef: string | null;
  email: string | null;
  userId: string | null;
  phoneNumber: string | null;
  toAddress: string | null;
  status: string;
  skipReason: string | null;
  errorCode: string | null;
  errorDetail: string | null;
  segments: number;
  createdAt: number;
  dispatchedAt: number | null;
  /** When a message that waits may leave; null once it left, and while its campaign is paused. */
  dueAt: number | null;
  /** What a message that has not left waits for. */
  waitingFor: string | null;
  /** When what has failed is tried again; null for never. */
  retryAt: number | null;
}

/** Which messages of a campaign are asked for; `after` continues a page. */
export interface MessageFilter {
  campaignId: number;
  status?: string;
  skipReason?: string;
  after?: string;
}

const unsettled = new Set(['queued', 'dispatching', 'inDoubt', 'sent']);

/** One message, looked at until it is known what became of it. */
export const messageQuery = (messageId: string) =>
  queryOptions({
    queryKey: ['messages', messageId],
    queryFn: () => get<Message>(`/api/messages/${messageId}`),
    refetchInterval: ({ state }) => (state.data && !unsettled.has(state.data.status) ? false : 1_500),
  });

/** Whether any of a campaign's failed messages is to be tried again, as far as its first thousand failures tell. */
export const retryingQuery = (campaignId: number) =>
  queryOptions({
    queryKey: ['messages', campaignId, 'retrying'],
    queryFn: async () => {
      const failed = { campaignId, status: 'bounced', limit: 1000 };
      const { messages } = await get<{ messages: Message[] }>('/api/messages', failed);
      return messages.some((message) => message.retryAt !== null);
    },
    refetchInterval: 15_000,
  });

/** A page of a campaign's messages; looked at again and again, as receipts come late. */
export const messagesQuery = (filter: MessageFilter) =>
  queryOptions({
    queryKey: ['messages', filter],
    queryFn: () =>
      get<{ messages: Message[]; nextAfter?: string }>('/api/messages', { ...filter, limit: 25 }),
    refetchInterval: 5_000,
    placeholderData: (before) => before,
  });
