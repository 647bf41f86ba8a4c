import { Modal, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { sessionQuery } from '../../api/session.ts';
import { SignInForm } from './sign-in-form.tsx';

/**
 * Stands before a page whose session has ended, and signs in again: the page behind keeps what was typed. When
 * somebody else signs in they begin at their own home.
 */
export function SessionEnded() {
  const { data: session } = useQuery(sessionQuery);
  const queries = useQueryClient();
  const reader = useRef(session?.user.id);
  useEffect(() => {
    if (!session) return;
    if (reader.current !== undefined && reader.current !== session.user.id) location.assign('/');
    reader.current = session.user.id;
  }, [session]);
  return (
    <Modal
      opened={session === null}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      title="Your session has ended"
    >
      <Stack>
        <Text>Sign in again to go on. What you typed is still here; nothing of it was saved.</Text>
        <SignInForm
          onDone={async () => {
            await queries.refetchQueries({ queryKey: sessionQuery.queryKey });
            await queries.invalidateQueries();
          }}
        />
      </Stack>
    </Modal>
  );
}
