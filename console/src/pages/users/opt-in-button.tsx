import { Button, Checkbox, Group, Modal, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconMessageCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { messageTypesQuery } from '../../api/channels.ts';
import { type OptInByHand, optInByHand } from '../../api/consent.ts';
import type { UserCard } from '../../api/users.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { localInput } from '../../words/formats.ts';
import { typeWords } from '../../words/type-words.ts';

type Method = OptInByHand['method'];
const methods: { value: Method; label: string }[] = [
  { value: 'webForm', label: 'On a web form' },
  { value: 'paper', label: 'On paper' },
  { value: 'inPerson', label: 'In person' },
  { value: 'keyword', label: 'By a keyword they texted' },
];

/** Records an opt-in that a person gave outside, with what proves it. */
export function OptInButton({ user }: { user: UserCard }) {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" leftSection={<IconMessageCheck size={18} aria-hidden />} onClick={open}>
        Record an opt-in
      </Button>
      <Modal opened={opened} onClose={close} title="Record what this person agreed to">
        <OptInForm user={user} onDone={close} />
      </Modal>
    </>
  );
}

function OptInForm({ user, onDone }: { user: UserCard; onDone: () => void }) {
  const { data: types = [] } = useQuery(messageTypesQuery);
  const reached = types.filter(({ medium }) =>
    medium === 'email'
      ? user.email !== ''
      : user.phoneNumber !== undefined || (medium === 'whatsApp' && user.whatsAppUserId !== undefined),
  );
  const today = localInput(Date.now()).slice(0, 10);
  const [chosen, setChosen] = useState<string[]>([]);
  const [method, setMethod] = useState<Method | null>(null);
  const [proof, setProof] = useState({ source: '', wording: '', on: '' });
  const save = useAction(
    (by: Method) => optInByHand({ user, messageTypeIds: chosen.map(Number), method: by, ...proof }),
    {
      ...{ once: true, inPlace: true, done: 'The opt-in is in the ledger' },
      refresh: [['users']],
      after: onDone,
    },
  );
  const change = (name: keyof typeof proof) => ({
    value: proof[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setProof((before) => ({ ...before, [name]: value }));
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (method !== null) save.act(method);
      }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          Only what the person agreed to themselves, and can be shown. An opt-out that is newer stands.
        </Text>
        <Checkbox.Group label="They agreed to" required value={chosen} onChange={setChosen}>
          <Stack gap="xs" mt="xs">
            {reached.map((type) => (
              <Checkbox key={type.id} value={String(type.id)} label={typeWords(type)} />
            ))}
            {reached.length === 0 && <Text size="sm">Give this person a number or an email first.</Text>}
          </Stack>
        </Checkbox.Group>
        <Select label="How" required data={methods} value={method} onChange={setMethod} />
        <TextInput label="Where" description="The page, the form, the shop" required {...change('source')} />
        <TextInput label="On which day" type="date" required max={today} {...change('on')} />
        <Textarea
          label="The words they agreed to"
          description="As they stood on the form"
          autosize
          minRows={2}
          {...change('wording')}
        />
        {save.error && <Problem error={save.error} />}
        <Group justify="flex-end">
          <BusyButton type="submit" busy={save.isBusy} disabled={chosen.length === 0 || method === null}>
            Record the opt-in
          </BusyButton>
        </Group>
      </Stack>
    </form>
  );
}
