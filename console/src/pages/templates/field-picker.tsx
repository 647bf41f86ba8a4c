import { Button, Group, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { fieldsQuery } from '../../api/users.ts';
import { tagOf } from './insert-tag.ts';

/** Fields of the message itself, which everybody has. */
const ofMessage = ['campaignName', 'templateName', 'companyName', 'unsubscribeUrl', 'now'];

/** Puts any field of the project into a text, with a word for who lacks it: no helper has to be known. */
export function FieldPicker({ onInsert }: { onInsert: (tag: string) => void }) {
  const { data = {} } = useQuery(fieldsQuery);
  const [field, setField] = useState<string | null>(null);
  const [fallback, setFallback] = useState('');
  const ofPeople = Object.keys(data).sort((a, b) => a.localeCompare(b));
  return (
    <Group align="flex-end" gap="xs">
      <Select
        label="Field"
        placeholder="Find a field"
        size="xs"
        flex={1}
        miw={140}
        searchable
        clearable
        limit={200}
        nothingFoundMessage="No such field"
        data={[
          { group: 'Of people', items: ofPeople },
          { group: 'Of the message', items: ofMessage.filter((name) => !ofPeople.includes(name)) },
        ]}
        value={field}
        onChange={setField}
      />
      <TextInput
        label="If they have none"
        placeholder="friend"
        size="xs"
        flex={1}
        miw={120}
        value={fallback}
        onChange={(event) => setFallback(event.currentTarget.value)}
      />
      <Button
        size="xs"
        variant="default"
        disabled={field === null}
        // The box keeps the focus, and on a phone the keyboard stays.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => field !== null && onInsert(tagOf(field, fallback))}
      >
        Insert
      </Button>
    </Group>
  );
}
