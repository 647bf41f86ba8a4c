import { Button, Code, Group, Modal, Stack, Textarea, TextInput, Title, UnstyledButton } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type CatalogItem, deleteItem, itemsPageSize, itemsQuery, putItem } from '../../api/catalogs.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { ConfirmButton } from '../../shell/confirm-button.tsx';
import { DataTable } from '../../shell/data-table.tsx';
import { focusPageTitle } from '../../shell/page.tsx';
import { Pager } from '../../shell/pager.tsx';
import { Loaded, Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { count, instant } from '../../words/formats.ts';

const shownCharacters = 160;

/** The items of a catalog, found by how their ids begin, 50 a page; each can be looked at, changed and deleted. */
export function ItemsCard({ name }: { name: string }) {
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 250);
  const [page, setPage] = useState(1);
  const items = useQuery(itemsQuery(name, search, page));
  const [edited, setEdited] = useState<CatalogItem | null>(null);
  const [opened, { open, close }] = useDisclosure();
  const edit = (item: CatalogItem | null) => {
    setEdited(item);
    open();
  };
  return (
    <Stack component="section" aria-labelledby="items">
      <Group justify="space-between" align="flex-end">
        <Title order={2} id="items">
          Items
        </Title>
        <Button variant="default" leftSection={<IconPlus size={18} aria-hidden />} onClick={() => edit(null)}>
          New item
        </Button>
      </Group>
      <TextInput
        type="search"
        label="Find an item"
        description="By how its id begins"
        maw={360}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setPage(1);
        }}
      />
      <Loaded query={items}>
        {({ catalogItemsWithProperties: rows, totalItemsCount: total }) => (
          <>
            <DataTable
              caption={`Items: ${count(total)}`}
              rows={rows}
              rowKey={({ itemId }) => itemId}
              empty={search === '' ? 'No item yet.' : 'No id begins so.'}
              columns={[
                {
                  header: 'Item',
                  cell: (item) => (
                    <UnstyledButton
                      className="anywhere"
                      td="underline"
                      c="var(--mantine-color-anchor)"
                      onClick={() => edit(item)}
                    >
                      {item.itemId}
                    </UnstyledButton>
                  ),
                },
                {
                  header: 'Fields',
                  cell: ({ value }) => <Code className="anywhere">{shortened(JSON.stringify(value))}</Code>,
                },
                { header: 'Changed', cell: ({ lastModified }) => instant(lastModified), unbroken: true },
                { header: 'Actions', cell: (item) => <DeleteItem name={name} itemId={item.itemId} /> },
              ]}
            />
            <Pager page={page} pageSize={itemsPageSize} total={total} onPage={setPage} />
          </>
        )}
      </Loaded>
      <Modal opened={opened} onClose={close} title={edited?.itemId ?? 'New item'} size="lg">
        <ItemForm name={name} item={edited} onDone={close} />
      </Modal>
    </Stack>
  );
}

const shortened = (text: string) =>
  text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;

function DeleteItem({ name, itemId }: { name: string; itemId: string }) {
  const remove = useAction(() => deleteItem(name, itemId), {
    done: 'The item is deleted',
    refresh: [['catalogs']],
    after: focusPageTitle,
  });
  return (
    <ConfirmButton
      label="Delete"
      aria-label={`Delete item ${itemId}`}
      size="xs"
      variant="default"
      question={`Delete “${itemId}”?`}
      confirm="Delete the item"
      danger
      busy={remove.isBusy}
      onConfirm={() => remove.act()}
    >
      A message that shows it, and has nothing in its place, is skipped from then on.
    </ConfirmButton>
  );
}

/** One item with all its fields as JSON, to be looked at and changed. */
function ItemForm({ name, item, onDone }: { name: string; item: CatalogItem | null; onDone: () => void }) {
  const [itemId, setItemId] = useState(item?.itemId ?? '');
  const [text, setText] = useState(JSON.stringify(item?.value ?? { name: '' }, null, 2));
  const value = parsed(text);
  const save = useAction(
    ({ fields }: { fields: Record<string, unknown> }) => putItem(name, itemId.trim(), fields),
    { ...{ inPlace: true, done: 'The item is kept', refresh: [['catalogs']] }, after: onDone },
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (value) save.act({ fields: value });
      }}
    >
      <Stack>
        {item === null && (
          <TextInput
            label="Id"
            description="Letters, digits and dashes"
            required
            data-autofocus
            pattern="[A-Za-z0-9\-]+"
            value={itemId}
            onChange={(event) => setItemId(event.currentTarget.value)}
          />
        )}
        <Textarea
          label="Fields as JSON"
          autosize
          minRows={6}
          maxRows={20}
          value={text}
          error={value === null ? 'This is no JSON object' : undefined}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {save.error && <Problem error={save.error} />}
        <Group justify="flex-end">
          <BusyButton type="submit" busy={save.isBusy}>
            Keep it
          </BusyButton>
        </Group>
      </Stack>
    </form>
  );
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}
