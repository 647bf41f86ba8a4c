import {
  Alert,
  Badge,
  Button,
  Card,
  CopyButton,
  Group,
  Select,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type ApiKey, keysQuery, makeKey, revokeKey } from '../../api/project.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { ConfirmButton } from '../../shell/confirm-button.tsx';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { focusPageTitle } from '../../shell/page.tsx';
import { Loaded, Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { ago, day } from '../../words/formats.ts';

const columns: Column<ApiKey>[] = [
  {
    header: 'Key',
    cell: (key) => (
      <>
        <Text fw={600}>{key.name}</Text>
        <span className="code">{key.prefix}…</span>
      </>
    ),
  },
  {
    header: 'May',
    cell: (key) => <Badge color={key.kind === 'server' ? 'dusk' : 'gray'}>{kindWords[key.kind]}</Badge>,
  },
  { header: 'Made', cell: (key) => day(key.createdAt) },
  { header: 'Last used', cell: (key) => (key.lastUsedAt ? ago(key.lastUsedAt) : 'never') },
  { header: 'Actions', cell: (key) => <Revoke apiKey={key} /> },
];

const kindWords = { server: 'Everything', readOnly: 'Only read' };

function Revoke({ apiKey }: { apiKey: ApiKey }) {
  const revoke = useAction(() => revokeKey(apiKey.id), {
    done: 'The key is revoked',
    refresh: [['keys']],
    after: focusPageTitle,
  });
  return (
    <ConfirmButton
      label="Revoke"
      aria-label={`Revoke key ${apiKey.name}`}
      size="xs"
      variant="default"
      question={`Revoke “${apiKey.name}”?`}
      confirm="Revoke it"
      danger
      busy={revoke.isBusy}
      onConfirm={() => revoke.act()}
    >
      Programs that use it stop working within five seconds. It cannot be brought back.
    </ConfirmButton>
  );
}

/** The project's API keys. */
export function KeysCard() {
  const keys = useQuery(keysQuery);
  return (
    <Stack component="section" aria-labelledby="keys" gap="sm">
      <Title order={2} id="keys">
        API keys
      </Title>
      <Loaded query={keys}>
        {(data) => (
          <DataTable
            caption="API keys"
            columns={columns}
            rows={data}
            rowKey={(key) => key.id}
            empty="No key."
          />
        )}
      </Loaded>
      <Card>
        <NewKey />
      </Card>
    </Stack>
  );
}

function NewKey() {
  const [name, setName] = useState('');
  const [kind, setKind] = useState<ApiKey['kind']>('server');
  const [made, setMade] = useState('');
  const make = useAction(() => makeKey({ name: name.trim(), kind }), {
    inPlace: true,
    refresh: [['keys']],
    after: ({ key }) => {
      setMade(key);
      setName('');
    },
  });
  return (
    <Stack>
      {made && (
        <Alert color="green" title="This is the only time the key is shown" role="status">
          <Group gap="sm">
            <span className="code">{made}</span>
            <CopyButton value={made}>
              {({ copied, copy }) => (
                <Button size="xs" variant="default" onClick={copy}>
                  {copied ? 'Copied' : 'Copy'}
                </Button>
              )}
            </CopyButton>
          </Group>
        </Alert>
      )}
      {make.error && <Problem error={make.error} />}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          make.act();
        }}
      >
        <Group align="flex-end">
          <TextInput
            label="Name of a new key"
            required
            flex="1 1 200px"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            label="It may"
            data={[
              { value: 'server', label: 'do everything' },
              { value: 'readOnly', label: 'only read' },
            ]}
            allowDeselect={false}
            value={kind}
            onChange={(value) => setKind(value === 'readOnly' ? 'readOnly' : 'server')}
          />
          <BusyButton type="submit" busy={make.isBusy}>
            Make key
          </BusyButton>
        </Group>
      </form>
    </Stack>
  );
}
