import { ActionIcon, Kbd, Popover, Table, Tooltip } from '@mantine/core';
import { IconKeyboard } from '@tabler/icons-react';

const keys = [
  { key: 'Arrows', does: 'along the ways, and to what stands beside' },
  { key: 'Enter', does: 'opens what a tile says' },
  { key: '+', does: 'adds a tile after it' },
  { key: 'Delete', does: 'takes it away' },
  { key: 'Escape', does: 'closes, and goes back to the tile' },
  { key: 'Ctrl+Z', does: 'undoes; with Shift does it again' },
];

/** What keys do on the canvas, on demand. */
export function KeysHelp() {
  return (
    <Popover position="bottom-end" withArrow trapFocus>
      <Popover.Target>
        <Tooltip label="Keys">
          <ActionIcon variant="default" size={30} aria-label="Keys">
            <IconKeyboard size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Table aria-label="Keys on the canvas">
          <Table.Tbody>
            {keys.map(({ key, does }) => (
              <Table.Tr key={key}>
                <Table.Th scope="row">
                  <Kbd>{key}</Kbd>
                </Table.Th>
                <Table.Td>{does}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Popover.Dropdown>
    </Popover>
  );
}
