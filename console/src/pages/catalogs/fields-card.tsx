import { Button, Card, Group, Modal, Select, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type FieldType, fieldsQuery, fieldTypes, setType } from '../../api/catalogs.ts';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { SearchedTable } from '../../shell/searched-table.tsx';
import { useAction } from '../../shell/use-action.ts';
import { fieldTypeChoices, fieldTypeWords } from '../../words/field-types.ts';
import { count } from '../../words/formats.ts';

/** So many fields are read at a glance; more are searched. */
const readAtOnce = 20;

interface Field {
  field: string;
  /** Null for one without a type. */
  type: string | null;
}

/** The fields of a catalog's items, with their types; those without one can be given it, when that was asked back. */
export function FieldsCard({ name }: { name: string }) {
  const fields = useQuery(fieldsQuery(name));
  const [asked, setAsked] = useState<{ field: string; type: FieldType } | null>(null);
  const give = useAction(
    (chosen: { field: string; type: FieldType }) => setType(name, chosen.field, chosen.type),
    {
      done: (_, { field }) => `${field} has its type`,
      refresh: [['catalogs', name, 'fields']],
    },
  );
  const columns: Column<Field>[] = [
    { header: 'Field', cell: ({ field }) => <span className="anywhere">{field}</span> },
    {
      header: 'Type',
      cell: ({ field, type }) =>
        type === null ? (
          <Select
            aria-label={`Type of ${field}`}
            placeholder="none yet"
            data={fieldTypeChoices}
            w={180}
            value={null}
            onChange={(value) => {
              const chosen = fieldTypes.find((each) => each === value);
              if (chosen) setAsked({ field, type: chosen });
            }}
          />
        ) : (
          fieldTypeWords(type)
        ),
    },
  ];
  return (
    <Card component="section" aria-labelledby="fields">
      <Stack gap="sm">
        <Title order={2} id="fields">
          Fields
        </Title>
        <Text size="sm" c="dimmed">
          A type stays once it is given; items are held to it, and put in order by it.
        </Text>
        <Loaded query={fields}>
          {({ definedMappings, undefinedFields }) => {
            const rows: Field[] = [
              ...Object.entries(definedMappings).map(([field, type]) => ({ field, type: String(type) })),
              ...undefinedFields.map((field) => ({ field, type: null })),
            ];
            if (rows.length > readAtOnce)
              return (
                <SearchedTable
                  of="Fields"
                  one="a field"
                  rows={rows}
                  columns={columns}
                  rowKey={({ field }) => field}
                  textOf={({ field }) => field}
                  orders={orders}
                  empty="No field is called so."
                />
              );
            return (
              <DataTable
                caption={`Fields: ${count(rows.length)}`}
                rows={rows}
                rowKey={({ field }) => field}
                empty="No item has a field yet."
                columns={columns}
              />
            );
          }}
        </Loaded>
      </Stack>
      <Modal
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={asked && `“${asked.field}” is to hold: ${fieldTypeWords(asked.type)}?`}
      >
        <Stack>
          <Text>
            The type cannot be changed later. From then on an item with another value in this field is
            refused; items that are there stay as they are.
          </Text>
          <Group justify="flex-end">
            <Button variant="default" data-autofocus onClick={() => setAsked(null)}>
              Go back
            </Button>
            <Button
              onClick={() => {
                if (asked) give.act(asked);
                setAsked(null);
              }}
            >
              Give it this type
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Card>
  );
}

const byName = (a: Field, b: Field) => a.field.localeCompare(b.field, undefined, { numeric: true });
const orders = {
  untyped: {
    label: 'Without a type first',
    compare: (a: Field, b: Field) => Number(a.type !== null) - Number(b.type !== null) || byName(a, b),
  },
  name: { label: 'Name, A to Z', compare: byName },
};
