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
}

/** Which messages of a campaign are asked for; `after` continues a page. */
export interface MessageFilter {
  campaignId: number;
  status?: string;
  skipReason?: string;
  after?: string;
}

/** A page of a campaign's messages; looked at again and again, as receipts come late. */
export const messagesQuery = (filter: MessageFilter) =>
  queryOptions({
    queryKey: ['messages', filter],
    queryFn: () =>
      get<{ messages: Message[]; nextAfter?: string }>('/api/messages', { ...filter, limit: 25 }),
    refetchInterval: 5_000,
    placeholderData: (before) => before,
  });
