import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { listsQuery } from '../../api/lists.ts';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { LinkButton } from '../../shell/router-link.tsx';
import { mostInOrder, PeopleTable } from '../users/people-table.tsx';

/** One list and the people on it. */
export function ListPage() {
  const { id } = useParams({ from: '/shell/lists/$id' });
  const listId = Number(id);
  const lists = useQuery(listsQuery);
  const [cursor, setCursor] = useState<string>();
  return (
    <Loaded query={lists} page="List">
      {(all) => {
        const list = all.find((each) => each.id === listId);
        return (
          <Page
            title={list?.name ?? 'No such list'}
            about={list?.description}
            actions={
              <>
                <LinkButton to="/users" search={{ listId }} variant="default">
                  Search and narrow
                </LinkButton>
                <LinkButton to="/lists" variant="default">
                  All lists
                </LinkButton>
              </>
            }
          >
            {list && (
              <PeopleTable
                caption="People on the list"
                filter={{
                  listId,
                  sort: (list.size ?? 0) > mostInOrder ? '-since' : 'name',
                  ...(cursor === undefined ? {} : { cursor }),
                }}
                onPage={setCursor}
                empty="Nobody is on it yet. An import can put people on it."
              />
            )}
          </Page>
        );
      }}
    </Loaded>
  );
}
