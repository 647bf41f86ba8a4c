import { ActionIcon, Button, Group, NumberInput, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type CatalogItem, changeItem, createItem, type FieldType, fieldsQuery } from '../../api/catalogs.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Loaded, Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { randomKey } from '../../words/random-key.ts';

/** How a field is written: a value of several parts as JSON. */
type Way = 'text' | 'date' | 'number' | 'truth' | 'json';

interface Field {
  /** Stays while a new field's name is written. */
  key: string;
  name: string;
  way: Way;
  /** As it stands in its control; empty for a field that the item has not. */
  text: string;
  /** Whether it was added here, so that its name is still to be said. */
  isNew: boolean;
}

/** One item field by field, to be looked at and changed; null is one that is to be made. */
export function ItemForm(props: { name: string; item: CatalogItem | null; onDone: () => void }) {
  const fields = useQuery(fieldsQuery(props.name));
  return (
    <Loaded query={fields}>
      {({ definedMappings, undefinedFields }) => (
        <Form {...props} begin={fieldsOf(props.item, definedMappings, undefinedFields)} />
      )}
    </Loaded>
  );
}

function Form({
  name,
  item,
  begin,
  onDone,
}: {
  name: string;
  item: CatalogItem | null;
  begin: Field[];
  onDone: () => void;
}) {
  const [itemId, setItemId] = useState(item?.itemId ?? '');
  const [fields, setFields] = useState(begin);
  const values = fields.map(valueWritten);
  const isWhole = !values.includes(undefined) && fields.every((field) => field.name.trim() !== '');
  const named = fields.map((field) => field.name.trim());
  const twice = fields.find((field, index) => field.isNew && named.indexOf(field.name.trim()) !== index);
  const [texts] = useState(() => new Map(begin.map(({ key, text }) => [key, text] as const)));
  const save = useAction(
    async () => {
      const written = fields.map(({ key, text }, index) => ({
        field: named[index] ?? '',
        value: values[index],
        isOther: texts.get(key) !== text,
      }));
      const changed = (of: typeof written) =>
        Object.fromEntries(of.map(({ field, value }) => [field, value]));
      if (item) await changeItem(name, item.itemId, changed(written.filter(({ isOther }) => isOther)));
      else await createItem(name, itemId.trim(), changed(written.filter(({ value }) => value !== null)));
    },
    { ...{ inPlace: true, done: 'The item is saved', refresh: [['catalogs']] }, after: onDone },
  );
  const change = (index: number, part: Partial<Field>) =>
    setFields((before) => before.map((field, place) => (place === index ? { ...field, ...part } : field)));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole && !twice) save.act();
      }}
    >
      <Stack>
        {item === null && (
          <TextInput
            label="Id"
            description="Letters, digits and dashes, as your shop has it: mug-blue-12"
            required
            data-autofocus
            maxLength={255}
            pattern="[A-Za-z0-9\-]+"
            value={itemId}
            onChange={(event) => setItemId(event.currentTarget.value)}
          />
        )}
        {fields.map((field, index) => (
          <Group key={field.key} align="flex-end" wrap="nowrap" gap="xs">
            {field.isNew && (
              <TextInput
                label="Name of the field"
                required
                error={field === twice && 'There is a field of this name above'}
                style={{ flex: 1, minWidth: 0 }}
                value={field.name}
                onChange={(event) => change(index, { name: event.currentTarget.value })}
              />
            )}
            <FieldInput
              field={field}
              isFaulty={values[index] === undefined}
              onChange={(text) => change(index, { text })}
            />
            {field.isNew && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                aria-label={`Take away the new field ${field.name}`}
                onClick={() => setFields(fields.toSpliced(index, 1))}
              >
                <IconX size={18} aria-hidden />
              </ActionIcon>
            )}
          </Group>
        ))}
        <Group justify="space-between">
          <Button
            variant="subtle"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() =>
              setFields([...fields, { key: randomKey(), name: '', way: 'text', text: '', isNew: true }])
            }
          >
            Add a field
          </Button>
          <BusyButton type="submit" busy={save.isBusy} disabled={!isWhole || twice !== undefined}>
            Save item
          </BusyButton>
        </Group>
        {save.error && <Problem error={save.error} />}
      </Stack>
    </form>
  );
}

function FieldInput({
  field: { name, way, text, isNew },
  isFaulty,
  onChange,
}: {
  field: Field;
  isFaulty: boolean;
  onChange: (text: string) => void;
}) {
  const shared = { label: isNew ? 'Value' : name, value: text, style: { flex: 1, minWidth: 0 } };
  switch (way) {
    case 'number':
      return <NumberInput {...shared} onChange={(value) => onChange(String(value))} />;
    case 'truth':
      return (
        <Select
          {...shared}
          clearable
          clearButtonProps={{ 'aria-label': `Leave ${name} empty` }}
          data={[
            { value: 'true', label: 'true' },
            { value: 'false', label: 'false' },
          ]}
          value={text === '' ? null : text}
          onChange={(value) => onChange(value ?? '')}
        />
      );
    case 'json':
      return (
        <Textarea
          {...shared}
          description="Several values, as JSON"
          autosize
          maxRows={12}
          error={isFaulty ? 'This is no JSON' : undefined}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    default:
      return (
        <Textarea
          {...shared}
          description={way === 'date' && 'As 2026-11-23, or 2026-11-23 17:00:00 +00:00'}
          autosize
          maxRows={8}
          dir="auto"
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}

/** Fields with a type first, then those that the item has besides, then those of other items. */
function fieldsOf(
  item: CatalogItem | null,
  types: Readonly<Record<string, string>>,
  others: readonly string[],
): Field[] {
  const value = item?.value ?? {};
  // The fields within objects stand in the object's own.
  const typed = Object.keys(types).filter((name) => !name.includes('.'));
  const names = new Set([...typed, ...Object.keys(value), ...others.filter((name) => !name.includes('.'))]);
  return [...names].map((name) => ({
    key: name,
    name,
    ...writtenOf(value[name], types[name]),
    isNew: false,
  }));
}

const waysOfTypes: Readonly<Partial<Record<FieldType, Way>>> = {
  string: 'text',
  date: 'date',
  long: 'number',
  double: 'number',
  boolean: 'truth',
  object: 'json',
  geo_location: 'json',
};

function writtenOf(value: unknown, type: string | undefined): Pick<Field, 'way' | 'text'> {
  const ofType = Object.entries(waysOfTypes).find(([each]) => each === type)?.[1] ?? 'text';
  if (value === undefined || value === null) return { way: ofType, text: '' };
  if (typeof value === 'object') return { way: 'json', text: JSON.stringify(value, null, 2) };
  const ways = { number: 'number', boolean: 'truth' } as const;
  const kind = typeof value;
  if (kind === 'number' || kind === 'boolean') return { way: ways[kind], text: String(value) };
  return { way: ofType === 'date' ? 'date' : 'text', text: String(value) };
}

/** What is kept of a field; null for one that is left out, undefined for what cannot be read. */
function valueWritten({ way, text }: Field): unknown {
  if (text === '') return null;
  if (way === 'text' || way === 'date') return text;
  if (way === 'truth') return text === 'true';
  if (way === 'number') return Number.isNaN(Number(text)) ? undefined : Number(text);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
