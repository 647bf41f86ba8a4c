import { PasswordInput, TextInput } from '@mantine/core';
import { makeFirstAccount } from '../../api/session.ts';
import { NewPasswordForm } from './new-password-form.tsx';

/** The first account of a project: against one of its server-side keys. */
export function FirstAccountForm({ onDone }: { onDone: () => Promise<void> }) {
  return (
    <NewPasswordForm
      blank={{ key: '', name: '', brand: '', email: '', password: '' }}
      save={makeFirstAccount}
      passwordLabel="Password"
      submitLabel="Make account and sign in"
      onDone={onDone}
    >
      {(field) => (
        <>
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
        </>
      )}
    </NewPasswordForm>
  );
}
