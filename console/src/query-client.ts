import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { RequestError } from './api/request.ts';
import { sessionQuery } from './api/session.ts';

/**
 * A call that nobody's session answers for means that the session has ended; the frame offers to sign in again. Where
 * nobody was signed in, a 401 is about the key or the password that was given.
 */
function noteEndOfSession(error: Error): void {
  const session = queryClient.getQueryData(sessionQuery.queryKey);
  if (session && error instanceof RequestError && error.status === 401)
    queryClient.setQueryData(sessionQuery.queryKey, null);
}

/**
 * Answers are kept for a few seconds; a refusal (4xx) is final, anything else is tried twice more. The server may
 * be on this very machine: calls are made even where the browser believes to be offline.
 */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noteEndOfSession }),
  mutationCache: new MutationCache({ onError: noteEndOfSession }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      networkMode: 'always',
      retry: (failures, error) => !(error instanceof RequestError && error.status < 500) && failures < 2,
    },
    mutations: { networkMode: 'always' },
  },
});
