import {
  Alert,
  Checkbox,
  Fieldset,
  Group,
  JsonInput,
  NumberInput,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { fieldsQuery } from '../../api/catalogs.ts';
import { type Collection, type CollectionDraft, foundQuery, putCollection } from '../../api/collections.ts';
import { namesQuery } from '../../api/segments.ts';
import { ActionForm } from '../../shell/action-form.tsx';
import { DataTable } from '../../shell/data-table.tsx';
import { Loaded, Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { count, fieldText } from '../../words/formats.ts';
import { ConditionsForm, isShownConditions } from '../segments/conditions-form.tsx';
import { missingInConditions } from '../segments/definition.ts';
import { PersonFields } from '../segments/person-fields.ts';

/** Items of a collection; Iterable's limit. */
const mostItems = 50;

/** Makes a collection, or changes one, and shows what it finds for a person of some fields. */
export function CollectionForm({
  catalog,
  collection,
  onDone,
}: {
  catalog: string;
  collection: Collection | null;
  onDone: () => void;
}) {
  const { data: known } = useQuery(fieldsQuery(catalog));
  const { data: names } = useQuery(namesQuery);
  const types = known?.definedMappings ?? {};
  const fields = [
    ...Object.entries(types).map(([name, type]) => ({ name, type })),
    ...(known?.undefinedFields ?? []).map((name) => ({ name, type: '' })),
  ];
  const sortable = Object.entries(types).flatMap(([name, type]) =>
    type === 'object' || type === 'geo_location' ? [] : name,
  );
  const [name, setName] = useState(collection?.name ?? '');
  const [draft, setDraft] = useState<CollectionDraft>({
    catalogName: catalog,
    where: collection?.where ?? null,
    orderBy: collection?.orderBy ?? null,
    sortAscending: collection?.sortAscending ?? true,
    limit: collection?.limit ?? 3,
  });
  const change = (part: Partial<CollectionDraft>) => setDraft((before) => ({ ...before, ...part }));
  const save = useAction(() => putCollection(name.trim(), draft), {
    ...{ inPlace: true, refresh: [['collections'], ['catalogs', catalog, 'uses']], after: onDone },
    done: collection ? 'The collection is changed' : 'The collection is made',
  });
  return (
    <ActionForm action={save} submit={collection ? 'Save' : 'Make collection'}>
      {!collection && (
        <TextInput
          label="Name"
          description="As templates name it: letters, digits, spaces, - and _"
          placeholder="Within budget"
          required
          data-autofocus
          maxLength={100}
          pattern="[A-Za-z0-9 _\-]+"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
      <Fieldset legend="Its items">
        <PersonFields value={names?.fields ?? []}>
          <Where where={draft.where} fields={fields} onChange={(where) => change({ where })} />
        </PersonFields>
      </Fieldset>
      <Group align="flex-end" gap="xs">
        <NumberInput
          label="At most"
          required
          min={1}
          max={mostItems}
          allowDecimal={false}
          w={96}
          value={draft.limit}
          onChange={(value) => change({ limit: Math.min(mostItems, Math.max(1, Number(value) || 1)) })}
        />
        <Select
          label="In the order of"
          description="Fields that have a type"
          clearable
          placeholder="their ids"
          clearButtonProps={{ 'aria-label': 'In the order of their ids' }}
          data={sortable}
          value={draft.orderBy}
          onChange={(orderBy) => change({ orderBy })}
        />
        <Checkbox
          label="Highest first"
          mb={8}
          checked={!draft.sortAscending}
          onChange={(event) => change({ sortAscending: !event.currentTarget.checked })}
        />
      </Group>
      <Found draft={draft} />
    </ActionForm>
  );
}

/** The conditions line by line; as JSON where they say more than the lines show. */
function Where({
  where,
  fields,
  onChange,
}: {
  where: unknown;
  fields: readonly { name: string; type: string }[];
  onChange: (where: unknown) => void;
}) {
  // What was begun as JSON stays so while one writes.
  const [isJson] = useState(where !== null && !isShownConditions(where));
  const [text, setText] = useState(() => JSON.stringify(where, null, 2));
  if (isJson)
    return (
      <JsonInput
        label="Conditions, as JSON"
        description="They say more than the form can show"
        autosize
        maxRows={16}
        validationError="This is no JSON"
        value={text}
        onChange={(next) => {
          setText(next);
          try {
            onChange(JSON.parse(next) as unknown);
          } catch {
            // Told by the field.
          }
        }}
      />
    );
  return (
    <Stack gap="xs">
      {where === null && (
        <Text size="sm" c="dimmed">
          All of the catalog.
        </Text>
      )}
      <ConditionsForm
        conditions={where ?? undefined}
        fields={fields}
        begin="where"
        add="Only those where …"
        onChange={(next) => onChange(next ?? null)}
      />
    </Stack>
  );
}

/** What a collection finds for somebody, of whom the fields that it asks for are written here. */
function Found({ draft }: { draft: CollectionDraft }) {
  const [person, setPerson] = useState<Record<string, string>>({});
  const [asked] = useDebouncedValue({ draft, person }, 300);
  const missing = missingInConditions(draft.where ?? undefined);
  const found = useQuery({
    ...foundQuery(asked.draft, valuesOf(asked.person)),
    enabled: missing === null && asked.draft === draft,
  });
  if (missing !== null)
    return (
      <Text role="status" c="dimmed">
        {missing} to see what somebody would be shown.
      </Text>
    );
  return (
    <Fieldset legend="What somebody would see">
      {found.error && <Problem error={found.error} />}
      <Loaded query={found}>
        {({ items, personFields }) => (
          <Stack gap="sm">
            {personFields.length > 0 && (
              <Group gap="xs" align="flex-end">
                {personFields.map((field) => (
                  <TextInput
                    key={field}
                    label={`Their ${field}`}
                    value={person[field] ?? ''}
                    onChange={(event) => setPerson({ ...person, [field]: event.currentTarget.value })}
                  />
                ))}
              </Group>
            )}
            {items.length === 0 && personFields.length > 0 ? (
              <Alert color="gray" title="Nothing is found">
                Somebody who lacks one of these fields is found nothing: write what they have.
              </Alert>
            ) : (
              <DataTable
                caption={`Items found: ${count(items.length)}`}
                rows={items}
                rowKey={({ itemId }) => String(itemId)}
                empty="No item is found."
                columns={[
                  {
                    header: 'Item',
                    cell: ({ itemId }) => <span className="anywhere">{fieldText(itemId)}</span>,
                  },
                  {
                    header: 'Fields',
                    cell: (item) => (
                      <Text size="sm" c="dimmed" className="anywhere" lineClamp={2}>
                        {Object.entries(item)
                          .filter(([name]) => name !== 'itemId')
                          .map(([name, value]) => `${name}: ${fieldText(value)}`)
                          .join(', ')}
                      </Text>
                    ),
                  },
                ]}
              />
            )}
          </Stack>
        )}
      </Loaded>
    </Fieldset>
  );
}

/** Fields of the person by their paths, as a profile holds them; what is empty is not there. */
function valuesOf(person: Readonly<Record<string, string>>): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [path, text] of Object.entries(person)) {
    if (text === '') continue;
    const names = path.split('.');
    let inside = values;
    for (const name of names.slice(0, -1)) {
      const next = inside[name];
      const deeper = typeof next === 'object' && next !== null ? (next as Record<string, unknown>) : {};
      inside[name] = deeper;
      inside = deeper;
    }
    inside[names.at(-1) ?? ''] = text;
  }
  return values;
}
