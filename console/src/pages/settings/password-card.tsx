import { Card, PasswordInput, SimpleGrid, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import { changePassword } from '../../api/session.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';

/** Changes one's own password; every other session ends. */
export function PasswordCard() {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useAction(() => changePassword(current, next), {
    inPlace: true,
    done: 'Your password is changed; other devices are signed out',
    after: () => {
      setCurrent('');
      setNext('');
    },
  });
  return (
    <Card component="section" aria-labelledby="password">
      <Title order={2} id="password" mb="md">
        Your password
      </Title>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          change.act();
        }}
      >
        <Stack>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <PasswordInput
              label="Present password"
              required
              autoComplete="current-password"
              value={current}
              onChange={(event) => setCurrent(event.currentTarget.value)}
            />
            <PasswordInput
              label="New password"
              required
              minLength={12}
              autoComplete="new-password"
              value={next}
              onChange={(event) => setNext(event.currentTarget.value)}
            />
          </SimpleGrid>
          {change.error && <Problem error={change.error} />}
          <BusyButton type="submit" w="fit-content" busy={change.isBusy}>
            Change password
          </BusyButton>
        </Stack>
      </form>
    </Card>
  );
}
