import { queryOptions } from '@tanstack/react-query';
import { get, request } from './request.ts';

/** An account with a provider, without its secrets. */
export interface ProviderAccount {
  id: number;
  name: string;
  wire: 'twilio' | 'meta' | 'smtp';
  settings: Record<string, string | number | boolean>;
  simulated: boolean;
  stoppedReason: string | null;
}

export const providerAccountsQuery = queryOptions({
  queryKey: ['providerAccounts'],
  queryFn: async () =>
    (await get<{ providerAccounts: ProviderAccount[] }>('/api/providerAccounts')).providerAccounts,
});

/** Changes an account; what is left out stays, null takes a secret out. */
export const changeProviderAccount = (
  id: number,
  change: {
    name?: string;
    settings?: ProviderAccount['settings'];
    secrets?: Record<string, string | null>;
    stoppedReason?: null;
  },
) => request<ProviderAccount>('PATCH', `/api/providerAccounts/${id}`, { body: change });
