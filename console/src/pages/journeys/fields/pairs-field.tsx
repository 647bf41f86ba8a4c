import { ActionIcon, Autocomplete, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { randomKey } from '../../../words/random-key.ts';
import { shortOptions } from '../../../words/short-options.ts';
import type { Part } from '../../segments/definition.ts';
import { textOf } from '../document.ts';

interface Row {
  key: string;
  name: string;
  text: string;
}

/** Names with a value each: what is written as a value, or as a path. A value that reads as JSON (`12`, `true`) is that, else a text. */
export function PairsField({
  label,
  description,
  add,
  names,
  values,
  pairs,
  onChange,
}: {
  label: string;
  description?: string;
  add: string;
  names: readonly string[];
  values: 'json' | 'path';
  pairs: Part;
  /** Undefined for none. */
  onChange: (pairs: Part | undefined) => void;
}) {
  const [rows, setRows] = useState<Row[]>(() => rowsOf(pairs, values));
  // Rows without a name are kept while one writes; what was undone stands before what was written.
  const shown = textOf(pairsOf(rows, values) ?? {}) === textOf(pairs) ? rows : rowsOf(pairs, values);
  if (shown !== rows) setRows(shown);
  const set = (next: Row[]) => {
    setRows(next);
    onChange(pairsOf(next, values));
  };
  return (
    <Stack gap="xs" role="group" aria-label={label}>
      <div>
        <Text size="sm" fw={500}>
          {label}
        </Text>
        {description && (
          <Text size="xs" c="dimmed">
            {description}
          </Text>
        )}
      </div>
      {shown.map((row, index) => (
        <Group key={row.key} wrap="nowrap" gap="xs" align="flex-end">
          <Autocomplete
            label="Field"
            flex={1}
            data={[...names]}
            filter={shortOptions}
            maxLength={255}
            value={row.name}
            onChange={(name) => set(shown.with(index, { ...row, name }))}
          />
          <TextInput
            label={values === 'json' ? 'Value' : 'Path'}
            flex={1}
            value={row.text}
            onChange={(event) => set(shown.with(index, { ...row, text: event.currentTarget.value }))}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={`Remove ${row.name || 'this field'} from ${label}`}
            onClick={() => set(shown.toSpliced(index, 1))}
          >
            <IconX size={18} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => set([...shown, { key: randomKey(), name: '', text: '' }])}
        >
          {add}
        </Button>
      </Group>
    </Stack>
  );
}

const rowsOf = (pairs: Part, values: 'json' | 'path'): Row[] =>
  Object.entries(pairs).map(([name, value]) => ({ key: randomKey(), name, text: textFor(value, values) }));

function pairsOf(rows: readonly Row[], values: 'json' | 'path'): Part | undefined {
  const named = rows.filter(({ name }) => name !== '');
  if (named.length === 0) return undefined;
  return Object.fromEntries(
    named.map(({ name, text }) => [name, values === 'json' ? readValue(text) : text]),
  );
}

function textFor(value: unknown, values: 'json' | 'path'): string {
  if (values === 'path') return Array.isArray(value) ? value.join('.') : String(value);
  // A text that would be read as something else stands in quotes.
  return typeof value === 'string' && readValue(value) === value ? value : JSON.stringify(value);
}

function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
