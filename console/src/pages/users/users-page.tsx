import { Center, Stack, Text, TextInput, VisuallyHidden } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconFileImport, IconSearch } from '@tabler/icons-react';
import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { nameOf, type UserCard, usersQuery } from '../../api/users.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { LinkButton, TextLink } from '../../shell/router-link.tsx';
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
  {
    header: 'Where',
    cell: (user) => whereWords(user),
  },
  { header: 'Since', cell: (user) => day(user.signedUpAt) },
];

function whereWords({ places }: UserCard): string {
  const [first] = places;
  if (first === undefined) return 'unknown';
  return places.length === 1 ? placeWords(first).replace(/ \(.*/, '') : `one of ${places.length} places`;
}

/** What a search came to, for who does not see the table change. */
function foundWords(data: InfiniteData<{ users: UserCard[]; after: string | null }> | undefined): string {
  if (!data) return '';
  const found = data.pages.reduce((sum, page) => sum + page.users.length, 0);
  if (found === 0) return 'Nobody matches.';
  return `${counted(found, 'person matches', 'people match')}${data.pages.at(-1)?.after ? ', and more' : ''}.`;
}

/** Everybody the project knows, found by what they are known by. */
export function UsersPage() {
  const { query = '' } = useSearch({ from: '/shell/users' });
  const [typed, setTyped] = useState(query);
  // Back, and links to this page, change what is searched for too.
  useEffect(() => setTyped((before) => (before.trim() === query ? before : query)), [query]);
  const navigate = useNavigate({ from: '/users' });
  const search = useDebouncedCallback(
    (text: string) => void navigate({ search: text === '' ? {} : { query: text }, replace: true }),
    250,
  );
  const users = useInfiniteQuery(usersQuery(query));
  return (
    <Page
      title="Users"
      about="The people you may write to, and where each of them stands."
      actions={
        <LinkButton to="/import" leftSection={<IconFileImport size={18} aria-hidden />}>
          Import people
        </LinkButton>
      }
    >
      <TextInput
        type="search"
        label="Find somebody"
        placeholder="The start of an email, number, user id or name"
        leftSection={<IconSearch size={18} aria-hidden />}
        maw={480}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          search(event.currentTarget.value.trim());
        }}
      />
      <VisuallyHidden role="status">
        {query !== '' && !users.isPlaceholderData && foundWords(users.data)}
      </VisuallyHidden>
      <Loaded query={users}>
        {(data) => (
          <Stack>
            <DataTable
              caption={query === '' ? 'Users' : `Users matching ${query}`}
              columns={columns}
              rows={data.pages.flatMap((page) => page.users)}
              rowKey={(user) => user.ref}
              empty={<Text>{query === '' ? 'Nobody yet: import people first.' : 'Nobody matches.'}</Text>}
            />
            {users.hasNextPage && (
              <Center>
                <BusyButton
                  variant="default"
                  busy={users.isFetchingNextPage}
                  onClick={() => void users.fetchNextPage()}
                >
                  Show more
                </BusyButton>
              </Center>
            )}
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}
