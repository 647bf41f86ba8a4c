import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import {
  type Collection,
  collectionsQuery,
  collectionUses,
  deleteCollection,
} from '../../api/collections.ts';
import { ConfirmButton } from '../../shell/confirm-button.tsx';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { focusPageTitle } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { count, counted } from '../../words/formats.ts';
import { CollectionForm } from './collection-form.tsx';
import { EditedCard } from './edited-card.tsx';

/** The collections of a catalog: saved searches that templates show. */
export function CollectionsCard({ name }: { name: string }) {
  const collections = useQuery(collectionsQuery(name));
  return (
    <EditedCard<Collection>
      title="Collections"
      what="collection"
      about="Saved searches: a template shows each person the items that one finds for them."
      form={(collection, close) => <CollectionForm catalog={name} collection={collection} onDone={close} />}
    >
      {(edit) => (
        <Loaded query={collections}>
          {(data) => (
            <DataTable
              caption={`Collections: ${count(data.length)}`}
              rows={data}
              rowKey={(each) => each.name}
              empty="No collection yet."
              columns={columnsWith(edit)}
            />
          )}
        </Loaded>
      )}
    </EditedCard>
  );
}

const columnsWith = (edit: (collection: Collection) => void): Column<Collection>[] => [
  {
    header: 'Collection',
    cell: ({ name }) => (
      <Stack gap={2}>
        <Text fw={600} className="anywhere">
          {name}
        </Text>
        <Code className="anywhere">{`{{#catalogCollection "${name}" as |items|}}`}</Code>
      </Stack>
    ),
  },
  {
    header: 'Finds',
    cell: ({ limit, orderBy, sortAscending }) =>
      `${counted(limit, 'item')} at most, by ${orderBy ?? 'id'}, ${sortAscending ? 'lowest' : 'highest'} first`,
  },
  {
    header: 'Asks of the person',
    cell: ({ personFields }) => <span className="anywhere">{personFields.join(', ') || '–'}</span>,
  },
  {
    header: 'Actions',
    cell: (collection) => (
      <Group gap="xs" wrap="nowrap">
        <Button
          size="xs"
          variant="default"
          aria-label={`Change collection ${collection.name}`}
          onClick={() => edit(collection)}
        >
          Change
        </Button>
        <DeleteCollection name={collection.name} />
      </Group>
    ),
  },
];

function DeleteCollection({ name }: { name: string }) {
  const uses = useAction(() => collectionUses(name), { inPlace: true });
  const remove = useAction(() => deleteCollection(name), {
    done: 'The collection is deleted',
    refresh: [['collections'], ['catalogs']],
    after: focusPageTitle,
  });
  const usedBy = uses.answer?.usedBy;
  return (
    <ConfirmButton
      label="Delete"
      aria-label={`Delete collection ${name}`}
      size="xs"
      variant="default"
      question={`Delete “${name}”?`}
      confirm="Delete the collection"
      danger
      busy={remove.isBusy}
      onAsk={() => uses.act()}
      onConfirm={() => remove.act()}
    >
      {uses.error
        ? 'What shows it could not be looked up. '
        : usedBy === undefined
          ? 'Looking what shows it … '
          : usedBy.length === 0
            ? 'No template shows it. '
            : `It is shown by ${usedBy.join(', ')}. `}
      A message that shows it, and has nothing in its place, is skipped from then on.
    </ConfirmButton>
  );
}
