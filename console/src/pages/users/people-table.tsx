import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { nameOf, type PeopleFilter, peoplePageSize, peopleQuery, type UserCard } from '../../api/users.ts';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { Pager } from '../../shell/pager.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { TextLink } from '../../shell/router-link.tsx';
import { counted, day } from '../../words/formats.ts';
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
  onPage: (page: number) => void;
  /** Chooses the order, beside the count. */
  order?: ReactNode;
  empty: ReactNode;
}) {
  const people = useQuery(peopleQuery(filter));
  const page = filter.page ?? 1;
  return (
    <Loaded query={people}>
      {({ users, total }) => (
        <Stack>
          <Group justify="space-between" align="flex-end">
            <Text fw={600} role="status">
              {people.isPlaceholderData ? '…' : counted(total, 'person', 'people')}
            </Text>
            {order}
          </Group>
          <DataTable
            caption={caption}
            columns={columns}
            rows={users}
            rowKey={(user) => user.ref}
            empty={empty}
          />
          <Pager page={page} pageSize={peoplePageSize} total={total} onPage={onPage} />
        </Stack>
      )}
    </Loaded>
  );
}
