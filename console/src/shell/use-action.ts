import { notifications } from '@mantine/notifications';
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';

/**
 * Something a person does: calls the server, says that it worked (or why not), and has the named queries ask
 * again.
 */
export function useAction<Input = void, Answer = unknown>(
  act: (input: Input) => Promise<Answer>,
  {
    done,
    refresh = [],
    after,
  }: {
    done?: string | ((answer: Answer, input: Input) => string);
    refresh?: QueryKey[];
    after?: (answer: Answer, input: Input) => void;
  } = {},
) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: async (answer, input) => {
      if (done)
        notifications.show({
          message: typeof done === 'string' ? done : done(answer, input),
          color: 'green',
          role: 'status',
        });
      await Promise.all(refresh.map((queryKey) => queries.invalidateQueries({ queryKey })));
      after?.(answer, input);
    },
    onError: (error) => {
      notifications.show({
        title: 'That did not work',
        message: error.message,
        color: 'red',
        autoClose: 12_000,
        role: 'alert',
      });
    },
  });
}
