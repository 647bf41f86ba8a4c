import { Card, CloseButton, Group, Paper, Select, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { listsQuery, setMembership } from '../../api/lists.ts';
import { listsOfQuery, type UserCard } from '../../api/users.ts';
import { Loaded } from '../../shell/problem.tsx';
import { TextLink } from '../../shell/router-link.tsx';
import { useAction } from '../../shell/use-action.ts';

/** The lists a person is on; they can be put on others and taken off. */
export function ListsCard({ user }: { user: UserCard }) {
  const memberships = useQuery(listsOfQuery(user.ref));
  const { data: lists = [] } = useQuery(listsQuery);
  const set = useAction(
    ({ id, isMember }: { id: number; isMember: boolean }) => setMembership(user, id, isMember),
    {
      done: (_, { isMember }) => (isMember ? 'Put on the list' : 'Taken off the list'),
      refresh: [['users', user.ref, 'lists'], ['lists']],
    },
  );
  return (
    <Card component="section" aria-labelledby="lists">
      <Title order={2} id="lists" mb="md">
        Lists
      </Title>
      <Loaded query={memberships}>
        {(on) => (
          <>
            {on.length === 0 && <Text c="dimmed">On no list.</Text>}
            <Group gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
              {on.map((list) => (
                <Paper key={list.id} component="li" withBorder px="sm" py={2}>
                  <Group gap={4} wrap="nowrap">
                    <TextLink to="/lists/$id" params={{ id: String(list.id) }}>
                      {list.name}
                    </TextLink>
                    <CloseButton
                      size="sm"
                      aria-label={`Take off ${list.name}`}
                      disabled={set.isBusy}
                      onClick={() => set.act({ id: list.id, isMember: false })}
                    />
                  </Group>
                </Paper>
              ))}
            </Group>
            <Select
              mt="md"
              maw={360}
              label="Put on a list"
              placeholder="Choose a list"
              searchable
              data={lists
                .filter((list) => !on.some((each) => each.id === list.id))
                .map((list) => ({ value: String(list.id), label: list.name }))}
              value={null}
              disabled={set.isBusy}
              nothingFoundMessage="No such list"
              onChange={(id) => id !== null && set.act({ id: Number(id), isMember: true })}
            />
          </>
        )}
      </Loaded>
    </Card>
  );
}
