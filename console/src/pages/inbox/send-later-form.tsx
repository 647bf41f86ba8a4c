import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { localInput } from '../../words/formats.ts';

/** Asks when an answer is to go. */
export function SendLaterForm({ onChoose }: { onChoose: (at: Date) => void }) {
  const [at, setAt] = useState(() => localInput(Date.now() + 3_600_000));
  const chosen = new Date(at);
  const isPast = !(chosen.getTime() > Date.now());
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isPast) onChoose(chosen);
      }}
    >
      <Stack>
        <TextInput
          type="datetime-local"
          label="When"
          description="By your own clock. It is not sent if the person writes before."
          value={at}
          error={isPast ? 'Choose a time to come' : undefined}
          onChange={({ currentTarget }) => setAt(currentTarget.value)}
          data-autofocus
        />
        <Group justify="flex-end">
          <Button type="submit">Send then</Button>
        </Group>
      </Stack>
    </form>
  );
}
