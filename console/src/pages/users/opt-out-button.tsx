import { Button, Checkbox, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconMessageOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { channelsQuery } from '../../api/channels.ts';
import { optOutByHand } from '../../api/consent.ts';
import type { UserCard } from '../../api/users.ts';
import { ActionForm } from '../../shell/action-form.tsx';
import { useAction } from '../../shell/use-action.ts';

/** Records an opt-out that came by another way: a call, a letter, in person. */
export function OptOutButton({ user }: { user: UserCard }) {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" leftSection={<IconMessageOff size={18} aria-hidden />} onClick={open}>
        Opt out by hand
      </Button>
      <Modal opened={opened} onClose={close} title="Opt this person out">
        <OptOutForm user={user} onDone={close} />
      </Modal>
    </>
  );
}

function OptOutForm({ user, onDone }: { user: UserCard; onDone: () => void }) {
  const { data: channels = [] } = useQuery(channelsQuery);
  const promotional = channels.filter((channel) => channel.purpose === 'promotional');
  const transactional = channels.filter((channel) => channel.purpose === 'transactional');
  const [chosen, setChosen] = useState<string[] | null>(null);
  const channelIds = chosen ?? promotional.map((channel) => String(channel.id));
  const [source, setSource] = useState('');
  const [note, setNote] = useState('');
  const save = useAction(() => optOutByHand({ user, channelIds: channelIds.map(Number), source, note }), {
    ...{ once: true, inPlace: true, done: 'Opted out; nothing that waits will leave' },
    refresh: [['users'], ['unclear']],
    after: onDone,
  });
  return (
    <ActionForm action={save} submit="Opt out" isWhole={channelIds.length !== 0}>
      <Text size="sm" c="dimmed">
        It holds at once, also for messages that wait to be sent, and stands in the ledger under your name.
      </Text>
      <Checkbox.Group label="Channels" value={channelIds} onChange={setChosen}>
        <Stack gap="xs" mt="xs">
          {[...promotional, ...transactional].map((channel) => (
            <Checkbox key={channel.id} value={String(channel.id)} label={channel.name} />
          ))}
        </Stack>
      </Checkbox.Group>
      <TextInput
        label="Source"
        description="From where the wish came: a call, a letter, a counter"
        required
        value={source}
        onChange={(event) => setSource(event.currentTarget.value)}
      />
      <Textarea
        label="Note"
        description="Their words, as well as you know them"
        autosize
        minRows={2}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </ActionForm>
  );
}
