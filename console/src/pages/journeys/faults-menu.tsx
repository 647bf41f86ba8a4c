import { Button, Menu, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { count, counted } from '../../words/formats.ts';
import { refusalWords } from '../../words/refusal-words.ts';
import type { PlacedFault, Selection } from './faults.ts';
import { faultWords } from './panel/panel.tsx';
import { useSome } from './use-some.ts';

/** All that is to be mended in a draft, each a way to where that is done. */
export function FaultsMenu({
  faults,
  isKnown,
  error,
  onGo,
}: {
  faults: readonly PlacedFault[];
  isKnown: boolean;
  /** Why it is not known what is wrong by now. */
  error: Error | null;
  onGo: (at: Selection, field: string) => void;
}) {
  const { shown, more, showAll } = useSome(faults);
  if (error)
    return (
      <Text size="sm" role="status" className="save-line" data-state="failed">
        <IconAlertTriangle size={15} aria-hidden /> Not checked: {refusalWords(error)}
      </Text>
    );
  if (!isKnown) return null;
  if (faults.length === 0)
    return (
      <Text size="sm" c="dimmed" role="status" className="save-line">
        <IconCheck size={15} aria-hidden /> Nothing to mend
      </Text>
    );
  return (
    <Menu position="bottom-start" width={380} withinPortal={false} returnFocus={false}>
      <Menu.Target>
        <Button
          variant="light"
          color="red"
          size="xs"
          leftSection={<IconAlertTriangle size={16} aria-hidden />}
        >
          {counted(faults.length, 'thing')} to mend
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {shown.map(({ at, field, fault }) => (
          <Menu.Item
            key={`${JSON.stringify(at)} ${field} ${fault}`}
            disabled={at === null}
            onClick={() => at && onGo(at, field)}
          >
            <Text size="sm" className="anywhere">
              <b>{placeWords(at)}</b> {faultWords(field, fault)}
            </Text>
          </Menu.Item>
        ))}
        {more > 0 && (
          <Menu.Item closeMenuOnClick={false} c="dusk" onClick={showAll}>
            Show {count(more)} more
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

const placeWords = (at: Selection | null) =>
  at === null
    ? 'The journey:'
    : at.what === 'tile'
      ? `${at.id}:`
      : { entry: 'Entry:', exits: 'Exit rules and goal:', settings: 'Settings:' }[at.what];
