import { Badge, Button, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import {
  changeProviderAccount,
  type ProviderAccount,
  providerAccountsQuery,
  type Wire,
  wiresQuery,
} from '../../api/provider-accounts.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { TextLink } from '../../shell/router-link.tsx';
import { useAction } from '../../shell/use-action.ts';
import { placeWords, wireWords } from './account-fields.ts';
import { AccountForm } from './account-form.tsx';

const columnsOf = (wireOf: (account: ProviderAccount) => Wire | undefined): Column<ProviderAccount>[] => [
  {
    header: 'Account',
    cell: (account) => (
      <>
        <TextLink fw={600} to="/senders/accounts/$id" params={{ id: String(account.id) }}>
          {account.name}
        </TextLink>
        <Text size="sm" c="dimmed">
          {wordsOf(wireOf(account)) ?? account.wire}
        </Text>
      </>
    ),
  },
  {
    header: 'Leads to',
    cell: (account) => (
      <span className="anywhere">
        {placeWords(account, wireOf(account))}
        {account.simulated && ' · simulator'}
      </span>
    ),
  },
  {
    header: 'State',
    cell: ({ stoppedReason, fault }) => {
      const reason = stoppedReason ?? fault;
      return reason === null ? (
        <Badge color="green">Active</Badge>
      ) : (
        <Stack gap={2}>
          <Badge color="red">{stoppedReason === null ? 'Cannot be used' : 'Stopped'}</Badge>
          <Text size="xs" className="anywhere">
            {reason}
          </Text>
        </Stack>
      );
    },
  },
  {
    header: 'Actions',
    cell: (account) => (
      <Group gap="xs">
        <Change account={account} wire={wireOf(account)} />
        {account.stoppedReason !== null && <Start account={account} />}
      </Group>
    ),
  },
];

const wordsOf = (wire: Wire | undefined) => wire && wireWords(wire);

/** An account of a wire that is not here cannot be changed: what it is made of is not known. */
function Change({ account, wire }: { account: ProviderAccount; wire: Wire | undefined }) {
  const [opened, { open, close }] = useDisclosure();
  if (!wire) return null;
  return (
    <>
      <Button size="xs" variant="default" aria-label={`Change ${account.name}`} onClick={open}>
        Change
      </Button>
      <Modal opened={opened} onClose={close} title={`Change ${account.name}`}>
        <AccountForm wire={wire} account={account} onDone={close} />
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
  const wires = useQuery(wiresQuery);
  return (
    <>
      <Title order={2}>Provider accounts</Title>
      <Loaded query={wires}>
        {(known) => (
          <Loaded query={accounts}>
            {(data) => (
              <DataTable
                caption="Provider accounts"
                columns={columnsOf((account) => known.find(({ name }) => name === account.wire))}
                rows={data}
                rowKey={(account) => account.id}
                empty="No account yet. Connect one to send by your own provider."
              />
            )}
          </Loaded>
        )}
      </Loaded>
    </>
  );
}
