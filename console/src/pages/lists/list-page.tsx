import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { listMembersQuery, listSizeQuery, listsQuery, membersShown } from '../../api/lists.ts';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { LinkButton, TextLink } from '../../shell/router-link.tsx';
import { count, counted } from '../../words/formats.ts';

const columns: Column<string>[] = [
  {
    header: 'Person',
    cell: (name) =>
      // A number names nobody in an address; the search finds whose it is.
      name.startsWith('+') ? (
        <TextLink to="/users" search={{ query: name }} className="stretched">
          {name}
        </TextLink>
      ) : (
        <TextLink to="/users/$ref" params={{ ref: name }} className="stretched">
          {name}
        </TextLink>
      ),
  },
];

/** One list and the people on it. */
export function ListPage() {
  const { id } = useParams({ from: '/shell/lists/$id' });
  const listId = Number(id);
  const lists = useQuery(listsQuery);
  const size = useQuery(listSizeQuery(listId));
  const members = useQuery(listMembersQuery(listId));
  const list = lists.data?.find((each) => each.id === listId);
  return (
    <Loaded query={members} page="List">
      {(names) => (
        <Page
          title={list?.name ?? `List ${id}`}
          about={[size.data !== undefined && counted(size.data, 'person', 'people'), list?.description]
            .filter(Boolean)
            .join(' · ')}
          actions={
            <LinkButton to="/lists" variant="default">
              All lists
            </LinkButton>
          }
        >
          <Stack>
            <DataTable
              caption="People on the list"
              columns={columns}
              rows={names}
              rowKey={(name) => name}
              empty="Nobody is on it yet. An import can put people on it."
            />
            {names.length === membersShown && (
              <Text c="dimmed">The first {count(membersShown)} of them are shown.</Text>
            )}
          </Stack>
        </Page>
      )}
    </Loaded>
  );
}
