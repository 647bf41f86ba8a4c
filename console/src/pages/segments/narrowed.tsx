import { Button, Group, Menu } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';

/** Offers what a condition may say besides, by the name it has in the leaf; what is said already is not offered again. */
export function NarrowMenu({
  label,
  choices,
  onChoose,
}: {
  label: string;
  choices: readonly { name: string; label: string }[];
  onChoose: (name: string) => void;
}) {
  if (choices.length === 0) return null;
  return (
    <Group>
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <Button variant="subtle" size="xs" leftSection={<IconPlus size={14} aria-hidden />}>
            {label}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {choices.map((choice) => (
            <Menu.Item key={choice.name} onClick={() => onChoose(choice.name)}>
              {choice.label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
