import { Alert, Button, Card, Code, CopyButton, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { isMedium } from '../../api/media.ts';
import { projectQuery } from '../../api/project.ts';
import {
  accountCheckQuery,
  accountNumbersQuery,
  type FoundNumber,
  type ProviderAccount,
  providerAccountsQuery,
  setWebhooks,
  type Wire,
  wiresQuery,
} from '../../api/provider-accounts.ts';
import { addSender, type Sender, sendersQuery } from '../../api/senders.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded, Problem } from '../../shell/problem.tsx';
import { LinkButton, TextLink } from '../../shell/router-link.tsx';
import { useAction } from '../../shell/use-action.ts';
import { counted } from '../../words/formats.ts';
import { wireWords } from './account-fields.ts';
import { FindingList } from './finding-list.tsx';
import { SenderChoice } from './sender-choice.tsx';
import { draftsOf, newSenderOf } from './sender-drafts.ts';

/** An account looked over with its provider, its webhooks, and its numbers that may be senders too. */
export function AccountPage() {
  const { id } = useParams({ from: '/shell/senders/accounts/$id' });
  const accounts = useQuery(providerAccountsQuery);
  const wires = useQuery(wiresQuery);
  return (
    <Loaded query={accounts} page="Account">
      {(all) => {
        const account = all.find((each) => String(each.id) === id);
        if (!account) return <NoAccount />;
        return (
          <Loaded query={wires} page="Account">
            {(known) => (
              <AccountRooms account={account} wire={known.find(({ name }) => name === account.wire)} />
            )}
          </Loaded>
        );
      }}
    </Loaded>
  );
}

function NoAccount() {
  return (
    <Page title="No such account" about="It may belong to another project.">
      <LinkButton to="/senders" w="fit-content">
        All senders
      </LinkButton>
    </Page>
  );
}

function AccountRooms({ account, wire }: { account: ProviderAccount; wire: Wire | undefined }) {
  return (
    <Page
      title={account.name}
      about={wire ? wireWords(wire) : account.wire}
      actions={
        <LinkButton to="/senders" variant="default">
          All senders
        </LinkButton>
      }
    >
      {account.stoppedReason !== null && (
        <Alert color="red" title="Stopped">
          {account.stoppedReason}
        </Alert>
      )}
      {wire?.isChecked && <CheckCard account={account} wire={wire} />}
      {wire && <NumbersCard account={account} wire={wire} />}
    </Page>
  );
}

function CheckCard({ account, wire }: { account: ProviderAccount; wire: Wire }) {
  const check = useQuery(accountCheckQuery(account.id));
  const { data: all = [] } = useQuery(sendersQuery);
  const senders = all.filter(({ providerAccountId }) => providerAccountId === account.id);
  const set = useAction(() => setWebhooks(account.id), {
    inPlace: true,
    refresh: [['providerAccounts', account.id, 'check']],
  });
  return (
    <Card component="section" aria-labelledby="standing">
      <Group justify="space-between" mb="sm">
        <Title order={2} id="standing">
          How it stands with {wire.title}
        </Title>
        <BusyButton size="xs" variant="default" busy={check.isFetching} onClick={() => void check.refetch()}>
          Check again
        </BusyButton>
      </Group>
      <Loaded query={check}>
        {({ findings, webhooks }) => (
          <Stack>
            <div role="status">
              <FindingList
                label={`How ${account.name} stands`}
                findings={findings}
                action={({ about }) => <ToSender sender={senders.find(({ address }) => address === about)} />}
              />
            </div>
            {findings.some(({ mendedBy }) => mendedBy === 'webhooks') && (
              <BusyButton w="fit-content" busy={set.isBusy} onClick={() => set.act()}>
                Have {wire.title} call Carillon
              </BusyButton>
            )}
            {set.error && <Problem error={set.error} />}
            {set.answer && !set.isBusy && set.answer.findings.some(({ state }) => state !== 'ok') && (
              <div role="alert">
                <FindingList label="What came of it" findings={set.answer.findings} />
              </div>
            )}
            {webhooks.map(({ where, address }) => (
              <ByHand key={address} where={where} address={address} />
            ))}
          </Stack>
        )}
      </Loaded>
    </Card>
  );
}

function ToSender({ sender }: { sender: Sender | undefined }) {
  if (!sender) return null;
  return (
    <TextLink size="sm" to="/senders/$id" params={{ id: String(sender.id) }}>
      {sender.name}
    </TextLink>
  );
}

function ByHand({ where, address }: { where: string; address: string }) {
  return (
    <div>
      <Text size="sm" fw={600}>
        By hand
      </Text>
      <Text size="sm" c="dimmed" className="anywhere">
        {where}
      </Text>
      <Group gap="xs" mt={4}>
        <Code className="anywhere">{address}</Code>
        <CopyButton value={address}>
          {({ copied, copy }) => (
            <Button size="xs" variant="default" onClick={copy}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </Group>
    </div>
  );
}

function NumbersCard({ account, wire }: { account: ProviderAccount; wire: Wire }) {
  const numbers = useQuery({ ...accountNumbersQuery(account.id), enabled: wire.listsNumbers });
  const project = useQuery(projectQuery);
  return (
    <Card component="section" aria-labelledby="more">
      <Title order={2} id="more" mb="sm">
        More senders
      </Title>
      <Loaded query={project}>
        {({ defaultCountry }) =>
          wire.listsNumbers ? (
            <Loaded query={numbers}>
              {(found) => (
                <AddSenders
                  key={found.map(({ address, senderId }) => `${address}${senderId}`).join()}
                  account={account}
                  wire={wire}
                  numbers={found}
                  country={defaultCountry}
                />
              )}
            </Loaded>
          ) : (
            <AddSenders account={account} wire={wire} numbers={[]} country={defaultCountry} />
          )
        }
      </Loaded>
    </Card>
  );
}

function AddSenders({
  account,
  wire,
  numbers,
  country,
}: {
  account: ProviderAccount;
  wire: Wire;
  numbers: readonly FoundNumber[];
  country: string;
}) {
  const [drafts, setDrafts] = useState(() => draftsOf(numbers, country));
  const chosen = drafts.filter(({ isChosen }) => isChosen);
  const add = useAction(
    async () => {
      // One after the other, each off the list once it is a sender: what is refused stays, to be mended.
      for (const draft of chosen) {
        await addSender({ ...newSenderOf(draft), providerAccountId: account.id });
        setDrafts((before) => before.filter(({ key }) => key !== draft.key));
      }
      return chosen.length;
    },
    {
      ...{ inPlace: true, done: (added: number) => `${counted(added, 'sender')} added` },
      refresh: [['senders'], ['providerAccounts']],
    },
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        add.act();
      }}
    >
      <Stack>
        {wire.listsNumbers && drafts.length === 0 && (
          <Text size="sm" c="dimmed">
            All that {wire.title} tells of is a sender already.
          </Text>
        )}
        <SenderChoice
          drafts={drafts}
          media={wire.media.filter(isMedium)}
          country={country}
          onChange={setDrafts}
        />
        {add.error && <Problem error={add.error} />}
        {chosen.length > 0 && (
          <Group justify="flex-end">
            <BusyButton type="submit" busy={add.isBusy}>
              Add {counted(chosen.length, 'sender')}
            </BusyButton>
          </Group>
        )}
      </Stack>
    </form>
  );
}
