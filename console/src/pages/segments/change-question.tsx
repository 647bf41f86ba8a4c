import { Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { changeCountQuery, type SegmentDraft } from '../../api/segments.ts';
import { Loaded } from '../../shell/problem.tsx';
import { counted } from '../../words/formats.ts';

/** Asks, before live segments come to mean something else, whether those who come and go by it are to be told of. */
export function ChangeQuestion({
  id,
  draft,
  onClose,
  onSave,
}: {
  id: number;
  draft: SegmentDraft;
  onClose: () => void;
  onSave: (announce: boolean) => void;
}) {
  const query = useQuery(changeCountQuery(id, draft.definition));
  return (
    <Modal opened onClose={onClose} title="Who comes and goes by this change?" size="lg">
      <Loaded query={query}>
        {({ segments, isCounted }) => (
          <Stack>
            <List>
              {segments
                .filter((segment) => segment.id !== id || draft.live)
                .map(({ id: of, name, entering, leaving }) => (
                  <List.Item key={of}>
                    <bdi>{name}</bdi>: {isCounted ? '' : 'about '}
                    {counted(entering, 'person', 'people')} would enter,{' '}
                    {counted(leaving, 'person', 'people')} would leave.
                  </List.Item>
                ))}
            </List>
            <Text>
              Unless you say so they come and go in silence: webhooks hear of nobody who does so by this
              change alone.
            </Text>
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                Go back
              </Button>
              <Button variant="default" onClick={() => onSave(true)}>
                Save and tell of them
              </Button>
              <Button data-autofocus onClick={() => onSave(false)}>
                Save in silence
              </Button>
            </Group>
          </Stack>
        )}
      </Loaded>
    </Modal>
  );
}
