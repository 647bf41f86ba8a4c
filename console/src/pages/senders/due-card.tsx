import { Alert, Card, Group, Loader, Text, Title } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { accountCheckQuery, type Finding, type ProviderAccount } from '../../api/provider-accounts.ts';
import type { Sender } from '../../api/senders.ts';
import { TextLink } from '../../shell/router-link.tsx';
import { refusalWords } from '../../words/refusal-words.ts';
import { FindingList } from './finding-list.tsx';

/** What stands in the way of sending, or will: stopped senders and accounts, and what providers say of those that go on. */
export function DueCard({
  accounts,
  senders,
  checked,
}: {
  accounts: readonly ProviderAccount[];
  senders: readonly Sender[];
  /** The accounts that are looked at with their providers. */
  checked: readonly ProviderAccount[];
}) {
  const checks = useQueries({ queries: checked.map(({ id }) => accountCheckQuery(id)) });
  const waiting = checks.some(({ isPending }) => isPending);
  const due = [
    ...accounts.flatMap(ofAccount),
    ...senders.flatMap(ofSender),
    ...checks.flatMap(({ data, error }, place) => {
      const account = checked[place];
      if (!account) return [];
      const findings = error ? [notLookedAt(error)] : (data?.findings ?? []);
      return findings
        .filter(({ state }) => state !== 'ok')
        .map((finding) => ({ finding, account, sender: senderAt(finding, account, senders) }));
    }),
  ].sort((one, other) => rank(one.finding) - rank(other.finding));
  return (
    <Card component="section" aria-labelledby="due">
      <Group justify="space-between" mb="sm">
        <Title order={2} id="due">
          What is due
        </Title>
        {waiting && <Loader size="sm" type="dots" role="status" aria-label="Asking your providers" />}
      </Group>
      {due.length > 0 && (
        <FindingList
          label="What is due"
          findings={due.map(({ finding }) => finding)}
          action={(finding) => <Where due={due.find((each) => each.finding === finding)} />}
        />
      )}
      {due.length === 0 && !waiting && (
        <Alert color="green" title="Nothing">
          All accounts and senders are as they should be, as far as their providers tell.
        </Alert>
      )}
      {due.length === 0 && waiting && (
        <Text size="sm" c="dimmed">
          Your providers are being asked.
        </Text>
      )}
    </Card>
  );
}

interface Due {
  finding: Finding;
  account?: ProviderAccount;
  sender?: Sender | undefined;
}

/** The sender that something was found of, where it is mended on the sender's page: webhooks are the account's. */
function senderAt(
  { about, mendedBy }: Finding,
  { id }: ProviderAccount,
  senders: readonly Sender[],
): Sender | undefined {
  return mendedBy === null
    ? senders.find(({ address, providerAccountId }) => address === about && providerAccountId === id)
    : undefined;
}

const rank = ({ state }: Finding) => (state === 'fault' ? 0 : 1);

const faultOf = (about: string, found: string, remedy: string): Finding => ({
  ...{ about, state: 'fault', found, remedy, mendedBy: null },
});

function ofAccount(account: ProviderAccount): Due[] {
  const { name, stoppedReason } = account;
  if (stoppedReason === null) return [];
  return [
    {
      account,
      finding: faultOf(
        name,
        `The account is stopped, and what is to go by it waits: ${stoppedReason}`,
        'Mend the cause with the provider, then press “Start” beside the account.',
      ),
    },
  ];
}

function ofSender(sender: Sender): Due[] {
  const { name, address, state, stoppedReason } = sender;
  if (state === 'active') return [];
  return [
    {
      sender,
      finding: faultOf(
        name === address ? address : `${name}, ${address}`,
        `The sender is stopped, and what is to go from it waits: ${stoppedReason ?? 'no reason is given'}`,
        'When the cause is mended, press “Start” beside it.',
      ),
    },
  ];
}

const notLookedAt = (error: Error): Finding => ({
  ...{ about: 'Account', state: 'notice', found: refusalWords(error).replace(/\.$/, ''), remedy: null },
  mendedBy: null,
});

/** Where it is mended. */
function Where({ due }: { due: Due | undefined }) {
  if (due?.sender)
    return (
      <Text size="sm">
        <TextLink to="/senders/$id" params={{ id: String(due.sender.id) }}>
          {due.sender.name}
        </TextLink>
      </Text>
    );
  if (!due?.account) return null;
  return (
    <Text size="sm">
      <TextLink to="/senders/accounts/$id" params={{ id: String(due.account.id) }}>
        {due.account.name}
      </TextLink>
    </Text>
  );
}
