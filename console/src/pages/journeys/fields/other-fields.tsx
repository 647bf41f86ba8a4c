import { Stack } from '@mantine/core';
import type { Part } from '../../segments/definition.ts';
import { wordsOfName } from '../name-words.ts';
import { JsonField } from './json-field.tsx';
import { withField } from './set-field.ts';

/** Fields that no form writes, each as JSON. */
export function OtherFields({
  names,
  part,
  onChange,
}: {
  names: readonly string[];
  part: Part;
  onChange: (part: Part, what?: string) => void;
}) {
  if (names.length === 0) return null;
  return (
    <Stack gap="sm">
      {names.map((name) => (
        <JsonField
          key={name}
          label={wordsOfName(name)}
          description={`${name}, as JSON; what it may hold is in the schema of journeys`}
          value={part[name]}
          onChange={(value) => onChange(withField(part, name, value), name)}
        />
      ))}
    </Stack>
  );
}
