import { ActionIcon, Button, Card, Group, Menu, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { WhatsAppButton } from '../../api/templates.ts';
import { useFault } from './parts/faults.ts';
import { Fault, PartFields } from './parts/part-fields.tsx';
import { buttonKinds } from './whatsapp-parts.ts';

/** Buttons of a message or a card: of which kinds, and how many of all. */
export function WhatsAppButtons<Of extends WhatsAppButton>({
  buttons,
  types,
  most,
  path,
  onChange,
}: {
  buttons: readonly Of[];
  types: readonly Of['type'][];
  most: number;
  /** Where they stand in the content: `buttons`. */
  path: string;
  onChange: (buttons: Of[]) => void;
}) {
  const fault = useFault(path);
  const replace = (place: number, button: Of) =>
    onChange(buttons.map((each, index) => (index === place ? button : each)));
  return (
    <Stack gap="xs" role="group" aria-label="Buttons">
      <Text size="sm" fw={500}>
        Buttons
      </Text>
      {buttons.map((button, place) => (
        <Card
          // biome-ignore lint/suspicious/noArrayIndexKey: a button is known by its place and nothing else
          key={`${button.type} ${place}`}
          padding="sm"
          role="group"
          aria-label={`Button ${place + 1}: ${buttonKinds[button.type].label}`}
        >
          <Group justify="space-between" wrap="nowrap">
            <Text size="sm" c="dimmed">
              {buttonKinds[button.type].label}
            </Text>
            <ActionIcon
              variant="default"
              size="lg"
              aria-label={`Remove button ${('text' in button && button.text) || place + 1}`}
              onClick={() => onChange(buttons.filter((_, index) => index !== place))}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </Group>
          <Stack gap="xs">
            <PartFields
              parts={buttonKinds[button.type].parts}
              of={button}
              path={`${path}.${place}`}
              // The parts of a kind write what the kind is.
              onChange={(next) => replace(place, next as Of)}
            />
          </Stack>
        </Card>
      ))}
      {fault && <Fault>{fault}</Fault>}
      {buttons.length < most && (
        <Menu withInitialFocusPlaceholder={false}>
          <Menu.Target>
            <Button
              variant="default"
              size="xs"
              w="fit-content"
              leftSection={<IconPlus size={16} aria-hidden />}
            >
              Add a button
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {types.map((type) => (
              <Menu.Item
                key={type}
                disabled={buttons.filter((button) => button.type === type).length >= buttonKinds[type].most}
                onClick={() => onChange([...buttons, buttonKinds[type].fresh as Of])}
              >
                {buttonKinds[type].label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </Stack>
  );
}
