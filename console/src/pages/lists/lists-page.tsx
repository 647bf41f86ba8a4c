import { Button, Modal, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { createList, deleteList, type List, listsQuery } from '../../api/lists.ts';
import { ActionForm } from '../../shell/action-form.tsx';
import { ConfirmButton } from '../../shell/confirm-button.tsx';
import type { Column } from '../../shell/data-table.tsx';
import { focusPageTitle, Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { LinkButton, TextLink } from '../../shell/router-link.tsx';
import { type Order, SearchedTable } from '../../shell/searched-table.tsx';
import { useAction } from '../../shell/use-action.ts';
import { count, day } from '../../words/formats.ts';

const columns: Column<List>[] = [
  {
    header: 'List',
    cell: (list) => (
      <>
        <TextLink to="/lists/$id" params={{ id: String(list.id) }} className="stretched">
          {list.name}
        </TextLink>
        {list.description && (
          <Text size="sm" c="dimmed">
            {list.description}
          </Text>
        )}
      </>
    ),
  },
  { header: 'People', cell: (list) => count(list.size ?? 0), numeric: true },
  { header: 'Made', cell: (list) => day(list.createdAt) },
  { header: 'Id', cell: (list) => list.id, numeric: true },
  { header: 'Actions', cell: (list) => <DeleteList list={list} /> },
];

function DeleteList({ list }: { list: List }) {
  const remove = useAction(() => deleteList(list.id), {
    done: 'The list is deleted',
    refresh: [['lists']],
    after: focusPageTitle,
  });
  return (
    <ConfirmButton
      label="Delete"
      aria-label={`Delete list ${list.name}`}
      size="xs"
      variant="default"
      question={`Delete “${list.name}”?`}
      confirm="Delete the list"
      danger
      busy={remove.isBusy}
      onConfirm={() => remove.act()}
    >
      The people on it stay; only the list goes.
    </ConfirmButton>
  );
}

/** Static sets of users. */
export function ListsPage() {
  const lists = useQuery(listsQuery);
  const [opened, { open, close }] = useDisclosure();
  return (
    <Page
      title="Lists"
      about="Static sets of people; a campaign goes to lists, and leaves out suppression lists."
      actions={
        <>
          <LinkButton to="/import" variant="default">
            Import people
          </LinkButton>
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={open}>
            New list
          </Button>
        </>
      }
    >
      <Loaded query={lists}>
        {(data) => (
          <SearchedTable
            of="Lists"
            one="a list"
            rows={data}
            columns={columns}
            rowKey={(list) => list.id}
            textOf={(list) => `${list.name} ${list.description ?? ''}`}
            orders={orders}
            empty={
              data.length === 0 ? 'No list yet. An import can make one and fill it.' : 'No list matches.'
            }
          />
        )}
      </Loaded>
      <Modal opened={opened} onClose={close} title="New list">
        <NewList onDone={close} />
      </Modal>
    </Page>
  );
}

const orders: Record<string, Order<List>> = {
  newest: { label: 'Newest first', compare: (a, b) => b.createdAt - a.createdAt || b.id - a.id },
  name: {
    label: 'Name, A to Z',
    compare: (a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }),
  },
  largest: { label: 'Largest first', compare: (a, b) => (b.size ?? 0) - (a.size ?? 0) },
};

function NewList({ onDone }: { onDone: () => void }) {
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const create = useAction(() => createList(name.trim(), description.trim()), {
    ...{ once: true, inPlace: true, done: 'The list is made' },
    refresh: [['lists']],
    after: onDone,
  });
  return (
    <ActionForm action={create} submit="Make list">
      <TextInput
        label="Name"
        required
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label="Description"
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
    </ActionForm>
  );
}
