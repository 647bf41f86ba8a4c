import { Button, Group, Modal, Stack, Text, TextInput, Title, UnstyledButton } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type CatalogItem, deleteItem, itemsPageSize, itemsQuery } from '../../api/catalogs.ts';
import { ConfirmButton } from '../../shell/confirm-button.tsx';
import { DataTable } from '../../shell/data-table.tsx';
import { focusPageTitle } from '../../shell/page.tsx';
import { Pager } from '../../shell/pager.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { count, counted, fieldText, instant } from '../../words/formats.ts';
import { ItemForm } from './item-form.tsx';

/** So many fields stand in columns of their own; the others are counted. */
const mostColumns = 4;
const shownCharacters = 60;

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
        description="By how its id begins; upper and lower case differ"
        maw={360}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setPage(1);
        }}
      />
      <Loaded query={items}>
        {({ catalogItemsWithProperties: rows, totalItemsCount: total }) => (
          <ItemsTable
            {...{ name, rows, total, page }}
            empty={
              search === '' ? 'No item yet. Add one, or take many from a file below.' : 'No id begins so.'
            }
            onEdit={edit}
            onPage={setPage}
          />
        )}
      </Loaded>
      <Modal
        opened={opened}
        onClose={close}
        closeOnClickOutside={false}
        title={<bdi>{edited?.itemId ?? 'New item'}</bdi>}
        size="lg"
      >
        <ItemForm name={name} item={edited} onDone={close} />
      </Modal>
    </Stack>
  );
}

/** A page of items, each with the fields that tell it apart. */
function ItemsTable({
  name,
  rows,
  total,
  page,
  empty,
  onEdit,
  onPage,
}: {
  name: string;
  rows: CatalogItem[];
  total: number;
  page: number;
  empty: string;
  onEdit: (item: CatalogItem) => void;
  onPage: (page: number) => void;
}) {
  const shown = shownFields(rows);
  return (
    <>
      <DataTable
        caption={`Items: ${count(total)}`}
        rows={rows}
        rowKey={({ itemId }) => itemId}
        empty={empty}
        columns={[
          {
            header: 'Item',
            cell: (item) => (
              <UnstyledButton
                miw={{ base: 0, sm: 110 }}
                className="anywhere"
                td="underline"
                c="var(--mantine-color-anchor)"
                onClick={() => onEdit(item)}
              >
                {item.itemId}
              </UnstyledButton>
            ),
          },
          ...shown.map((field) => ({
            header: field,
            cell: ({ value }: CatalogItem) => (
              <span className={typeof value[field] === 'number' ? 'number' : 'anywhere'} dir="auto">
                {shortened(fieldText(value[field]))}
              </span>
            ),
          })),
          {
            header: 'More',
            unbroken: true,
            cell: ({ value }) => {
              const others = Object.keys(value).filter((field) => !shown.includes(field));
              return others.length === 0 ? (
                '–'
              ) : (
                <Text size="sm" c="dimmed">
                  {counted(others.length, 'more field')}
                </Text>
              );
            },
          },
          { header: 'Changed', cell: ({ lastModified }) => instant(lastModified), unbroken: true },
          { header: 'Actions', cell: (item) => <DeleteItem name={name} itemId={item.itemId} /> },
        ]}
      />
      <Pager page={page} pageSize={itemsPageSize} total={total} onPage={onPage} />
    </>
  );
}

/** The fields that tell most of these items apart at a glance, what they are called by first. */
function shownFields(items: readonly CatalogItem[]): string[] {
  const told = new Map<string, number>();
  for (const { value } of items)
    for (const [field, held] of Object.entries(value))
      told.set(field, (told.get(field) ?? 0) + (isShort(held) ? 1 : 0.1));
  return [...told]
    .toSorted(([a, toldByA], [b, toldByB]) => toldByB - toldByA || rankOf(a) - rankOf(b))
    .slice(0, mostColumns)
    .map(([field]) => field)
    .toSorted((a, b) => rankOf(a) - rankOf(b));
}

/** Whether a value is read in a cell: no address, no object, no long text. */
const isShort = (value: unknown) => {
  const text = fieldText(value);
  return typeof value !== 'object' && text.length <= shownCharacters && !/^https?:/.test(text);
};

/** Names that shops give what one looks for first. */
const firstNames = ['name', 'title', 'price'];
const rankOf = (field: string) => {
  const rank = firstNames.indexOf(field.toLowerCase());
  return rank < 0 ? firstNames.length : rank;
};

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
