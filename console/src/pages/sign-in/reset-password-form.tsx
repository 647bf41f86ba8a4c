import { PasswordInput, Stack, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { resetPassword, signIn } from '../../api/session.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { shortestPassword, tooShortWords } from './new-account-fields.ts';

/** Sets a forgotten password against a key of the project, and signs in with it. */
export function ResetPasswordForm({ onDone }: { onDone: () => Promise<void> }) {
  const [reset, setReset] = useState({ key: '', email: '', password: '' });
  const [tried, setTried] = useState(false);
  const password = useRef<HTMLInputElement>(null);
  const setting = useAction(
    async () => {
      await resetPassword(reset);
      await signIn(reset.email, reset.password);
    },
    { ...{ once: true, inPlace: true }, after: () => void onDone() },
  );
  const tooShort = reset.password.length < shortestPassword;
  const field = (name: keyof typeof reset) => ({
    name,
    required: true,
    value: reset[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setReset((before) => ({ ...before, [name]: value }));
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (tooShort) password.current?.focus();
        else setting.act();
      }}
    >
      <Stack>
        {setting.error && <Problem error={setting.error} />}
        <TextInput label="Email" type="email" autoComplete="username" {...field('email')} />
        <PasswordInput
          label="API key"
          description="A server-side key of your project"
          autoComplete="off"
          {...field('key')}
        />
        <PasswordInput
          ref={password}
          label="New password"
          aria-invalid={tried && tooShort}
          description={`At least ${shortestPassword} characters`}
          autoComplete="new-password"
          error={tried && tooShort ? tooShortWords : undefined}
          {...field('password')}
        />
        <BusyButton type="submit" size="md" busy={setting.isBusy}>
          Set password and sign in
        </BusyButton>
      </Stack>
    </form>
  );
}
