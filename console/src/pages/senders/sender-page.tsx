import { Alert, Card, NumberInput, SimpleGrid, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { providerAccountsQuery } from '../../api/provider-accounts.ts';
import { changeSender, removeSender, type Sender, sendersQuery } from '../../api/senders.ts';
import { ActionForm } from '../../shell/action-form.tsx';
import { ConfirmButton } from '../../shell/confirm-button.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { LinkButton, TextLink } from '../../shell/router-link.tsx';
import { useAction } from '../../shell/use-action.ts';
import { countryName } from '../../words/countries.ts';
import { mediumWords } from '../../words/message-statuses.ts';
import { kindWords } from '../../words/sender-kinds.ts';
import { StopOrStart } from './stop-or-start.tsx';
import { TestCard } from './test-card.tsx';
import { WhatsAppNumber } from './whatsapp/whatsapp-number.tsx';

/** One sender: changed, stopped, tried, and with WhatsApp managed at Meta. */
export function SenderPage() {
  const { id } = useParams({ from: '/shell/senders/$id' });
  const senders = useQuery(sendersQuery);
  return (
    <Loaded query={senders} page="Sender">
      {(all) => {
        const sender = all.find((each) => String(each.id) === id);
        return sender ? <Rooms key={sender.id} sender={sender} /> : <NoSender />;
      }}
    </Loaded>
  );
}

function NoSender() {
  return (
    <Page title="No such sender" about="It may belong to another project.">
      <LinkButton to="/senders" w="fit-content">
        All senders
      </LinkButton>
    </Page>
  );
}

function Rooms({ sender }: { sender: Sender }) {
  const { name, address, kind, medium, purpose, country, stoppedReason } = sender;
  return (
    <Page
      title={name === address ? address : `${name}: ${address}`}
      about={`${kindWords(kind)} · ${mediumWords(medium)} · ${purpose} · ${countryName(country)}`}
      actions={
        <>
          <LinkButton to="/senders" variant="default">
            All senders
          </LinkButton>
          <StopOrStart sender={sender} />
        </>
      }
    >
      {sender.state === 'stopped' && (
        <Alert color="red" title="Stopped">
          What is to go from it waits. {stoppedReason}
        </Alert>
      )}
      <ChangeCard sender={sender} />
      <TestCard sender={sender} />
      {kind === 'whatsApp' && <WhatsAppNumber sender={sender} />}
    </Page>
  );
}

function ChangeCard({ sender }: { sender: Sender }) {
  const [name, setName] = useState(sender.name);
  const [mps, setMps] = useState<number | string>(sender.mps);
  const [dailyCap, setDailyCap] = useState<number | string>(sender.dailyCap ?? '');
  const [registration, setRegistration] = useState(sender.registration ?? '');
  const accounts = useQuery(providerAccountsQuery);
  const account = accounts.data?.find(({ id }) => id === sender.providerAccountId);
  const save = useAction(
    () =>
      changeSender(sender.id, {
        ...{ name: name.trim(), mps: Number(mps) },
        dailyCap: typeof dailyCap === 'number' ? dailyCap : null,
        ...(sender.kind === 'alphanumeric' ? { registration: registration.trim() || null } : {}),
      }),
    { inPlace: true, done: `${name.trim()} is changed`, refresh: [['senders']] },
  );
  return (
    <Card component="section" aria-labelledby="sender">
      <Title order={2} id="sender" mb="sm">
        Name and pace
      </Title>
      <ActionForm action={save} submit="Save sender" beside={<Delete sender={sender} />}>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput
            label="Name"
            description="Seen by you only"
            required
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <NumberInput
            label="Pace, a second"
            description="Segments of texts, else messages: what your provider grants"
            required
            min={0.01}
            max={100_000}
            hideControls
            value={mps}
            onChange={setMps}
          />
          <NumberInput
            label="Most a day"
            description={`Empty for no cap. The day turns at midnight of ${sender.dayZone.replaceAll('_', ' ')}`}
            min={1}
            allowDecimal={false}
            hideControls
            value={dailyCap}
            onChange={setDailyCap}
          />
          {sender.kind === 'alphanumeric' && (
            <TextInput
              label="Registration"
              description="Its reference, where the country wants names registered"
              value={registration}
              onChange={(event) => setRegistration(event.currentTarget.value)}
            />
          )}
        </SimpleGrid>
        {account && (
          <span>
            Leaves by{' '}
            <TextLink to="/senders/accounts/$id" params={{ id: String(account.id) }}>
              {account.name}
            </TextLink>
            .
          </span>
        )}
      </ActionForm>
    </Card>
  );
}

function Delete({ sender }: { sender: Sender }) {
  const navigate = useNavigate();
  const remove = useAction(() => removeSender(sender.id), {
    ...{ once: true, done: `${sender.name} is deleted`, refresh: [['senders'], ['providerAccounts']] },
    after: () => void navigate({ to: '/senders' }),
  });
  return (
    <ConfirmButton
      label="Delete"
      variant="default"
      question={`Delete ${sender.name}?`}
      confirm="Delete sender"
      danger
      busy={remove.isBusy}
      onConfirm={() => remove.act()}
    >
      Only a sender that was never used can be deleted; stop any other. Nothing changes at your provider.
    </ConfirmButton>
  );
}
