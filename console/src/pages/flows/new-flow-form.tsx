import { Radio, Select, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { createFlow, type Flow, startersQuery } from '../../api/flows.ts';
import { sendersQuery } from '../../api/senders.ts';
import { ActionForm } from '../../shell/action-form.tsx';
import { useAction } from '../../shell/use-action.ts';

type Starter = NonNullable<Parameters<typeof createFlow>[0]['starter']>;

/** Makes a flow from one that is ready. */
export function NewFlowForm({ onDone }: { onDone: (flow: Flow) => void }) {
  const { data: senders = [] } = useQuery(sendersQuery);
  const { data: { starters } = { starters: [] } } = useQuery(startersQuery);
  const able = senders.filter(({ medium }) => medium === 'whatsApp');
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [starter, setStarter] = useState<Starter>('optIn');
  const senderId = chosen ?? (able[0] ? String(able[0].id) : null);
  const make = useAction(() => createFlow({ name: name.trim(), senderId: Number(senderId), starter }), {
    ...{ once: true, inPlace: true, refresh: [['flows']], after: onDone },
    done: 'The flow is made; nobody sees it until it is published',
  });
  return (
    <ActionForm action={make} submit="Make flow" isWhole={name.trim() !== '' && senderId !== null}>
      <TextInput
        label="Name"
        description="For you and Meta; people do not see it"
        required
        data-autofocus
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label="For the account of"
        required
        allowDeselect={false}
        data={able.map(({ id, name: label }) => ({ value: String(id), label }))}
        value={senderId}
        onChange={setChosen}
        description={able.length === 0 ? 'Connect a WhatsApp account under Senders first' : undefined}
      />
      <Radio.Group
        label="Begin with"
        value={starter}
        onChange={(key) => {
          const found = starters.find((each) => each.key === key);
          if (found) setStarter(found.key as Starter);
        }}
      >
        <Stack gap="sm" mt="xs">
          {starters.map(({ key, name: label, about }) => (
            <Radio
              key={key}
              value={key}
              label={label}
              description={
                <Text span size="sm">
                  {about}
                </Text>
              }
            />
          ))}
        </Stack>
      </Radio.Group>
    </ActionForm>
  );
}
