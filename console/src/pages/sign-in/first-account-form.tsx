import { PasswordInput, Stack, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { makeFirstAccount, signIn } from '../../api/session.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { shortestPassword, tooShortWords } from './new-account-fields.ts';

/** The first account of a project: against one of its server-side keys. */
export function FirstAccountForm({ onDone }: { onDone: () => Promise<void> }) {
  const [account, setAccount] = useState({ key: '', name: '', brand: '', email: '', password: '' });
  const [tried, setTried] = useState(false);
  const password = useRef<HTMLInputElement>(null);
  const making = useAction(
    async () => {
      await makeFirstAccount(account);
      await signIn(account.email, account.password);
    },
    { ...{ once: true, inPlace: true }, after: () => void onDone() },
  );
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
        if (tooShort) password.current?.focus();
        else making.act();
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
        <TextInput
          label="Your brand"
          description="The name people know you by; it stands in the answer to STOP and HELP"
          autoComplete="organization"
          maxLength={100}
          {...field('brand')}
        />
        <TextInput label="Your name" autoComplete="name" {...field('name')} />
        <TextInput label="Email" type="email" autoComplete="username" {...field('email')} />
        <PasswordInput
          ref={password}
          label="Password"
          aria-invalid={tried && tooShort}
          description={`At least ${shortestPassword} characters`}
          autoComplete="new-password"
          error={tried && tooShort ? tooShortWords : undefined}
          {...field('password')}
        />
        <BusyButton type="submit" size="md" busy={making.isBusy}>
          Make account and sign in
        </BusyButton>
      </Stack>
    </form>
  );
}
