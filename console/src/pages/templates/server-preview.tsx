import { Alert, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { DraftPreview } from '../../api/templates.ts';
import { counted } from '../../words/formats.ts';
import { skipReasonWords } from '../../words/skip-reasons.ts';

/** What will leave, as the server makes it: what it counts and costs, or why this person gets nothing. */
export function SendingLine({ preview }: { preview: DraftPreview }) {
  const { skip, segments, encoding, characters, notes } = preview;
  if (skip)
    return (
      <Alert
        color="yellow"
        icon={<IconAlertTriangle aria-hidden />}
        title="They would get nothing"
        role="status"
      >
        {skipReasonWords(skip.reason)}: <span className="code">{skip.detail}</span>
        {skip.reason === 'missingField' && '. Give the field a word to stand in, or put it inside an if.'}
      </Alert>
    );
  return (
    <div role="status">
      {encoding !== null && characters !== null && (
        <Text size="sm" c="dimmed" ta="center">
          As it will leave: {counted(characters, 'character')}, {counted(segments, 'segment')} ({encoding})
        </Text>
      )}
      {notes.map((note) => (
        <Alert key={note} mt="xs" color="yellow" icon={<IconInfoCircle aria-hidden />}>
          {note}
        </Alert>
      ))}
    </div>
  );
}

/** Chooses somebody of the project to see the message as they would. */
export function PersonChoice({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <TextInput
      label="Show it for a real person"
      description="Email, phone number or user id; left empty, the sample person"
      size="xs"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
