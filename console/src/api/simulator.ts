import { queryOptions } from '@tanstack/react-query';
import { answerOf, server } from './request.ts';

/** Where the simulator's handsets are, null when no account of the project is wired to it. */
export const simulatorQuery = queryOptions({
  queryKey: ['simulator'],
  queryFn: async () => {
    const { providerAccounts } = await answerOf(server.GET('/api/providerAccounts'));
    const baseUrl = providerAccounts.find((account) => account.simulated)?.settings.baseUrl;
    return typeof baseUrl === 'string' ? baseUrl : null;
  },
  staleTime: 60_000,
});
