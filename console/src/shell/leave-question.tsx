import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';

/**
 * Asks before the page is left with what is not saved, whether by a link, by Back or by closing the tab. `what` it is that is written:
 * `template`. `isClosingAsked` is for what is saved when the page is left, but not when the tab is closed; as `isAsked` unless given.
 */
export function LeaveQuestion({
  what,
  isAsked,
  isClosingAsked = isAsked,
}: {
  what: string;
  isAsked: () => boolean;
  isClosingAsked?: () => boolean;
}) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: isAsked,
    enableBeforeUnload: isClosingAsked,
    withResolver: true,
  });
  return (
    <Modal opened={status === 'blocked'} onClose={() => reset?.()} title="Leave without saving?">
      <Stack>
        <Text>What you wrote in this {what} is lost when you leave.</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => reset?.()} data-autofocus>
            Stay
          </Button>
          <Button color="red.8" autoContrast={false} onClick={() => proceed?.()}>
            Leave
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
