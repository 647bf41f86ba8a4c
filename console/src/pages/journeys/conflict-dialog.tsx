import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type Journey, versionsQuery } from '../../api/journeys.ts';
import { byWords } from '../../words/by-words.ts';
import { instant } from '../../words/formats.ts';
import { asDocument } from './document.ts';
import type { Drawing } from './use-drawing.ts';

/** Somebody else saved meanwhile: whose draft stays is chosen, and never by whoever saves last. */
export function ConflictDialog({
  opened,
  theirs,
  drawing,
  onClose,
}: {
  opened: boolean;
  theirs: Journey;
  drawing: Drawing;
  onClose: () => void;
}) {
  const { data: versions, refetch } = useQuery(versionsQuery(theirs.id));
  return (
    <Modal opened={opened} onClose={onClose} title="Somebody else changed this journey">
      <Stack>
        <Text>
          It was saved on {instant(theirs.updatedAt)} by {byWords(theirs.updatedBy)}, while you were drawing.
          Yours is not saved. Which of the two stays?
        </Text>
        <Group justify="flex-end">
          <Button
            variant="default"
            data-autofocus
            onClick={async () => {
              const all = theirs.draft === null ? (await refetch()).data : versions;
              drawing.load(theirs, asDocument(theirs.draft ?? all?.[0]?.document));
              onClose();
            }}
          >
            Take theirs (undo brings yours back)
          </Button>
          <Button
            onClick={() => {
              drawing.overwrite(theirs);
              onClose();
            }}
          >
            Save mine over it
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
