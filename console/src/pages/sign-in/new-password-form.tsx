import { PasswordInput, Stack } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import { signIn } from '../../api/session.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';

/** What the server takes at the least. */
const shortestPassword = 12;

/** Properties of a required text field by the name of its value. */
type Field<Name> = (name: Name) => {
  name: Name;
  required: true;
  value: string;
  onChange: (event: { currentTarget: { value: string } }) => void;
};

/** A form that sets a password, against a key of the project, and signs in with it. Its other fields come from `children`. */
export function NewPasswordForm<Values extends { email: string; password: string }>({
  blank,
  save,
  passwordLabel,
  submitLabel,
  onDone,
  children,
}: {
  blank: Values;
  save: (values: Values) => Promise<unknown>;
  passwordLabel: string;
  submitLabel: string;
  onDone: () => Promise<void>;
  children: (field: Field<keyof Values & string>) => ReactNode;
}) {
  const [values, setValues] = useState(blank);
  const [tried, setTried] = useState(false);
  const password = useRef<HTMLInputElement>(null);
  const saving = useAction(
    async () => {
      await save(values);
      await signIn(values.email, values.password);
    },
    { ...{ once: true, inPlace: true }, after: () => void onDone() },
  );
  const tooShort = values.password.length < shortestPassword;
  const field: Field<keyof Values & string> = (name) => ({
    name,
    required: true,
    value: String(values[name]),
    onChange: (event) => {
      const { value } = event.currentTarget;
      setValues((before) => ({ ...before, [name]: value }));
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (tooShort) password.current?.focus();
        else saving.act();
      }}
    >
      <Stack>
        {saving.error && <Problem error={saving.error} />}
        {children(field)}
        <PasswordInput
          ref={password}
          label={passwordLabel}
          aria-invalid={tried && tooShort}
          description={`At least ${shortestPassword} characters`}
          autoComplete="new-password"
          error={tried && tooShort ? `Give at least ${shortestPassword} characters` : undefined}
          {...field('password')}
        />
        <BusyButton type="submit" size="md" busy={saving.isBusy}>
          {submitLabel}
        </BusyButton>
      </Stack>
    </form>
  );
}
