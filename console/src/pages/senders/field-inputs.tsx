import { PasswordInput, Switch, TextInput } from '@mantine/core';
import type { ProviderAccount } from '../../api/provider-accounts.ts';
import type { AccountField } from './account-fields.ts';

type Value = ProviderAccount['settings'][string];

/** A setting of a provider account. */
export function SettingInput({
  field,
  value,
  onChange,
}: {
  field: AccountField;
  value: Value | undefined;
  onChange: (value: Value) => void;
}) {
  const { label, kind, where } = field;
  if (kind === 'switch')
    return (
      <Switch
        label={label}
        description={where}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  return (
    <TextInput
      label={label}
      description={where}
      required={!field.isOptional}
      autoComplete="off"
      inputMode={kind === 'number' ? 'numeric' : 'text'}
      value={String(value ?? '')}
      onChange={(event) => {
        const written = event.currentTarget.value;
        onChange(kind === 'number' && /^\d+$/.test(written) ? Number(written) : written);
      }}
    />
  );
}

/** A secret of a provider account: never shown again once it is kept. */
export function SecretInput({
  field,
  description,
  required,
  value,
  onChange,
}: {
  field: AccountField;
  description: string | undefined;
  required: boolean;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <PasswordInput
      label={field.label}
      description={description}
      required={required}
      autoComplete="new-password"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
