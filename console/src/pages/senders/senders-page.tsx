import { Badge, Progress, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { poolsQuery, type Sender, type SenderPool, sendersQuery, setSenderState } from '../../api/senders.ts';
import { ApiDescription } from '../../shell/api-description.tsx';
import { BusyButton } from '../../shell/busy-button.tsx';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { countryName } from '../../words/countries.ts';
import { count } from '../../words/formats.ts';
import { mediumWords } from '../../words/message-statuses.ts';
import { ProviderAccounts } from './provider-accounts.tsx';

const kinds: Record<string, string> = {
  longCode: '10DLC long code',
  shortCode: 'Short code',
  tollFree: 'Toll-free number',
  alphanumeric: 'Name (no replies)',
  whatsApp: 'WhatsApp number',
  email: 'Mailbox',
};

/** The sender's name, with its kind where the name does not say it already. */
function nameAndKind({ name, kind }: Sender): string {
  const words = kinds[kind] ?? kind;
  return name.toLowerCase().includes(words.toLowerCase()) ? name : `${name} · ${words}`;
}

const columns: Column<Sender>[] = [
  {
    header: 'Sender',
    cell: (sender) => (
      <>
        <Text fw={600}>{sender.address}</Text>
        <Text size="sm" c="dimmed">
          {nameAndKind(sender)}
        </Text>
      </>
    ),
  },
  { header: 'Channel', cell: (sender) => `${mediumWords(sender.medium)} · ${sender.purpose}` },
  { header: 'Country', cell: (sender) => countryName(sender.country) },
  { header: 'Pace', cell: (sender) => `${sender.mps} a second`, numeric: true },
  { header: 'Today', cell: (sender) => <UsedToday sender={sender} /> },
  {
    header: 'State',
    cell: (sender) =>
      sender.state === 'active' ? (
        <Badge color="green">Active</Badge>
      ) : (
        <Stack gap={2}>
          <Badge color="red">Stopped</Badge>
          {sender.stoppedReason && <Text size="xs">{sender.stoppedReason}</Text>}
        </Stack>
      ),
  },
  { header: 'Actions', cell: (sender) => <StopOrStart sender={sender} /> },
];

function StopOrStart({ sender }: { sender: Sender }) {
  const isActive = sender.state === 'active';
  const change = useAction(() => setSenderState(sender.id, isActive ? 'stopped' : 'active'), {
    done: isActive ? `${sender.name} is stopped` : `${sender.name} sends again`,
    refresh: [['senders']],
  });
  return (
    <BusyButton
      size="xs"
      variant="default"
      aria-label={`${isActive ? 'Stop' : 'Start'} ${sender.name}`}
      busy={change.isBusy}
      onClick={() => change.act()}
    >
      {isActive ? 'Stop' : 'Start'}
    </BusyButton>
  );
}

function UsedToday({ sender }: { sender: Sender }) {
  if (sender.dailyCap === null) return `${count(sender.usedToday)}, no daily cap`;
  return (
    <Stack gap={4} miw={130}>
      <Text size="sm">
        {count(sender.usedToday)} of {count(sender.dailyCap)}
      </Text>
      <Progress
        size="sm"
        value={(100 * sender.usedToday) / sender.dailyCap}
        aria-label={`Used today by ${sender.name}`}
      />
    </Stack>
  );
}

/** What messages come from, how fast each may send, and how much of its day is used. */
export function SendersPage() {
  const senders = useQuery({ ...sendersQuery, refetchInterval: 5_000 });
  const pools = useQuery(poolsQuery);
  return (
    <Page
      title="Senders"
      about="Numbers, names and mailboxes that messages come from. Promotional and transactional ones are never mixed. A pace counts segments; so does a daily cap."
    >
      <Loaded query={senders}>
        {(data) => (
          <DataTable
            caption="Senders"
            columns={columns}
            rows={data}
            rowKey={(sender) => sender.id}
            empty={
              <>
                No sender yet: the call that adds one is in <ApiDescription />.
              </>
            }
          />
        )}
      </Loaded>
      <Title order={2}>Pools</Title>
      <Loaded query={pools}>{(data) => <Pools pools={data} senders={senders.data ?? []} />}</Loaded>
      <ProviderAccounts />
    </Page>
  );
}

function Pools({ pools, senders }: { pools: SenderPool[]; senders: Sender[] }) {
  return (
    <DataTable
      caption="Sender pools"
      columns={[
        { header: 'Pool', cell: (pool) => <Text fw={600}>{pool.name}</Text> },
        { header: 'Channel', cell: (pool) => `${mediumWords(pool.medium)} · ${pool.purpose}` },
        {
          header: 'Senders',
          cell: (pool) =>
            pool.senderIds
              .map((id) => senders.find((sender) => sender.id === id)?.address ?? `sender ${id}`)
              .join(', '),
        },
      ]}
      rows={pools}
      rowKey={(pool) => pool.id}
      empty="No pool. A pool holds several senders; each person keeps to the one they know."
    />
  );
}
