import {
  ActionIcon,
  Badge,
  Button,
  Center,
  Group,
  Loader,
  Menu,
  Select,
  Stack,
  Text,
  TextInput,
  Title,
  Tooltip,
} from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconKeyboard, IconSearch, IconSettings } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import {
  agentsQuery,
  countsQuery,
  type Thread,
  type ThreadFilter,
  threadStates,
  threadsQuery,
} from '../../api/inbox.ts';
import { media } from '../../api/media.ts';
import { nameOf } from '../../api/users.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Problem } from '../../shell/problem.tsx';
import { TextLink } from '../../shell/router-link.tsx';
import { ago, count } from '../../words/formats.ts';
import { agentName, dueWords, stateWords } from '../../words/inbox-words.ts';
import { mediumWords } from '../../words/message-statuses.ts';
import { InboxSettingsDialog } from './inbox-settings.tsx';
import { KeysHelp } from './keys-help.tsx';
import { useNow, useSign } from './presence.ts';
import { useKeys } from './use-keys.ts';

/** The views one chooses from: whose threads, and how they stand. */
const views = [
  { value: 'mine', label: 'Mine, open', filter: { assignee: 'me', state: 'open' } },
  { value: 'nobodys', label: 'Nobody’s, open', filter: { assignee: 'nobody', state: 'open' } },
  { value: 'unread', label: 'Unread', filter: { unread: true } },
  { value: 'mentions', label: 'Notes for me', filter: { mentions: 'me' } },
  ...threadStates.map((state) => ({
    value: state,
    label: state === 'open' ? 'All open' : stateWords[state].label,
    filter: { state },
  })),
  { value: 'all', label: 'All threads', filter: {} },
] as const satisfies readonly { value: string; label: string; filter: ThreadFilter }[];

function viewOf({ state, assignee, unread, mentions }: ThreadFilter): string {
  const found = views.find(
    ({ filter }: { filter: ThreadFilter }) =>
      filter.state === state &&
      filter.assignee === assignee &&
      filter.unread === unread &&
      filter.mentions === mentions,
  );
  return found?.value ?? 'all';
}

/** The list of threads with what narrows it; j and k go through it. */
export function ThreadList({ filter, current }: { filter: ThreadFilter; current: string | null }) {
  const list = useInfiniteQuery(threadsQuery(filter));
  const { data: counts } = useQuery({ ...countsQuery, refetchInterval: 60_000 });
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<'keys' | 'settings' | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const threads = list.data?.pages.flatMap((page) => page.threads) ?? [];
  useEffect(() => {
    if (current !== null) return;
    document.title = 'Inbox · Carillon';
    heading.current?.focus({ preventScroll: true });
  }, [current]);
  const go = (step: 1 | -1) => {
    const at = threads.findIndex(({ id }) => id === current);
    const next = threads[at < 0 ? 0 : at + step];
    if (next) void navigate({ to: '/inbox/$id', params: { id: next.id }, search: filter });
  };
  useKeys({ j: () => go(1), k: () => go(-1), '?': () => setDialog('keys') });
  const narrow = (narrowed: ThreadFilter) => {
    const kept = { ...(filter.query && { query: filter.query }), ...narrowed };
    void navigate({
      to: current === null ? '/inbox' : '/inbox/$id',
      params: { id: current ?? '' },
      search: kept,
    });
  };
  const known: Record<string, unknown> = counts ?? {};
  return (
    <section className="inbox-column inbox-list" aria-label="Threads">
      {current === null && <ListSign />}
      <Stack className="inbox-head" gap="xs">
        <Group justify="space-between" wrap="nowrap">
          {current === null ? (
            <Title order={1} ref={heading} tabIndex={-1} size="h2">
              Inbox
            </Title>
          ) : (
            <TextLink to="/inbox" search={filter} fw={650} size="lg" underline="hover" c="inherit">
              Inbox
            </TextLink>
          )}
          <Group gap={4} wrap="nowrap">
            <Tooltip label="Keys">
              <ActionIcon variant="subtle" aria-label="Keys" onClick={() => setDialog('keys')}>
                <IconKeyboard size={20} aria-hidden />
              </ActionIcon>
            </Tooltip>
            <Tooltip label="Settings and canned replies">
              <ActionIcon
                variant="subtle"
                aria-label="Settings and canned replies"
                onClick={() => setDialog('settings')}
              >
                <IconSettings size={20} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </Group>
        </Group>
        <Search
          value={filter.query ?? ''}
          onSearch={(query) => void narrowTo(navigate, filter, current, query)}
        />
        <Group gap="xs" wrap="nowrap">
          <Select
            flex={1}
            aria-label="Which threads"
            allowDeselect={false}
            data={views.map(({ value, label }) => ({
              value,
              label: `${label}${numberOf(known[value], counts?.most)}`,
            }))}
            value={viewOf(filter)}
            onChange={(value) => {
              const chosen = views.find((view) => view.value === value);
              if (chosen) narrow({ ...chosen.filter, ...pick(filter) });
            }}
          />
          <Select
            w={120}
            aria-label="Where they wrote last"
            placeholder="Any channel"
            clearable
            data={media.map((medium) => ({ value: medium, label: mediumWords(medium) }))}
            value={filter.medium ?? null}
            onChange={(medium) => {
              const { medium: _, ...rest } = filter;
              narrow(medium === null ? rest : { ...rest, medium: medium as (typeof media)[number] });
            }}
          />
          {(counts?.tags.length ?? 0) > 0 && (
            <Menu position="bottom-end">
              <Menu.Target>
                <Button variant={filter.tag ? 'light' : 'default'} px="sm">
                  {filter.tag ?? 'Tag'}
                </Button>
              </Menu.Target>
              <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
                {filter.tag && <Menu.Item onClick={() => narrow(without(filter))}>Any tag</Menu.Item>}
                {counts?.tags.map((tag) => (
                  <Menu.Item key={tag} onClick={() => narrow({ ...filter, tag })}>
                    {tag}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          )}
        </Group>
      </Stack>
      <div className="inbox-scroll">
        {list.error && !list.data ? (
          <Problem error={list.error} retry={() => void list.refetch()} />
        ) : list.isPending ? (
          <Center mih={120} role="status" aria-label="Loading">
            <Loader type="dots" />
          </Center>
        ) : threads.length === 0 ? (
          <Text c="dimmed" p="md">
            {filter.query
              ? 'No thread has these words, and no such person wrote.'
              : 'Nothing here. What people write to you opens a thread; keywords like STOP do not.'}
          </Text>
        ) : (
          <nav aria-label="List of threads">
            {threads.map((thread) => (
              <Row key={thread.id} thread={thread} filter={filter} isCurrent={thread.id === current} />
            ))}
            {list.hasNextPage && (
              <Center p="sm">
                <BusyButton
                  variant="default"
                  busy={list.isFetchingNextPage}
                  onClick={() => void list.fetchNextPage()}
                >
                  Show more
                </BusyButton>
              </Center>
            )}
          </nav>
        )}
      </div>
      <KeysHelp opened={dialog === 'keys'} onClose={() => setDialog(null)} />
      <InboxSettingsDialog opened={dialog === 'settings'} onClose={() => setDialog(null)} />
    </section>
  );
}

/** What narrows every view. */
const pick = ({ tag, medium }: ThreadFilter): ThreadFilter => ({
  ...(tag && { tag }),
  ...(medium && { medium }),
});
const without = ({ tag: _, ...rest }: ThreadFilter): ThreadFilter => rest;
/** How many there are behind a view's name; nothing for one that is not counted. */
const numberOf = (value: unknown, most: number | undefined) =>
  typeof value === 'number' ? ` (${count(value)}${value === most ? '+' : ''})` : '';

function narrowTo(
  navigate: ReturnType<typeof useNavigate>,
  { query: _, ...filter }: ThreadFilter,
  current: string | null,
  query: string,
) {
  const search = query === '' ? filter : { ...filter, query };
  return navigate({
    to: current === null ? '/inbox' : '/inbox/$id',
    params: { id: current ?? '' },
    search,
    replace: true,
  });
}

/** Says that the list alone is open. */
function ListSign() {
  useSign(null, false);
  return null;
}

function Search({ value, onSearch }: { value: string; onSearch: (query: string) => void }) {
  const [typed, setTyped] = useState(value);
  const search = useDebouncedCallback(onSearch, 300);
  return (
    <TextInput
      type="search"
      aria-label="Find words or a person"
      placeholder="Words or a person"
      leftSection={<IconSearch size={16} aria-hidden />}
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        search(currentTarget.value.trim());
      }}
    />
  );
}

function Row({ thread, filter, isCurrent }: { thread: Thread; filter: ThreadFilter; isCurrent: boolean }) {
  const { data } = useQuery(agentsQuery);
  const now = useNow(30_000);
  const row = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (isCurrent) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isCurrent]);
  const { user, unread, state, assignee, replyDue, mentioned } = thread;
  const isForMe = data !== undefined && mentioned.includes(data.me);
  const due = replyDue === null ? null : dueWords(replyDue, now);
  return (
    <Link
      ref={row}
      to="/inbox/$id"
      params={{ id: thread.id }}
      search={filter}
      className="thread-row"
      aria-current={isCurrent ? 'true' : undefined}
    >
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text fw={unread > 0 ? 700 : 500} truncate dir="auto">
          {user ? nameOf(user) : 'Somebody'}
        </Text>
        <Group gap={6} wrap="nowrap">
          <Text size="xs" c="dimmed" className="number">
            {ago(thread.lastAt, now)}
          </Text>
          {unread > 0 && <span className="unread-dot" role="img" aria-label={`${unread} unread`} />}
        </Group>
      </Group>
      <Text size="sm" c="dimmed" truncate dir="auto">
        {thread.isPreviewOurs && 'You: '}
        {thread.preview}
      </Text>
      <Group gap={6} mt={4}>
        <Text size="xs" c="dimmed">
          {[
            ...(thread.medium === null ? [] : [mediumWords(thread.medium)]),
            ...(assignee === null ? [] : [agentName(data?.agents ?? [], assignee)]),
          ].join(' · ')}
        </Text>
        {state !== 'open' && (
          <Badge size="sm" color={stateWords[state].colour}>
            {stateWords[state].label}
          </Badge>
        )}
        {isForMe && (
          <Badge size="sm" color="yellow">
            Note for you
          </Badge>
        )}
        {due && (
          <Badge size="sm" color={due.isOver ? 'red' : 'gray'}>
            {due.words}
          </Badge>
        )}
        {thread.tags.map((tag) => (
          <Badge key={tag} size="sm" color="teal">
            {tag}
          </Badge>
        ))}
      </Group>
    </Link>
  );
}
