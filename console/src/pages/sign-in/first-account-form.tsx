import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { makeFirstAccount, signIn } from '../../api/session.ts';
import { Problem } from '../../shell/problem.tsx';

const shortestPassword = 12;

/** The first account of a project: against one of its server-side keys. */
export function FirstAccountForm({ onDone }: { onDone: () => Promise<void> }) {
  const [account, setAccount] = useState({ key: '', name: '', email: '', password: '' });
  const [tried, setTried] = useState(false);
  const making = useMutation({
    mutationFn: async () => {
      await makeFirstAccount(account);
      await signIn(account.email, account.password);
    },
    onSuccess: onDone,
  });
  const tooShort = account.password.length < shortestPassword;
  const field = (name: keyof typeof account) => ({
    name,
    required: true,
    value: account[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setAccount((before) => ({ ...before, [name]: value }));
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!tooShort) making.mutate();
      }}
    >
      <Stack>
        {making.error && <Problem error={making.error} />}
        <PasswordInput
          label="API key"
          description="The server-side key of your project"
          autoComplete="off"
          {...field('key')}
        />
        <TextInput label="Your name" autoComplete="name" {...field('name')} />
        <TextInput label="Email" type="email" autoComplete="username" {...field('email')} />
        <PasswordInput
          label="Password"
          description={`At least ${shortestPassword} characters`}
          autoComplete="new-password"
          error={tried && tooShort ? `Give at least ${shortestPassword} characters` : undefined}
          {...field('password')}
        />
        <Button type="submit" size="md" loading={making.isPending}>
          Make account and sign in
        </Button>
      </Stack>
    </form>
  );
}
