import { Kbd, Modal, Stack, Switch, Table } from '@mantine/core';
import { useSingleKeys } from './use-keys.ts';

const keys: [string, string][] = [
  ['j', 'next thread'],
  ['k', 'previous thread'],
  ['r', 'answer'],
  ['n', 'write a note'],
  ['e', 'resolve, or reopen'],
  ['/', 'in an answer: a canned reply by its code'],
  ['Ctrl + Enter', 'send'],
  ['?', 'these keys'],
];

/** All keys of the inbox. */
export function KeysHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [isOn, setOn] = useSingleKeys();
  return (
    <Modal opened={opened} onClose={onClose} title="Keys">
      <Stack>
        <Table>
          <Table.Tbody>
            {keys.map(([key, deed]) => (
              <Table.Tr key={key}>
                <Table.Th scope="row">
                  <Kbd>{key}</Kbd>
                </Table.Th>
                <Table.Td>{deed}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Switch
          label="Single letters act while nobody types"
          checked={isOn}
          onChange={({ currentTarget }) => setOn(currentTarget.checked)}
        />
      </Stack>
    </Modal>
  );
}
