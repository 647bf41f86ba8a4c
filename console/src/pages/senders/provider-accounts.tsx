import { Badge, Button, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import {
  changeProviderAccount,
  type ProviderAccount,
  providerAccountsQuery,
} from '../../api/provider-accounts.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { placeWords, wireWords } from './account-fields.ts';
import { AccountForm } from './account-form.tsx';

const columns: Column<ProviderAccount>[] = [
  {
    header: 'Account',
    cell: (account) => (
      <>
        <Text fw={600}>{account.name}</Text>
        <Text size="sm" c="dimmed">
          {wireWords[account.wire]}
        </Text>
      </>
    ),
  },
  {
    header: 'Leads to',
    cell: (account) => (
      <span className="anywhere">
        {placeWords(account)}
        {account.simulated && ' · simulator'}
      </span>
    ),
  },
  {
    header: 'State',
    cell: ({ stoppedReason }) =>
      stoppedReason === null ? (
        <Badge color="green">Active</Badge>
      ) : (
        <Stack gap={2}>
          <Badge color="red">Stopped</Badge>
          <Text size="xs" className="anywhere">
            {stoppedReason}
          </Text>
        </Stack>
      ),
  },
  {
    header: 'Actions',
    cell: (account) => (
      <Group gap="xs">
        <Change account={account} />
        {account.stoppedReason !== null && <Start account={account} />}
      </Group>
    ),
  },
];

function Change({ account }: { account: ProviderAccount }) {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button size="xs" variant="default" aria-label={`Change ${account.name}`} onClick={open}>
        Change
      </Button>
      <Modal opened={opened} onClose={close} title={`Change ${account.name}`}>
        <AccountForm account={account} onDone={close} />
      </Modal>
    </>
  );
}

function Start({ account }: { account: ProviderAccount }) {
  const start = useAction(() => changeProviderAccount(account.id, { stoppedReason: null }), {
    done: `${account.name} sends again`,
    refresh: [['providerAccounts'], ['senders']],
  });
  return (
    <BusyButton
      size="xs"
      variant="default"
      aria-label={`Start ${account.name}`}
      busy={start.isBusy}
      onClick={() => start.act()}
    >
      Start
    </BusyButton>
  );
}

/** The project's accounts with providers, and where each leads. */
export function ProviderAccounts() {
  const accounts = useQuery(providerAccountsQuery);
  return (
    <>
      <Title order={2}>Provider accounts</Title>
      <Loaded query={accounts}>
        {(data) => (
          <DataTable
            caption="Provider accounts"
            columns={columns}
            rows={data}
            rowKey={(account) => account.id}
            empty="No account yet: add one by POST /api/providerAccounts."
          />
        )}
      </Loaded>
    </>
  );
}
