import { PasswordInput, TextInput } from '@mantine/core';
import { makeFirstAccount } from '../../api/session.ts';
import { NewPasswordForm } from './new-password-form.tsx';

/** The first account of a project: against one of its server-side keys. */
export function FirstAccountForm({ onDone }: { onDone: () => Promise<void> }) {
  return (
    <NewPasswordForm
      blank={{ key: '', name: '', brand: '', helpContact: '', email: '', password: '' }}
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
            description="The name your customers know you by; the answers to STOP and HELP begin with it"
            autoComplete="organization"
            maxLength={100}
            {...field('brand')}
          />
          <TextInput
            label="Help contact"
            description="An email address, number or page that the answers to STOP and HELP name; can be set later"
            maxLength={200}
            {...field('helpContact')}
            required={false}
          />
          <TextInput label="Your name" autoComplete="name" {...field('name')} />
          <TextInput label="Email" type="email" autoComplete="username" {...field('email')} />
        </>
      )}
    </NewPasswordForm>
  );
}
