import { Button, Modal, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { type Catalog, catalogsQuery, createCatalog } from '../../api/catalogs.ts';
import { ActionForm } from '../../shell/action-form.tsx';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { TextLink } from '../../shell/router-link.tsx';
import { useAction } from '../../shell/use-action.ts';
import { count, day } from '../../words/formats.ts';

const columns: Column<Catalog>[] = [
  {
    header: 'Catalog',
    cell: ({ name }) => (
      <TextLink to="/catalogs/$name" params={{ name }} className="stretched anywhere">
        {name}
      </TextLink>
    ),
  },
  { header: 'Items', cell: ({ itemCount }) => count(itemCount), numeric: true },
  { header: 'Made', cell: ({ createdAt }) => day(createdAt), unbroken: true },
];

/** Reference data by item. */
export function CatalogsPage() {
  const catalogs = useQuery(catalogsQuery);
  const [opened, { open, close }] = useDisclosure();
  return (
    <Page
      title="Catalogs"
      about="What you sell or run, item by item: templates show items, and segments ask about them."
      actions={
        <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={open}>
          New catalog
        </Button>
      }
    >
      <Loaded query={catalogs}>
        {(data) => (
          <DataTable
            caption={`Catalogs: ${count(data.length)}`}
            columns={columns}
            rows={data}
            rowKey={({ name }) => name}
            empty="No catalog yet. Make one and fill it from a CSV, or by API."
          />
        )}
      </Loaded>
      <Modal opened={opened} onClose={close} title="New catalog">
        <NewCatalog />
      </Modal>
    </Page>
  );
}

function NewCatalog() {
  const [name, setName] = useState('');
  const navigate = useNavigate();
  const create = useAction(() => createCatalog(name.trim()), {
    ...{ once: true, inPlace: true, done: 'The catalog is made', refresh: [['catalogs']] },
    after: () => void navigate({ to: '/catalogs/$name', params: { name: name.trim() } }),
  });
  return (
    <ActionForm action={create} submit="Make catalog">
      <TextInput
        label="Name"
        description="Letters, digits and dashes; templates name it so"
        required
        data-autofocus
        maxLength={255}
        pattern="[A-Za-z0-9\-]+"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </ActionForm>
  );
}
