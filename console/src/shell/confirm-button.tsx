import { Button, type ButtonProps, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { BusyButton } from './busy-button.tsx';

/**
 * A button that asks before it acts; `question` is the dialog's title, `children` what will happen. `onAsk` is
 * called when the dialog opens, to look again at what it tells.
 */
export function ConfirmButton({
  label,
  question,
  confirm,
  onConfirm,
  onAsk,
  children,
  danger = false,
  busy = false,
  ...button
}: {
  label: string;
  question: string;
  confirm: string;
  onConfirm: () => void;
  onAsk?: () => void;
  children: ReactNode;
  danger?: boolean;
  busy?: boolean;
} & Omit<ButtonProps, 'children'>) {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <BusyButton
        {...button}
        busy={busy}
        onClick={() => {
          open();
          onAsk?.();
        }}
      >
        {label}
      </BusyButton>
      <Modal opened={opened} onClose={close} title={question}>
        <Stack>
          <Text component="div">{children}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={close} data-autofocus>
              Go back
            </Button>
            <Button
              {...(danger ? { color: 'red.8', autoContrast: false } : {})}
              onClick={() => {
                close();
                onConfirm();
              }}
            >
              {confirm}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
