import { Card, List, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { deleteCatalog, usesQuery } from '../../api/catalogs.ts';
import { ConfirmButton } from '../../shell/confirm-button.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { counted } from '../../words/formats.ts';
import { AlertsCard } from './alerts-card.tsx';
import { CollectionsCard } from './collections-card.tsx';
import { FieldsCard } from './fields-card.tsx';
import { ImportCard } from './import-card.tsx';
import { ItemsCard } from './items-card.tsx';

/** One catalog: its items, their fields, files, and what shows or asks about them. */
export function CatalogPage() {
  const { name } = useParams({ from: '/shell/catalogs/$name' });
  const uses = useQuery(usesQuery(name));
  return (
    <Loaded query={uses} page="Catalog">
      {({ itemCount, usedBy }) => (
        <Page
          title={name}
          about={counted(itemCount, 'item')}
          actions={<DeleteCatalog name={name} usedBy={usedBy} />}
        >
          <ItemsCard name={name} />
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            <FieldsCard name={name} />
            <UsedBy usedBy={usedBy} />
          </SimpleGrid>
          <CollectionsCard name={name} />
          <AlertsCard name={name} />
          <ImportCard name={name} />
        </Page>
      )}
    </Loaded>
  );
}

function UsedBy({ usedBy }: { usedBy: readonly string[] }) {
  return (
    <Card component="section" aria-labelledby="used-by">
      <Stack gap="sm">
        <Title order={2} id="used-by">
          Where it is used
        </Title>
        {usedBy.length === 0 ? (
          <Text c="dimmed">No template, segment or collection names it.</Text>
        ) : (
          <List>
            {usedBy.map((each) => (
              <List.Item key={each} className="anywhere">
                {each}
              </List.Item>
            ))}
          </List>
        )}
      </Stack>
    </Card>
  );
}

function DeleteCatalog({ name, usedBy }: { name: string; usedBy: readonly string[] }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const remove = useAction(() => deleteCatalog(name), {
    ...{ once: true, done: 'The catalog is deleted' },
    // What is gone is not asked for again: its page is left first.
    after: async () => {
      await navigate({ to: '/catalogs' });
      queries.removeQueries({ queryKey: ['catalogs', name] });
      await queries.invalidateQueries({ queryKey: ['catalogs'] });
    },
  });
  return (
    <ConfirmButton
      label="Delete"
      variant="default"
      question={`Delete “${name}”?`}
      confirm="Delete the catalog"
      danger
      busy={remove.isBusy}
      onConfirm={() => remove.act()}
    >
      All its items, collections and alerts go with it.{' '}
      {usedBy.length > 0 &&
        `It is used by ${usedBy.join(', ')}: messages that show an item of it are skipped.`}
    </ConfirmButton>
  );
}
