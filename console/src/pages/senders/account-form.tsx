import { Group, PasswordInput, Stack, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { changeProviderAccount, type ProviderAccount } from '../../api/provider-accounts.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Problem } from '../../shell/problem.tsx';
import { SecretsAgain } from '../../shell/secrets-again.tsx';
import { useAction } from '../../shell/use-action.ts';
import { isSamePlace } from '../../words/same-place.ts';
import { secretFields, settingFields } from './account-fields.ts';

/** Changes a provider account. Led to another place, it asks for all of its secrets again. */
export function AccountForm({ account, onDone }: { account: ProviderAccount; onDone: () => void }) {
  const [name, setName] = useState(account.name);
  const [settings, setSettings] = useState(account.settings);
  const [secrets, setSecrets] = useState<Record<string, string>>({});
  const fields = settingFields[account.wire];
  const isMoved = fields.some(
    (field) => field.leads && !isSamePlace(account.settings[field.name], settings[field.name]),
  );
  const save = useAction(
    () =>
      changeProviderAccount(account.id, {
        name: name.trim(),
        settings,
        secrets: secretsGiven(account.wire, secrets, isMoved),
      }),
    {
      ...{ inPlace: true, done: `${name.trim()} is changed` },
      refresh: [['providerAccounts'], ['simulator']],
      after: onDone,
    },
  );
  const set = (field: string, value: string | number | boolean) =>
    setSettings((before) => ({ ...before, [field]: value }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.act();
      }}
    >
      <Stack>
        <TextInput
          label="Name"
          required
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {fields.map((field) =>
          field.kind === 'switch' ? (
            <Switch
              key={field.name}
              label={field.label}
              checked={settings[field.name] === true}
              onChange={(event) => set(field.name, event.currentTarget.checked)}
            />
          ) : (
            <TextInput
              key={field.name}
              label={field.label}
              required={!field.optional}
              autoComplete="off"
              inputMode={field.kind === 'number' ? 'numeric' : 'text'}
              value={String(settings[field.name] ?? '')}
              onChange={(event) => {
                const { value } = event.currentTarget;
                set(field.name, field.kind === 'number' && /^\d+$/.test(value) ? Number(value) : value);
              }}
            />
          ),
        )}
        {isMoved && <SecretsAgain>Enter its secrets again.</SecretsAgain>}
        {secretFields[account.wire].map((field) => (
          <PasswordInput
            key={field.name}
            label={field.label}
            description={secretHint(isMoved, field.optional === true)}
            required={isMoved && !field.optional}
            autoComplete="new-password"
            value={secrets[field.name] ?? ''}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setSecrets((before) => ({ ...before, [field.name]: value }));
            }}
          />
        ))}
        {save.error && <Problem error={save.error} />}
        <Group justify="flex-end">
          <BusyButton type="submit" busy={save.isBusy}>
            Save account
          </BusyButton>
        </Group>
      </Stack>
    </form>
  );
}

/** The secrets that were entered; for an account that is moved, null for those that are to be left behind. */
function secretsGiven(
  wire: ProviderAccount['wire'],
  entered: Record<string, string>,
  isMoved: boolean,
): Record<string, string | null> {
  const given: Record<string, string | null> = {};
  for (const { name, optional } of secretFields[wire]) {
    if (entered[name]) given[name] = entered[name];
    else if (isMoved && optional) given[name] = null;
  }
  return given;
}

function secretHint(isMoved: boolean, isOptional: boolean): string {
  if (!isMoved) return 'Never shown; empty, it stays as it is';
  return isOptional ? 'Asked for again; empty, there will be none' : 'Asked for again';
}
