import { queryOptions } from '@tanstack/react-query';
import { get } from './request.ts';

interface AccountAnswer {
  simulated: boolean;
  settings: { baseUrl?: string };
}

/** Where the simulator's handsets are, null when no account of the project is wired to it. */
export const simulatorQuery = queryOptions({
  queryKey: ['simulator'],
  queryFn: async () => {
    const { providerAccounts } = await get<{ providerAccounts: AccountAnswer[] }>('/api/providerAccounts');
    return providerAccounts.find((account) => account.simulated)?.settings.baseUrl ?? null;
  },
  staleTime: 60_000,
});
