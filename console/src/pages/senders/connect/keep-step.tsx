import { Alert, Button, Checkbox, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { isMedium } from '../../../api/media.ts';
import type { Project } from '../../../api/project.ts';
import {
  addProviderAccount,
  type FoundNumber,
  type ProviderAccount,
  setWebhooks,
} from '../../../api/provider-accounts.ts';
import { ActionForm } from '../../../shell/action-form.tsx';
import { useAction } from '../../../shell/use-action.ts';
import { filledIn } from '../account-fields.ts';
import { SenderChoice } from '../sender-choice.tsx';
import { draftsOf, newSenderOf } from '../sender-drafts.ts';
import type { Connecting } from './connecting.ts';

/** Chooses what to send from, and keeps the account with it: all or nothing. */
export function KeepStep({
  connecting: { wire, settings, secrets },
  numbers,
  project,
  onBack,
  onKept,
}: {
  connecting: Connecting;
  numbers: FoundNumber[] | null;
  project: Project;
  onBack: () => void;
  onKept: (account: ProviderAccount) => void;
}) {
  const [name, setName] = useState(wire.title);
  const [drafts, setDrafts] = useState(() => draftsOf(numbers ?? [], project.defaultCountry));
  const [setsWebhooks, setSetsWebhooks] = useState(wire.setsWebhooks);
  const keep = useAction(
    async () => {
      const account = await addProviderAccount({
        ...{ name: name.trim(), wire: wire.name, settings: filledIn(settings), secrets: filledIn(secrets) },
        senders: drafts.filter(({ isChosen }) => isChosen).map(newSenderOf),
      });
      // What came of it stands on the account's page, which looks at it anew.
      if (setsWebhooks) await setWebhooks(account.id).catch(() => null);
      return account;
    },
    {
      ...{ inPlace: true, once: true, done: ({ name: its }: ProviderAccount) => `${its} is connected` },
      refresh: [['providerAccounts'], ['senders'], ['simulator']],
      after: onKept,
    },
  );
  return (
    <ActionForm
      action={keep}
      submit="Connect the account"
      beside={
        <Button variant="default" onClick={onBack}>
          Back
        </Button>
      }
    >
      <Text size="sm">
        {wire.listsNumbers
          ? `Choose among what you have at ${wire.title}. Each sender has one purpose, so that a code never waits behind a campaign: for both kinds of message take two.`
          : 'Add the addresses that messages come from. Each has one purpose, so that a receipt never waits behind a campaign: for both kinds of message take two.'}
      </Text>
      {wire.listsNumbers && drafts.length === 0 && (
        <Alert color="yellow" title="Nothing to choose yet">
          All that was found is a sender already, or nothing was found. Senders can be added later too.
        </Alert>
      )}
      <SenderChoice
        drafts={drafts}
        media={wire.media.filter(isMedium)}
        country={project.defaultCountry}
        onChange={setDrafts}
      />
      <TextInput
        label="Name of the account"
        description="Seen by you only"
        required
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {wire.setsWebhooks && (
        <Checkbox
          label={`Have ${wire.title} tell Carillon what people write`}
          description="Carillon sets its address there by itself. What was set before at these numbers is replaced. Without it STOP does not arrive, unless you enter the address by hand."
          checked={setsWebhooks}
          onChange={(event) => setSetsWebhooks(event.currentTarget.checked)}
        />
      )}
    </ActionForm>
  );
}
