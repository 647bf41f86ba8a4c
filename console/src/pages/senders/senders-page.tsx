import { Badge, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { providerAccountsQuery, wiresQuery } from '../../api/provider-accounts.ts';
import { poolsQuery, type Sender, sendersQuery } from '../../api/senders.ts';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { LinkButton, TextLink } from '../../shell/router-link.tsx';
import { countryName } from '../../words/countries.ts';
import { count } from '../../words/formats.ts';
import { mediumWords } from '../../words/message-statuses.ts';
import { kindWords } from '../../words/sender-kinds.ts';
import { DueCard } from './due-card.tsx';
import { Pools } from './pools.tsx';
import { ProviderAccounts } from './provider-accounts.tsx';
import { StopOrStart } from './stop-or-start.tsx';

/** The sender's name, with its kind where the name does not say it already. */
function nameAndKind({ name, kind }: Sender): string {
  const words = kindWords(kind);
  return name.toLowerCase().includes(words.toLowerCase()) ? name : `${name} · ${words}`;
}

const columns: Column<Sender>[] = [
  {
    header: 'Sender',
    cell: (sender) => (
      <>
        <TextLink fw={600} to="/senders/$id" params={{ id: String(sender.id) }}>
          {sender.address}
        </TextLink>
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
  {
    header: 'Actions',
    cell: (sender) => <StopOrStart sender={sender} size="xs" />,
  },
];

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

/** What messages come from, how fast each may send, how much of its day is used, and what is due. */
export function SendersPage() {
  const senders = useQuery({ ...sendersQuery, refetchInterval: 5_000 });
  const pools = useQuery(poolsQuery);
  return (
    <Page
      title="Senders"
      about="Numbers, names and mailboxes that messages come from. Promotional and transactional ones are never mixed. A pace counts segments; so does a daily cap."
      actions={<LinkButton to="/senders/connect">Connect an account</LinkButton>}
    >
      <Due senders={senders.data} />
      <Loaded query={senders}>
        {(data) => (
          <DataTable
            caption="Senders"
            columns={columns}
            rows={data}
            rowKey={(sender) => sender.id}
            empty="No sender yet: connect an account with a provider, and choose among its numbers."
          />
        )}
      </Loaded>
      <Loaded query={pools}>{(data) => <Pools pools={data} senders={senders.data ?? []} />}</Loaded>
      <ProviderAccounts />
    </Page>
  );
}

/** Nothing until it is known what there is. */
function Due({ senders }: { senders: Sender[] | undefined }) {
  const { data: accounts } = useQuery(providerAccountsQuery);
  const { data: wires } = useQuery(wiresQuery);
  if (!senders || !accounts || !wires || accounts.length === 0) return null;
  const isChecked = new Set(wires.filter((wire) => wire.isChecked).map(({ name }) => name));
  return (
    <DueCard
      accounts={accounts}
      senders={senders}
      checked={accounts.filter(({ wire, stoppedReason }) => isChecked.has(wire) && stoppedReason === null)}
    />
  );
}
