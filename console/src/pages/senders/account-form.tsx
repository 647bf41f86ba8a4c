import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { changeProviderAccount, type ProviderAccount, type Wire } from '../../api/provider-accounts.ts';
import { ActionForm } from '../../shell/action-form.tsx';
import { SecretsAgain } from '../../shell/secrets-again.tsx';
import { useAction } from '../../shell/use-action.ts';
import { isSamePlace } from '../../words/same-place.ts';
import { type AccountField, fieldsOf } from './account-fields.ts';
import { SecretInput, SettingInput } from './field-inputs.tsx';

/** Changes an account with a provider, by the fields that its wire names. Led to another place, it asks for all of its secrets again. */
export function AccountForm({
  wire,
  account,
  onDone,
}: {
  wire: Wire;
  account: ProviderAccount;
  onDone: () => void;
}) {
  const [name, setName] = useState(account.name);
  const [settings, setSettings] = useState(account.settings);
  const [secrets, setSecrets] = useState<Record<string, string>>({});
  const secretFields = fieldsOf(wire.secrets);
  const isMoved = wire.destination.some((field) => !isSamePlace(account.settings[field], settings[field]));
  const title = name.trim();
  const save = useAction(
    () =>
      changeProviderAccount(account.id, {
        ...{ name: title, settings, secrets: secretsGiven(secretFields, secrets, isMoved) },
      }),
    {
      ...{ inPlace: true, done: `${title} is changed` },
      refresh: [['providerAccounts'], ['simulator']],
      after: onDone,
    },
  );
  return (
    <ActionForm action={save} submit="Save account">
      <TextInput
        label="Name"
        required
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {fieldsOf(wire.settings).map((field) => (
        <SettingInput
          key={field.name}
          field={field}
          value={settings[field.name]}
          onChange={(value) => setSettings((before) => ({ ...before, [field.name]: value }))}
        />
      ))}
      {isMoved && <SecretsAgain>Enter its secrets again.</SecretsAgain>}
      {secretFields.map((field) => (
        <SecretInput
          key={field.name}
          field={field}
          description={secretHint(isMoved, field.isOptional)}
          required={isMoved && !field.isOptional}
          value={secrets[field.name] ?? ''}
          onChange={(value) => setSecrets((before) => ({ ...before, [field.name]: value }))}
        />
      ))}
    </ActionForm>
  );
}

/** The secrets that were entered; for an account that is moved, null for those that are to be left behind. */
function secretsGiven(
  fields: readonly AccountField[],
  entered: Record<string, string>,
  isMoved: boolean,
): Record<string, string | null> {
  const secrets: Record<string, string | null> = {};
  for (const { name, isOptional } of fields) {
    if (entered[name]) secrets[name] = entered[name];
    else if (isMoved && isOptional) secrets[name] = null;
  }
  return secrets;
}

function secretHint(isMoved: boolean, isOptional: boolean): string {
  if (!isMoved) return 'Never shown; empty, it stays as it is';
  return isOptional ? 'Asked for again; empty, there will be none' : 'Asked for again';
}
