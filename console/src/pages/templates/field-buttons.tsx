import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { fieldsQuery } from '../../api/users.ts';
import { tagOf } from './insert-tag.ts';

const mostShown = 8;
const notForTexts = new Set(['signupDate', 'profileUpdatedAt']);

/** Fields that people's profiles have, to be put into a text by a press. */
export function FieldButtons({ onInsert }: { onInsert: (tag: string) => void }) {
  const { data = {} } = useQuery(fieldsQuery);
  const names = Object.keys(data)
    .filter((name) => !notForTexts.has(name))
    .reverse()
    .slice(0, mostShown);
  if (names.length === 0) return null;
  return (
    <Group gap={6} mt={-6}>
      <Text size="sm" c="dimmed">
        Insert
      </Text>
      {names.map((name) => (
        <Button
          key={name}
          size="compact-xs"
          variant="default"
          className="code"
          // The box keeps the focus, and on a phone the keyboard stays.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onInsert(tagOf(name))}
        >
          {name}
        </Button>
      ))}
    </Group>
  );
}
