import { Alert, Badge, Box, Button, Center, Drawer, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowLeft, IconEye, IconPencil, IconUser } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { Fragment, type ReactNode, useEffect, useRef, useState } from 'react';
import { agentsQuery, countsKey, type Entry, setRead, threadQuery, threadsKey } from '../../api/inbox.ts';
import { RequestError } from '../../api/request.ts';
import { nameOf } from '../../api/users.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Problem } from '../../shell/problem.tsx';
import { LinkButton } from '../../shell/router-link.tsx';
import { day } from '../../words/formats.ts';
import { agentName, stateWords } from '../../words/inbox-words.ts';
import { Composer } from './composer.tsx';
import { EntryView } from './entry-view.tsx';
import { PersonPanel } from './person-panel.tsx';
import { useOthers, useSign } from './presence.ts';
import { ThreadActions } from './thread-actions.tsx';

/** One thread: what was said, where one answers, and who the person is. */
export function ThreadPage(): ReactNode {
  const { id } = useParams({ from: '/shell/inbox/$id' });
  // Another thread is another page: nothing that was being written here goes there.
  return <ThreadView key={id} id={id} />;
}

function ThreadView({ id }: { id: string }) {
  const query = useInfiniteQuery(threadQuery(id));
  const filter = useSearch({ from: '/shell/inbox' });
  const queries = useQueryClient();
  const { data: agents } = useQuery(agentsQuery);
  const [isWriting, setWriting] = useState(false);
  const [isPersonOpen, person] = useDisclosure();
  useSign(id, isWriting);
  const heading = useRef<HTMLHeadingElement>(null);
  const newest = query.data?.pages[0];
  const thread = newest?.thread;
  const title = thread?.user ? nameOf(thread.user) : 'Thread';
  const me = agents?.me ?? '';
  const others = useOthers(id, newest?.present ?? [], query.dataUpdatedAt, me);
  const isThere = thread !== undefined;
  useEffect(() => {
    document.title = `${title} · Inbox · Carillon`;
  }, [title]);
  useEffect(() => {
    if (isThere) heading.current?.focus({ preventScroll: true });
  }, [isThere]);
  const isNews = (thread?.unread ?? 0) > 0 || thread?.mentioned.includes(me) === true;
  useEffect(() => {
    if (!isNews || document.hidden) return;
    void setRead(id, true).then(
      () => {
        void queries.invalidateQueries({ queryKey: threadsKey });
        void queries.invalidateQueries({ queryKey: countsKey });
      },
      // It stays unread, and is so again at the next look.
      () => undefined,
    );
  }, [id, isNews, queries]);
  const entries = query.data?.pages.toReversed().flatMap((page) => page.entries) ?? [];
  if (!newest || !thread)
    return (
      <section className="inbox-column inbox-thread" aria-label="Thread">
        <Box p="md">
          {query.error ? (
            <Stack>
              <Title order={1} size="h2">
                {isNotFound(query.error) ? 'No such thread' : 'Thread'}
              </Title>
              <Problem error={query.error} retry={() => void query.refetch()} />
            </Stack>
          ) : (
            <Center mih={180} role="status" aria-label="Loading">
              <Loader type="dots" />
            </Center>
          )}
        </Box>
      </section>
    );
  const name = (email: string | null) => agentName(agents?.agents ?? [], email);
  return (
    <>
      <section className="inbox-column inbox-thread" aria-label="Thread">
        <div className="inbox-head">
          <Group justify="space-between" gap="sm">
            <Group gap="sm" wrap="nowrap" miw={0} flex="1 1 180px">
              <LinkButton
                to="/inbox"
                search={filter}
                hiddenFrom="sm"
                variant="default"
                px="xs"
                aria-label="Back to the list"
              >
                <IconArrowLeft size={18} aria-hidden />
              </LinkButton>
              <Title order={1} size="h2" ref={heading} tabIndex={-1} dir="auto" className="anywhere">
                {title}
              </Title>
            </Group>
            <Group gap="xs">
              <Button
                hiddenFrom="xl"
                variant="default"
                leftSection={<IconUser size={16} aria-hidden />}
                onClick={person.open}
              >
                Person
              </Button>
              <ThreadActions thread={thread} agents={agents?.agents ?? []} me={me} />
            </Group>
          </Group>
          <Group gap="sm" mt={6}>
            <Badge color={stateWords[thread.state].colour}>{stateWords[thread.state].label}</Badge>
            <Text size="sm" c="dimmed" role="status" mih="1.4em">
              {others.map(({ agent, doing }) => (
                <Group key={agent} gap={6} component="span" display="inline-flex" mr="md">
                  {doing === 'writing' ? (
                    <IconPencil size={15} aria-hidden />
                  ) : (
                    <IconEye size={15} aria-hidden />
                  )}
                  {name(agent)} {doing === 'writing' ? 'is writing' : 'is looking'}
                </Group>
              ))}
            </Text>
          </Group>
        </div>
        <Said key={id} length={entries.length}>
          {query.hasNextPage && (
            <Center>
              <BusyButton
                variant="default"
                size="xs"
                busy={query.isFetchingNextPage}
                onClick={() => void query.fetchNextPage()}
              >
                Show earlier
              </BusyButton>
            </Center>
          )}
          {entries.map((entry, index) => (
            <Fragment key={`${entry.kind} ${entry.id}`}>
              {day(entry.at) !== dayOf(entries[index - 1]) && (
                <Text size="xs" fw={600} ta="center">
                  {day(entry.at)}
                </Text>
              )}
              <EntryView entry={entry} threadId={id} nameOf={name} />
            </Fragment>
          ))}
        </Said>
        {query.error && (
          <Alert color="orange" role="status" m="sm">
            {isNotFound(query.error)
              ? 'This thread is no more: its person was merged into another, or deleted. What you have begun to write still stands here.'
              : 'Not updated: the server cannot be asked just now.'}
          </Alert>
        )}
        <Composer
          thread={thread}
          can={newest.can}
          draft={newest.draft?.body ?? ''}
          noteDraft={newest.noteDraft?.body ?? ''}
          agents={agents?.agents ?? []}
          me={me}
          ahead={Date.parse(newest.now) - query.dataUpdatedAt}
          onWriting={setWriting}
        />
      </section>
      <aside className="inbox-column inbox-person" aria-label="Person">
        <div className="inbox-scroll">
          {thread.user && <PersonPanel user={thread.user} thread={thread} />}
        </div>
      </aside>
      <Drawer opened={isPersonOpen} onClose={person.close} title={title} position="right">
        {thread.user && <PersonPanel user={thread.user} thread={thread} />}
      </Drawer>
    </>
  );
}

const dayOf = (entry: Entry | undefined) => (entry ? day(entry.at) : null);

const isNotFound = (error: Error) => error instanceof RequestError && error.status === 404;

/** What was said, scrolled to its end when it is opened and when something comes while one is there. */
function Said({ length, children }: { length: number; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  // Pictures have their height when they have come.
  useEffect(() => {
    if (!inner.current) return;
    const growing = new ResizeObserver(() => {
      if (isAtEnd.current) box.current?.scrollTo({ top: box.current.scrollHeight });
    });
    growing.observe(inner.current);
    return () => growing.disconnect();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is new makes it longer
  useEffect(() => {
    if (isAtEnd.current) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [length]);
  return (
    <div
      ref={box}
      className="inbox-scroll"
      role="log"
      aria-label="What was said"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < 60;
      }}
    >
      <Stack ref={inner} gap="sm" p="md">
        {children}
      </Stack>
    </div>
  );
}
