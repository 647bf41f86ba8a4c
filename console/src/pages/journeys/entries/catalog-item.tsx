import { Select } from '@mantine/core';
import { IconPackages } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { alertsQuery, catalogsQuery } from '../../../api/catalogs.ts';
import { shortOptions } from '../../../words/short-options.ts';
import { withField } from '../fields/set-field.ts';
import type { EntryFormProps, EntryLook } from './entry-look.ts';

/** An item of a catalog changes for those who asked for it. */
export const catalogItemEntry: EntryLook = {
  ...{
    name: 'catalogItem',
    label: 'An item of a catalog changes: back in stock, price down',
    Icon: IconPackages,
  },
  begin: { catalog: '' },
  writes: ['catalog', 'alert'],
  Form: CatalogItemForm,
};

function CatalogItemForm({ of, onChange }: EntryFormProps) {
  const { data: catalogs } = useQuery(catalogsQuery);
  const catalog = String(of.catalog ?? '');
  const { data: alerts } = useQuery({ ...alertsQuery(catalog), enabled: catalog !== '' });
  return (
    <>
      <Select
        label="Catalog"
        searchable
        allowDeselect={false}
        filter={shortOptions}
        placeholder={catalogs?.length === 0 ? 'No catalog yet' : 'Choose'}
        data={catalogs?.map(({ name }) => name) ?? []}
        value={catalog || null}
        onChange={(next) => next && onChange({ catalog: next })}
      />
      <Select
        label="Alert"
        description="Which of the catalog’s alerts lets people in"
        clearable
        clearButtonProps={{ 'aria-label': 'Any of its alerts' }}
        placeholder="Any of its alerts"
        data={(alerts ?? []).map(({ name }) => name)}
        value={typeof of.alert === 'string' ? of.alert : null}
        onChange={(alert) => onChange(withField(of, 'alert', alert ?? undefined))}
      />
    </>
  );
}
