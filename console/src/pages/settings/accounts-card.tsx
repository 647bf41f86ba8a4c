import {
  Button,
  Card,
  Group,
  Modal,
  PasswordInput,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Account, accountsQuery, addAccount, removeAccount, setPassword } from '../../api/session.ts';
import { ActionForm } from '../../shell/action-form.tsx';
import { BusyButton } from '../../shell/busy-button.tsx';
import { ConfirmButton } from '../../shell/confirm-button.tsx';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { focusPageTitle } from '../../shell/page.tsx';
import { Loaded, Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { day } from '../../words/formats.ts';

const columns: Column<Account>[] = [
  {
    header: 'Person',
    cell: (account) => (
      <>
        <Text fw={600}>{account.name}</Text>
        <Text size="sm" c="dimmed">
          {account.email}
        </Text>
      </>
    ),
  },
  { header: 'Since', cell: (account) => day(account.createdAt) },
  {
    header: 'Actions',
    cell: (account) => (
      <Group gap="xs">
        <NewPassword account={account} />
        <Remove account={account} />
      </Group>
    ),
  },
];

function Remove({ account }: { account: Account }) {
  const remove = useAction(() => removeAccount(account.id), {
    done: `${account.name} can no longer sign in`,
    refresh: [['accounts'], ['session']],
    after: focusPageTitle,
  });
  return (
    <ConfirmButton
      label="Remove"
      aria-label={`Remove ${account.name}`}
      size="xs"
      variant="default"
      question={`Remove ${account.name}?`}
      confirm="Remove"
      danger
      busy={remove.isBusy}
      onConfirm={() => remove.act()}
    >
      They are signed out everywhere at once. What they did stays in the ledger under their name.
    </ConfirmButton>
  );
}

function NewPassword({ account }: { account: Account }) {
  const [opened, { open, close }] = useDisclosure();
  const [password, setPasswordText] = useState('');
  const set = useAction(() => setPassword(account.id, password), {
    ...{ inPlace: true, done: `Tell ${account.name} their new password` },
    refresh: [['session']],
    after: () => {
      setPasswordText('');
      close();
    },
  });
  return (
    <>
      <Button
        size="xs"
        variant="default"
        aria-label={`Set a new password for ${account.name}`}
        onClick={open}
      >
        New password
      </Button>
      <Modal opened={opened} onClose={close} title={`A new password for ${account.name}`}>
        <ActionForm action={set} submit="Set password">
          <Text size="sm" c="dimmed">
            They are signed out everywhere and sign in with this one; they can change it in Settings.
          </Text>
          <PasswordInput
            label="New password"
            description="At least 12 characters"
            autoComplete="new-password"
            minLength={12}
            required
            value={password}
            onChange={(event) => setPasswordText(event.currentTarget.value)}
          />
        </ActionForm>
      </Modal>
    </>
  );
}

/** Who may sign in to this project. */
export function AccountsCard() {
  const accounts = useQuery(accountsQuery);
  return (
    <Stack component="section" aria-labelledby="accounts" gap="sm">
      <Title order={2} id="accounts">
        Who may sign in
      </Title>
      <Loaded query={accounts}>
        {(data) => (
          <DataTable
            caption="Accounts"
            columns={columns}
            rows={data}
            rowKey={(account) => account.id}
            empty="Nobody."
          />
        )}
      </Loaded>
      <Card>
        <NewAccount />
      </Card>
    </Stack>
  );
}

const blank = { name: '', email: '', password: '' };

function NewAccount() {
  const [account, setAccount] = useState(blank);
  const add = useAction(() => addAccount(account), {
    ...{ inPlace: true, done: `${account.email} can sign in now` },
    refresh: [['accounts']],
    after: () => setAccount(blank),
  });
  const field = (name: keyof typeof blank) => ({
    required: true,
    value: account[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setAccount((before) => ({ ...before, [name]: value }));
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        add.act();
      }}
    >
      <Stack>
        <Title order={3}>Add somebody</Title>
        <SimpleGrid cols={{ base: 1, xs: 3 }}>
          <TextInput label="Their name" autoComplete="off" {...field('name')} />
          <TextInput label="Their email" type="email" autoComplete="off" {...field('email')} />
          <PasswordInput
            label="A first password"
            autoComplete="new-password"
            minLength={12}
            placeholder="At least 12 characters"
            {...field('password')}
          />
        </SimpleGrid>
        {add.error && <Problem error={add.error} />}
        <BusyButton type="submit" w="fit-content" busy={add.isBusy}>
          Add account
        </BusyButton>
      </Stack>
    </form>
  );
}
