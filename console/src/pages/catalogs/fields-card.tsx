import { Card, Select, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FieldType, fieldsQuery, fieldTypes, setType } from '../../api/catalogs.ts';
import { DataTable } from '../../shell/data-table.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { count } from '../../words/formats.ts';

/** The fields of a catalog's items, with their types; those without one can be given it. */
export function FieldsCard({ name }: { name: string }) {
  const fields = useQuery(fieldsQuery(name));
  const give = useAction(
    ({ field, type }: { field: string; type: FieldType }) => setType(name, field, type),
    { done: (_, { field }) => `${field} has its type`, refresh: [['catalogs', name, 'fields']] },
  );
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
            const rows = [
              ...Object.entries(definedMappings).map(([field, type]) => ({ field, type })),
              ...undefinedFields.map((field) => ({ field, type: null })),
            ];
            return (
              <DataTable
                caption={`Fields: ${count(rows.length)}`}
                rows={rows}
                rowKey={({ field }) => field}
                empty="No item has a field yet."
                columns={[
                  { header: 'Field', cell: ({ field }) => <span className="anywhere">{field}</span> },
                  {
                    header: 'Type',
                    cell: ({ field, type }) =>
                      type ?? (
                        <Select
                          aria-label={`Type of ${field}`}
                          placeholder="none yet"
                          data={[...fieldTypes]}
                          w={150}
                          value={null}
                          onChange={(value) => {
                            const chosen = fieldTypes.find((each) => each === value);
                            if (chosen) give.act({ field, type: chosen });
                          }}
                        />
                      ),
                  },
                ]}
              />
            );
          }}
        </Loaded>
      </Stack>
    </Card>
  );
}
