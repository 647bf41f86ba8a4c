import { Group, Text } from '@mantine/core';
import { BusyButton } from '../../shell/busy-button.tsx';
import { counted } from '../../words/formats.ts';
import type { useLookingForPeople } from './looking-for-people.ts';

/** Goes on with a search for people (`useLookingForPeople`), and tells how many were looked at for those that are shown. */
export function MorePeople({
  isLooking,
  lookForMore,
  pages,
}: ReturnType<typeof useLookingForPeople> & {
  /** None where all who are looked at are shown. */
  pages?: readonly { looked: number }[];
}) {
  const looked = pages?.reduce((sum, page) => sum + page.looked, 0);
  return (
    <Group>
      <BusyButton variant="default" busy={isLooking} onClick={lookForMore}>
        Show more people
      </BusyButton>
      {looked !== undefined && (
        <Text size="sm" c="dimmed" role="status">
          {counted(looked, 'person', 'people')} looked at so far
        </Text>
      )}
    </Group>
  );
}
