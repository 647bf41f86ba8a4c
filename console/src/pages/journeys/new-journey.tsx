import { Group, Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { createJourney, draftOfFile, type JourneyFile } from '../../api/journeys.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { blankJourney } from './document.ts';
import { FileInProject } from './file-in-project.tsx';
import { readJourneyFile } from './journey-file.ts';

/** Makes a journey: with an entry, a message and an end, or of a file. */
export function NewJourney() {
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [given, setGiven] = useState<{ fileName: string; file: JourneyFile } | null>(null);
  const [unread, setUnread] = useState<Error | null>(null);
  const make = useAction(
    () =>
      given
        ? draftOfFile({ ...given.file, name: name.trim() })
        : createJourney(name.trim(), '', blankJourney),
    {
      ...{ once: true, inPlace: true },
      refresh: [['journeys', 'all']],
      after: ({ id }) => void navigate({ to: '/journeys/$id', params: { id: String(id) } }),
    },
  );
  const take = async (chosen: File | undefined) => {
    setUnread(null);
    setGiven(null);
    if (!chosen) return;
    try {
      const file = await readJourneyFile(chosen);
      setGiven({ fileName: chosen.name, file });
      setName((before) => (before.trim() === '' ? file.name : before));
    } catch (error) {
      setUnread(error instanceof Error ? error : new Error(String(error)));
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') make.act();
      }}
    >
      <Stack>
        <TextInput
          label="Name"
          required
          maxLength={255}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          type="file"
          accept=".json,application/json"
          label="From a file"
          description="As “Download as a file” of a journey gives it, of this project or another; without one it begins with an entry, a message and an end"
          onChange={(event) => void take(event.currentTarget.files?.[0])}
        />
        {unread && <Problem error={unread} />}
        {given && (
          <FileInProject
            key={given.fileName}
            file={given.file}
            onChange={(file) => setGiven({ ...given, file })}
          />
        )}
        {make.error && <Problem error={make.error} />}
        <Group justify="flex-end">
          <BusyButton type="submit" busy={make.isBusy} disabled={name.trim() === '' || unread !== null}>
            {given ? 'Make a draft of it' : 'Make journey'}
          </BusyButton>
        </Group>
      </Stack>
    </form>
  );
}
