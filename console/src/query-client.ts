import { QueryClient } from '@tanstack/react-query';
import { RequestError } from './api/request.ts';

/** Answers are kept for a few seconds; a refusal (4xx) is final, anything else is tried twice more. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => !(error instanceof RequestError && error.status < 500) && failures < 2,
    },
  },
});
