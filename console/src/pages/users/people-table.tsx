import { Card, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { RequestError } from '../../api/request.ts';
import { nameOf, type PeopleFilter, peopleQuery, type UserCard } from '../../api/users.ts';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { TextLink } from '../../shell/router-link.tsx';
import { Steps } from '../../shell/steps.tsx';
import { count, counted, day } from '../../words/formats.ts';
import { placeWords } from '../../words/place-words.ts';

const columns: Column<UserCard>[] = [
  {
    header: 'Name',
    cell: (user) => (
      <TextLink to="/users/$ref" params={{ ref: user.ref }} className="stretched">
        <bdi>{nameOf(user)}</bdi>
      </TextLink>
    ),
  },
  { header: 'Phone', cell: (user) => user.phoneNumber ?? '–' },
  { header: 'Email', cell: (user) => user.email || '–' },
  { header: 'Where', cell: (user) => whereWords(user) },
  { header: 'Since', cell: (user) => day(user.signedUpAt) },
];

function whereWords({ places }: UserCard): string {
  const [first] = places;
  if (first === undefined) return 'unknown';
  return places.length === 1 ? placeWords(first).replace(/ \(.*/, '') : `one of ${places.length} places`;
}

/** More than so many are shown as they came; `GET /api/users` refuses them in another order. */
export const mostInOrder = 5_000;

/** The people who match, a page at a time, and how many they are. */
export function PeopleTable({
  caption,
  filter,
  onPage,
  order,
  empty,
}: {
  caption: string;
  filter: PeopleFilter;
  /** Goes to the page of a cursor; none for the first page. */
  onPage: (cursor: string | undefined) => void;
  /** Chooses the order, beside the count; it stays where more match than the order can take. */
  order?: (isMany: boolean) => ReactNode;
  empty: ReactNode;
}) {
  const people = useQuery(peopleQuery(filter));
  const { data } = people;
  const isRefused = people.error instanceof RequestError && people.error.params.field === 'sort';
  const isMany = data ? data.isCapped || data.total > mostInOrder : isRefused;
  return (
    <Stack>
      <Group justify="space-between" align="flex-end">
        <Text fw={600} role="status">
          {isRefused
            ? howMany({ total: mostInOrder, isCapped: true })
            : data === undefined || people.isPlaceholderData
              ? '…'
              : howMany(data)}
        </Text>
        {order?.(isMany)}
      </Group>
      {isRefused ? (
        <Card>
          <Text>
            They are too many to stand in this order: choose the newest or the oldest first, or search for
            whom you mean.
          </Text>
        </Card>
      ) : (
        <Loaded query={people}>
          {({ users, next, previous }) => (
            <Stack>
              <DataTable
                caption={caption}
                columns={columns}
                rows={users}
                rowKey={(user) => user.ref}
                empty={empty}
              />
              <Steps next={next} previous={previous} isFirst={filter.cursor === undefined} onPage={onPage} />
            </Stack>
          )}
        </Loaded>
      )}
    </Stack>
  );
}

const howMany = ({ total, isCapped }: { total: number; isCapped: boolean }) =>
  isCapped ? `More than ${count(total)} people` : counted(total, 'person', 'people');
