import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { counted } from '../../words/formats.ts';

/** Asks before other tiles go with one that is taken away. */
export function RemoveQuestion({
  id,
  also,
  onRemove,
  onClose,
}: {
  id: string;
  also: readonly string[];
  onRemove: () => void;
  onClose: () => void;
}) {
  return (
    <Modal opened onClose={onClose} title={`Take ${id} away?`}>
      <Stack>
        <Text>
          {counted(also.length, 'tile')} that only its other ways lead to {also.length === 1 ? 'goes' : 'go'}{' '}
          with it: <b>{also.join(', ')}</b>. Undo brings all of it back.
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Go back
          </Button>
          <Button color="red.8" autoContrast={false} onClick={onRemove} data-autofocus>
            Take {counted(also.length + 1, 'tile')} away
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
