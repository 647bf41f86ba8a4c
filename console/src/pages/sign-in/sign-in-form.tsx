import { PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { signIn } from '../../api/session.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';

/** Email and password. */
export function SignInForm({ onDone }: { onDone: () => Promise<void> }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const entering = useAction(() => signIn(email, password), {
    ...{ once: true, inPlace: true },
    after: () => void onDone(),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        entering.act();
      }}
    >
      <Stack>
        {entering.error && <Problem error={entering.error} />}
        <TextInput
          label="Email"
          type="email"
          name="email"
          autoComplete="username"
          required
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <BusyButton type="submit" size="md" busy={entering.isBusy}>
          Sign in
        </BusyButton>
      </Stack>
    </form>
  );
}
