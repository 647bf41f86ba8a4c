import { Button, Card, Fieldset, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { setNumberConversation } from '../../../api/whatsapp-numbers.ts';
import { ActionForm } from '../../../shell/action-form.tsx';
import { useAction } from '../../../shell/use-action.ts';
import type { NumberCard } from './number-card.ts';

const mostIceBreakers = 4;
const mostCommands = 30;

/** What people may tap or type before they have written anything. */
export function ConversationCard({ sender, number, onChanged }: NumberCard) {
  const [iceBreakers, setIceBreakers] = useState(number.iceBreakers);
  const [commands, setCommands] = useState(number.commands);
  const save = useAction(
    () =>
      setNumberConversation(sender.id, {
        iceBreakers: iceBreakers.map((each) => each.trim()).filter(Boolean),
        commands: commands.filter(({ name }) => name.trim() !== ''),
      }),
    {
      ...{ inPlace: true, done: 'Ice breakers and commands are set' },
      after: (changed) => {
        setIceBreakers(changed.iceBreakers);
        setCommands(changed.commands);
        onChanged(changed);
      },
    },
  );
  const at = <Item,>(list: readonly Item[], place: number, item: Item) =>
    list.map((each, index) => (index === place ? item : each));
  return (
    <Card component="section" aria-labelledby="conversation">
      <Title order={2} id="conversation">
        Before they write
      </Title>
      <Text c="dimmed" size="sm" mb="sm">
        Ice breakers are questions that one taps in an empty chat. Commands appear when one types a stroke.
        What is tapped or typed arrives as any message does.
      </Text>
      <ActionForm action={save} submit="Save both">
        <Fieldset legend="Ice breakers" miw={0}>
          <Stack gap="xs">
            {iceBreakers.map((words, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other name than its place
              <Group key={place} gap="xs" wrap="nowrap">
                <TextInput
                  aria-label={`Ice breaker ${place + 1}`}
                  maxLength={80}
                  flex={1}
                  value={words}
                  onChange={(event) => setIceBreakers(at(iceBreakers, place, event.currentTarget.value))}
                />
                <Remove
                  what={`ice breaker ${place + 1}`}
                  onRemove={() => setIceBreakers(iceBreakers.filter((_, index) => index !== place))}
                />
              </Group>
            ))}
            {iceBreakers.length < mostIceBreakers && (
              <Add onAdd={() => setIceBreakers([...iceBreakers, ''])}>Add an ice breaker</Add>
            )}
          </Stack>
        </Fieldset>
        <Fieldset legend="Commands" miw={0}>
          <Stack gap="xs">
            {commands.map(({ name, description }, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other name than its place
              <Group key={place} gap="xs" align="flex-end">
                <TextInput
                  label={`Command ${place + 1}`}
                  leftSection="/"
                  maxLength={32}
                  flex="1 1 120px"
                  value={name}
                  onChange={(event) =>
                    setCommands(at(commands, place, { name: event.currentTarget.value, description }))
                  }
                />
                <TextInput
                  label="What it does"
                  required
                  maxLength={256}
                  flex="2 1 180px"
                  value={description}
                  onChange={(event) =>
                    setCommands(at(commands, place, { name, description: event.currentTarget.value }))
                  }
                />
                <Remove
                  what={`command ${place + 1}`}
                  onRemove={() => setCommands(commands.filter((_, index) => index !== place))}
                />
              </Group>
            ))}
            {commands.length < mostCommands && (
              <Add onAdd={() => setCommands([...commands, { name: '', description: '' }])}>Add a command</Add>
            )}
          </Stack>
        </Fieldset>
      </ActionForm>
    </Card>
  );
}

function Remove({ what, onRemove }: { what: string; onRemove: () => void }) {
  return (
    <Button variant="default" px="xs" aria-label={`Remove ${what}`} onClick={onRemove}>
      <IconTrash size={18} aria-hidden />
    </Button>
  );
}

function Add({ onAdd, children }: { onAdd: () => void; children: string }) {
  return (
    <Button
      variant="default"
      size="xs"
      w="fit-content"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={onAdd}
    >
      {children}
    </Button>
  );
}
