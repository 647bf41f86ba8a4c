import { Group, PasswordInput, Stack, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import {
  addProviderAccount,
  changeProviderAccount,
  type ProviderAccount,
  type Wire,
} from '../../api/provider-accounts.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Problem } from '../../shell/problem.tsx';
import { SecretsAgain } from '../../shell/secrets-again.tsx';
import { useAction } from '../../shell/use-action.ts';
import { isSamePlace } from '../../words/same-place.ts';
import { type AccountField, fieldsOf } from './account-fields.ts';

/**
 * Adds an account with a provider, or changes one, by the fields that its wire names. Led to another place, it asks for
 * all of its secrets again.
 */
export function AccountForm({
  wire,
  account,
  onDone,
}: {
  wire: Wire;
  account: ProviderAccount | null;
  onDone: () => void;
}) {
  const [name, setName] = useState(account?.name ?? wire.title);
  const [settings, setSettings] = useState(account?.settings ?? emptySettings(wire));
  const [secrets, setSecrets] = useState<Record<string, string>>({});
  const fields = fieldsOf(wire.settings);
  const secretFields = fieldsOf(wire.secrets);
  const isMoved =
    account !== null &&
    wire.destination.some((field) => !isSamePlace(account.settings[field], settings[field]));
  const isNew = account === null;
  const title = name.trim();
  const save = useAction(
    () =>
      isNew
        ? addProviderAccount({
            ...{ name: title, wire: wire.name, settings: given(settings), secrets: given(secrets) },
          })
        : changeProviderAccount(account.id, {
            ...{ name: title, settings, secrets: secretsGiven(secretFields, secrets, isMoved) },
          }),
    {
      ...{ inPlace: true, done: `${title} is ${isNew ? 'added' : 'changed'}` },
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
              required={!field.isOptional}
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
        {secretFields.map((field) => (
          <PasswordInput
            key={field.name}
            label={field.label}
            description={isNew ? 'Kept encrypted, and never shown' : secretHint(isMoved, field.isOptional)}
            required={(isNew || isMoved) && !field.isOptional}
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
            {isNew ? 'Add account' : 'Save account'}
          </BusyButton>
        </Group>
      </Stack>
    </form>
  );
}

/** What a new account starts with: nothing, and every switch off. */
function emptySettings(wire: Wire): ProviderAccount['settings'] {
  const switches = fieldsOf(wire.settings).filter(({ kind }) => kind === 'switch');
  return Object.fromEntries(switches.map(({ name }) => [name, false]));
}

/** What was filled in. */
function given<Value>(entered: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(entered).filter(([, value]) => value !== ''));
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
