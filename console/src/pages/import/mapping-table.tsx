import { Select, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ImportPreview, Mapping } from '../../api/imports.ts';
import { fieldsQuery } from '../../api/users.ts';
import { DataTable } from '../../shell/data-table.tsx';

const ignore = 'ignore';
const notWritable = new Set(['signupDate', 'profileUpdatedAt', 'email', 'userId', 'phoneNumber']);

/** What each column becomes; the server's guess stands until somebody changes it. */
export function MappingTable({
  preview,
  mapping,
  onChange,
}: {
  preview: ImportPreview;
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
}) {
  const { data: known = {} } = useQuery(fieldsQuery);
  const choices = choicesFor(preview, Object.keys(known));
  return (
    <section aria-labelledby="columns">
      <Title order={2} id="columns" mb="sm">
        What its columns mean
      </Title>
      <DataTable
        caption="Columns of the file"
        rows={preview.columns}
        rowKey={(column) => column}
        empty="The file has no columns."
        columns={[
          { header: 'Column', cell: (column) => <Text fw={600}>{column}</Text> },
          {
            header: 'First rows',
            cell: (column) => (
              <Text size="sm" c="dimmed">
                {preview.rows
                  .slice(0, 3)
                  .map((row) => row[column])
                  .filter(Boolean)
                  .join(' · ') || 'empty'}
              </Text>
            ),
          },
          {
            header: 'Becomes',
            cell: (column) => (
              <Select
                aria-label={`What ${column} becomes`}
                data={choices}
                searchable
                allowDeselect={false}
                w={230}
                value={mapping[column] ?? ignore}
                onChange={(value: string | null) =>
                  onChange({ ...mapping, [column]: value === ignore ? null : value })
                }
              />
            ),
          },
        ]}
      />
    </section>
  );
}

function choicesFor({ columns, mapping }: ImportPreview, known: string[]) {
  const special = new Set(['phoneNumber', 'email', 'userId']);
  const consents = Object.values(mapping).filter((field) => field?.startsWith('consent:'));
  const fields = new Set([...columns, ...Object.values(mapping), ...known]);
  const groups = [
    {
      group: 'Who they are',
      items: [
        { value: 'phoneNumber', label: 'Phone number' },
        { value: 'email', label: 'Email' },
        { value: 'userId', label: 'User id' },
      ],
    },
    {
      group: 'Consent',
      items: consents.flatMap((field) => (field ? [{ value: field, label: field }] : [])),
    },
    {
      group: 'Profile',
      items: [...fields].flatMap((field) =>
        field && !special.has(field) && !notWritable.has(field) && !field.startsWith('consent:')
          ? [{ value: field, label: field }]
          : [],
      ),
    },
  ];
  return [{ value: ignore, label: 'Leave it out' }, ...groups.filter(({ items }) => items.length > 0)];
}
