import { Button, Group, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { namesQuery, previewQuery } from '../../../api/segments.ts';
import { Builder } from '../../segments/builder.tsx';
import {
  asGroup,
  blankDefinition,
  type ChangePart,
  missingIn,
  type Part,
  withChanged,
} from '../../segments/definition.ts';
import { useToldOfConditions } from '../../segments/told.ts';
import { textOf } from '../document.ts';

const noNames = { fields: [], events: [] };

/** Conditions on a person, by the builder of segments. */
export function DefinitionField({
  label,
  definition,
  add,
  onChange,
}: {
  label: string;
  /** Undefined for none. */
  definition: unknown;
  /** What the button says that begins them; absent where there have to be some. */
  add?: string;
  onChange: (definition: Part | undefined) => void;
}) {
  if (definition === undefined && add !== undefined)
    return (
      <Group>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange(blankDefinition)}
        >
          {add}
        </Button>
      </Group>
    );
  return (
    <Stack gap="xs" role="group" aria-label={label}>
      <Group justify="space-between">
        <Text fw={500} size="sm">
          {label}
        </Text>
        {add !== undefined && (
          <Button
            variant="subtle"
            color="gray"
            size="xs"
            leftSection={<IconTrash size={14} aria-hidden />}
            aria-label={`Remove: ${label}`}
            onClick={() => onChange(undefined)}
          >
            Remove
          </Button>
        )}
      </Group>
      <Conditions definition={definition} onChange={onChange} />
    </Stack>
  );
}

function Conditions({ definition, onChange }: { definition: unknown; onChange: (definition: Part) => void }) {
  // The parts keep what they are told apart by while one writes; what comes from elsewhere stands before it.
  const [kept, setKept] = useState(() => asGroup(definition));
  const part = textOf(kept) === textOf(asGroup(definition)) ? kept : asGroup(definition);
  if (part !== kept) setKept(part);
  const { data: names = noNames } = useQuery(namesQuery);
  const [asked] = useDebouncedValue(part, 400);
  const isAsked = missingIn(asked) === null;
  const told = useToldOfConditions(
    isAsked ? asked : null,
    useQuery({ ...previewQuery(asked), enabled: isAsked }),
  );
  const change = useCallback<ChangePart>(
    (place, next) => {
      const changed = withChanged(kept, place, next);
      setKept(changed);
      onChange(changed);
    },
    [kept, onChange],
  );
  return <Builder part={part} place="definition" names={names} self={null} told={told} onChange={change} />;
}
