import { Button, Card, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';

/** A card of things that are made and changed in a dialog: `what` one is called (alert), and what changes one, null for a new one. */
export function EditedCard<Item extends { name: string }>({
  title,
  what,
  about,
  form,
  children,
}: {
  title: string;
  what: string;
  about: string;
  form: (edited: Item | null, close: () => void) => ReactNode;
  children: (edit: (item: Item) => void) => ReactNode;
}) {
  const titleId = useId();
  const [edited, setEdited] = useState<Item | null>(null);
  const [opened, { open, close }] = useDisclosure();
  const edit = (item: Item | null) => {
    setEdited(item);
    open();
  };
  return (
    <Card component="section" aria-labelledby={titleId}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} id={titleId}>
            {title}
          </Title>
          <Button
            variant="default"
            leftSection={<IconPlus size={18} aria-hidden />}
            onClick={() => edit(null)}
          >
            New {what}
          </Button>
        </Group>
        <Text size="sm" c="dimmed">
          {about}
        </Text>
        {children(edit)}
      </Stack>
      <Modal
        opened={opened}
        onClose={close}
        closeOnClickOutside={false}
        title={edited ? `Change ${edited.name}` : `New ${what}`}
        size="xl"
      >
        {form(edited, close)}
      </Modal>
    </Card>
  );
}
