import { Modal, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { SendTime } from '../../api/campaigns.ts';
import { type ForecastPerson, type ForecastReason, forecastPeopleQuery } from '../../api/numbers.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { TextLink } from '../../shell/router-link.tsx';
import { instant } from '../../words/formats.ts';
import { skipReasonWords } from '../../words/skip-reasons.ts';
import { useLookingForPeople } from './looking-for-people.ts';

const person: Column<ForecastPerson> = {
  header: 'Person',
  cell: ({ userRef, email, userId, phoneNumber }) => (
    <TextLink to="/users/$ref" params={{ ref: userRef }} className="stretched">
      {phoneNumber ?? email ?? userId ?? 'a user without address'}
    </TextLink>
  ),
};

const columnsOf = (reason: ForecastReason): Column<ForecastPerson>[] =>
  reason === 'delayed'
    ? [person, { header: 'May leave', cell: ({ dueAt }) => instant(dueAt) }]
    : [
        person,
        { header: 'Email', cell: ({ email }) => email ?? '–' },
        { header: 'In detail', cell: ({ detail }) => detail ?? '–' },
      ];

/** The people whom a reason would skip, or who would wait: looked for until there are some fifty of them, and then as far as one asks. */
export function PeopleBehind({
  campaignId,
  time,
  reason,
  onClose,
}: {
  campaignId: number;
  time: SendTime | null;
  reason: ForecastReason;
  onClose: () => void;
}) {
  const query = useInfiniteQuery(forecastPeopleQuery(campaignId, time, reason));
  const { isLooking, lookForMore } = useLookingForPeople(query, 50);
  const title = reason === 'delayed' ? 'Will wait' : `Will be skipped: ${skipReasonWords(reason)}`;
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <Loaded query={query}>
        {({ pages }) => (
          <Stack>
            <DataTable
              caption={title}
              columns={columnsOf(reason)}
              rows={pages.flatMap((page) => page.people)}
              rowKey={(each) => each.userRef}
              empty={<Text>{query.hasNextPage ? 'Nobody so far.' : 'Nobody.'}</Text>}
            />
            {query.hasNextPage && (
              <BusyButton variant="default" busy={isLooking} onClick={lookForMore}>
                Look for more
              </BusyButton>
            )}
          </Stack>
        )}
      </Loaded>
    </Modal>
  );
}
