import { queryOptions } from '@tanstack/react-query';
import { get, request } from './request.ts';
import type { Medium } from './templates.ts';

/** What messages come from. */
export interface Sender {
  id: number;
  name: string;
  kind: string;
  medium: Medium;
  address: string;
  country: string;
  purpose: 'promotional' | 'transactional';
  mps: number;
  dailyCap: number | null;
  usedToday: number;
  state: 'active' | 'stopped';
  stoppedReason: string | null;
}

/** Several senders of one medium and purpose; a person keeps to the one they know. */
export interface SenderPool {
  id: number;
  name: string;
  medium: Medium;
  purpose: 'promotional' | 'transactional';
  senderIds: number[];
}

export const sendersQuery = queryOptions({
  queryKey: ['senders'],
  queryFn: async () => (await get<{ senders: Sender[] }>('/api/senders')).senders,
});

export const poolsQuery = queryOptions({
  queryKey: ['senderPools'],
  queryFn: async () => (await get<{ senderPools: SenderPool[] }>('/api/senderPools')).senderPools,
});

/** Stops a sender or starts it again; what waits for it stays. */
export const setSenderState = (id: number, state: Sender['state']) =>
  request<unknown>('PATCH', `/api/senders/${id}`, { body: { state } });
