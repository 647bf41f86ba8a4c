import { PasswordInput, TextInput } from '@mantine/core';
import { resetPassword } from '../../api/session.ts';
import { NewPasswordForm } from './new-password-form.tsx';

/** Sets a forgotten password against a key of the project, and signs in with it. */
export function ResetPasswordForm({ onDone }: { onDone: () => Promise<void> }) {
  return (
    <NewPasswordForm
      blank={{ key: '', email: '', password: '' }}
      save={resetPassword}
      passwordLabel="New password"
      submitLabel="Set password and sign in"
      onDone={onDone}
    >
      {(field) => (
        <>
          <TextInput label="Email" type="email" autoComplete="username" {...field('email')} />
          <PasswordInput
            label="API key"
            description="A server-side key of your project"
            autoComplete="off"
            {...field('key')}
          />
        </>
      )}
    </NewPasswordForm>
  );
}
