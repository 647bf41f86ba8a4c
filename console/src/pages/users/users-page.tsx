import { Button, Card, Modal, Select, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback, useDisclosure } from '@mantine/hooks';
import { IconFileImport, IconSearch, IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { messageTypesQuery } from '../../api/channels.ts';
import { listsQuery } from '../../api/lists.ts';
import type { PeopleFilter, StandingFilter } from '../../api/users.ts';
import { Page } from '../../shell/page.tsx';
import { LinkButton } from '../../shell/router-link.tsx';
import { count } from '../../words/formats.ts';
import { typeWords } from '../../words/type-words.ts';
import { mostInOrder, PeopleTable } from './people-table.tsx';
import { PersonForm } from './person-form.tsx';

const orders: { value: NonNullable<PeopleFilter['sort']>; label: string }[] = [
  { value: '-since', label: 'Newest first' },
  { value: 'since', label: 'Oldest first' },
  { value: 'name', label: 'Name, A to Z' },
  { value: '-name', label: 'Name, Z to A' },
  { value: '-changed', label: 'Changed last' },
];
const standings: { value: StandingFilter; label: string }[] = [
  { value: 'subscribed', label: 'Subscribed' },
  { value: 'pending', label: 'Asked to confirm' },
  { value: 'unsubscribed', label: 'Opted out' },
];

/** Everybody the project knows, found by what they are known by. */
export function UsersPage() {
  const filter = useSearch({ from: '/shell/users' });
  const { query = '' } = filter;
  const [typed, setTyped] = useState(query);
  // Back, and links to this page, change what is searched for too.
  useEffect(() => setTyped((before: string) => (before.trim() === query ? before : query)), [query]);
  const navigate = useNavigate({ from: '/users' });
  const look = (change: PeopleFilter) => {
    const { cursor: _, ...before } = filter;
    const next = Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined);
    void navigate({ search: Object.fromEntries(next) as PeopleFilter, replace: change.cursor === undefined });
  };
  const { history } = useRouter();
  const search = useDebouncedCallback((text: string) => {
    // Somebody who typed and then followed a link is not called back while the next page is on its way.
    if (history.location.pathname === '/users') look({ query: text === '' ? undefined : text });
  }, 250);
  const [opened, { open, close }] = useDisclosure();
  const isNarrow = query !== '' || filter.listId !== undefined || filter.standing !== undefined;
  return (
    <Page
      title="Users"
      about="The people you may write to, and where each of them stands."
      actions={
        <>
          <Button variant="default" leftSection={<IconUserPlus size={18} aria-hidden />} onClick={open}>
            Add a person
          </Button>
          <LinkButton to="/import" leftSection={<IconFileImport size={18} aria-hidden />}>
            Import people
          </LinkButton>
        </>
      }
    >
      <Card>
        <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }}>
          <TextInput
            type="search"
            label="Find somebody"
            placeholder="Name, email, number or user id"
            leftSection={<IconSearch size={18} aria-hidden />}
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              search(event.currentTarget.value.trim());
            }}
          />
          <ListFilter listId={filter.listId} onChange={(listId) => look({ listId })} />
          <StandingFilters filter={filter} onChange={look} />
        </SimpleGrid>
      </Card>
      <PeopleTable
        caption={isNarrow ? 'Users who match' : 'Users'}
        filter={filter}
        onPage={(cursor) => look({ cursor })}
        order={(isMany) => (
          <Select
            label="Order"
            description={isMany ? `By name or change for up to ${count(mostInOrder)}` : undefined}
            data={orders.map((each) => ({ ...each, disabled: isMany && !each.value.endsWith('since') }))}
            allowDeselect={false}
            value={filter.sort ?? '-since'}
            onChange={(sort) => look({ sort: sort ?? undefined })}
          />
        )}
        empty={<Text>{isNarrow ? 'Nobody matches.' : 'Nobody yet: import people first.'}</Text>}
      />
      <Modal opened={opened} onClose={close} title="Add a person" size="lg">
        <PersonForm onDone={close} />
      </Modal>
    </Page>
  );
}

function ListFilter({
  listId,
  onChange,
}: {
  listId: number | undefined;
  onChange: (id: number | undefined) => void;
}) {
  const { data: lists = [] } = useQuery(listsQuery);
  return (
    <Select
      label="On the list"
      placeholder="Any or none"
      data={lists.map((list) => ({ value: String(list.id), label: list.name }))}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': 'Any list or none' }}
      value={listId === undefined ? null : String(listId)}
      onChange={(value) => onChange(value === null ? undefined : Number(value))}
    />
  );
}

function StandingFilters({
  filter,
  onChange,
}: {
  filter: PeopleFilter;
  onChange: (change: PeopleFilter) => void;
}) {
  const { data: types = [] } = useQuery(messageTypesQuery);
  const { messageTypeId, standing = 'subscribed' } = filter;
  return (
    <>
      <Select
        label="Message type"
        placeholder="Any"
        data={types.map((type) => ({ value: String(type.id), label: typeWords(type) }))}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Any message type' }}
        value={messageTypeId === undefined ? null : String(messageTypeId)}
        onChange={(value) =>
          onChange(
            value === null
              ? { messageTypeId: undefined, standing: undefined }
              : { messageTypeId: Number(value), standing },
          )
        }
      />
      <Select
        label="Where they stand with it"
        data={standings}
        allowDeselect={false}
        disabled={messageTypeId === undefined}
        value={messageTypeId === undefined ? null : standing}
        placeholder="Choose a message type first"
        onChange={(value) => onChange({ standing: (value as StandingFilter | null) ?? undefined })}
      />
    </>
  );
}
