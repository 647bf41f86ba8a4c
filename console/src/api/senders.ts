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

interface AccountAnswer {
  wire: string;
  simulated: boolean;
  settings: { baseUrl?: string };
}

/** Where the simulator's handsets are read and typed on; null where no account of the project is its. */
export const simulatorQuery = queryOptions({
  queryKey: ['simulator'],
  queryFn: async () => {
    const { providerAccounts } = await get<{ providerAccounts: AccountAnswer[] }>('/api/providerAccounts');
    const simulated = providerAccounts.find(({ simulated, settings }) => simulated && settings.baseUrl);
    return simulated?.settings.baseUrl?.replace(/\/+$/, '') ?? null;
  },
  staleTime: 60_000,
});

/** Stops a sender or starts it again; what waits for it stays. */
export const setSenderState = (id: number, state: Sender['state']) =>
  request<unknown>('PATCH', `/api/senders/${id}`, { body: { state } });
