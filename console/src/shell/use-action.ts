import { notifications } from '@mantine/notifications';
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useRef } from 'react';
import { refusalWords } from '../words/refusal-words.ts';

/** Something a person does, as `useAction` gives it. */
export interface Action<Input, Answer> {
  /** Does it, unless it is being done: the second half of a double click comes to nothing. */
  act: (input: Input) => void;
  isBusy: boolean;
  /** Why it did not work the last time, null when it did. */
  error: Error | null;
  answer: Answer | undefined;
}

/**
 * Something a person does: calls the server, says that it worked (`done`; nothing for what is seen by itself) or why not, and has the named queries ask
 * again. With `once` it stays locked after it worked, for what leads away from the page; with `inPlace` the page
 * itself shows the error, beside the form, and nothing pops up.
 */
export function useAction<Input = void, Answer = unknown>(
  call: (input: Input) => Promise<Answer>,
  {
    done,
    refresh = [],
    after,
    once = false,
    inPlace = false,
  }: {
    done?: string | ((answer: Answer, input: Input) => string | null);
    refresh?: QueryKey[];
    after?: (answer: Answer, input: Input) => void;
    once?: boolean;
    inPlace?: boolean;
  } = {},
): Action<Input, Answer> {
  const queries = useQueryClient();
  const id = useId();
  // State would come too late: both clicks of a double click see the page as it was before the first.
  const isLocked = useRef(false);
  const { mutate, isPending, isSuccess, error, data } = useMutation({
    mutationFn: call,
    onMutate: () => {
      notifications.hide(id);
    },
    onSuccess: async (answer, input) => {
      const message = typeof done === 'function' ? done(answer, input) : done;
      if (message) notifications.show({ message, color: 'green', role: 'status' });
      await Promise.all(refresh.map((queryKey) => queries.invalidateQueries({ queryKey })));
      after?.(answer, input);
    },
    onError: (failure) => {
      if (inPlace) return;
      const message = refusalWords(failure);
      notifications.show({
        ...{ id, title: 'That did not work', message },
        ...{ color: 'red', autoClose: false, role: 'alert' },
      });
    },
    onSettled: (_, failure) => {
      isLocked.current = once && failure === null;
    },
  });
  return {
    act: (input) => {
      if (isLocked.current) return;
      isLocked.current = true;
      mutate(input);
    },
    isBusy: isPending || (once && isSuccess),
    error,
    answer: data,
  };
}
