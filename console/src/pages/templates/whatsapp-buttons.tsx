import { ActionIcon, Button, Card, Group, Menu, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { WhatsAppButton } from '../../api/templates.ts';

const kinds: { label: string; most: number; fresh: WhatsAppButton }[] = [
  { label: 'Open a page', most: 2, fresh: { type: 'url', text: '', url: '' } },
  { label: 'Quick reply', most: 10, fresh: { type: 'quickReply', text: '', payload: '' } },
  { label: 'Call a number', most: 1, fresh: { type: 'phone', text: '', phone: '' } },
  { label: 'Copy a code', most: 1, fresh: { type: 'copyCode', text: 'Copy code', code: '' } },
];
const mostButtons = 10;

/** The buttons under a WhatsApp message, at most ten. */
export function WhatsAppButtons({
  buttons,
  onChange,
}: {
  buttons: WhatsAppButton[];
  onChange: (buttons: WhatsAppButton[]) => void;
}) {
  const replace = (place: number, button: WhatsAppButton) =>
    onChange(buttons.map((each, index) => (index === place ? button : each)));
  return (
    <Stack gap="xs" role="group" aria-label="Buttons">
      <Text size="sm" fw={500}>
        Buttons
      </Text>
      {buttons.map((button, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a button is known by its place and nothing else
        <Card key={`${button.type} ${place}`} padding="sm">
          <Group align="flex-end" wrap="nowrap" gap="sm">
            <ButtonFields button={button} onChange={(next) => replace(place, next)} />
            <ActionIcon
              variant="default"
              size="lg"
              aria-label={`Remove button ${('text' in button && button.text) || place + 1}`}
              onClick={() => onChange(buttons.filter((_, index) => index !== place))}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </Group>
        </Card>
      ))}
      {buttons.length < mostButtons && (
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
            {kinds.map(({ label, most, fresh }) => (
              <Menu.Item
                key={label}
                disabled={buttons.filter(({ type }) => type === fresh.type).length >= most}
                onClick={() => onChange([...buttons, fresh])}
              >
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </Stack>
  );
}

function ButtonFields({
  button,
  onChange,
}: {
  button: WhatsAppButton;
  onChange: (button: WhatsAppButton) => void;
}) {
  return (
    <Group grow flex={1} gap="sm" preventGrowOverflow={false}>
      {'text' in button && (
        <TextInput
          label="Text"
          required
          maxLength={25}
          value={button.text}
          onChange={(event) => onChange({ ...button, text: event.currentTarget.value })}
        />
      )}
      {button.type === 'url' && (
        <TextInput
          label="Page"
          type="url"
          required
          placeholder="https://"
          value={button.url}
          onChange={(event) => onChange({ ...button, url: event.currentTarget.value })}
        />
      )}
      {button.type === 'phone' && (
        <TextInput
          label="Number"
          type="tel"
          required
          placeholder="+1…"
          value={button.phone}
          onChange={(event) => onChange({ ...button, phone: event.currentTarget.value })}
        />
      )}
      {button.type === 'copyCode' && (
        <TextInput
          label="Code"
          required
          maxLength={15}
          value={button.code}
          onChange={(event) => onChange({ ...button, code: event.currentTarget.value })}
        />
      )}
    </Group>
  );
}
