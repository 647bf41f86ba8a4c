import './inbox.css';
import { Center, Text } from '@mantine/core';
import { Outlet, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useInboxNews } from './live.ts';
import { useLeaving } from './presence.ts';
import { ThreadList } from './thread-list.tsx';

/** The inbox: the list of threads beside the one that is open; on a phone one or the other. */
export function InboxPage(): ReactNode {
  useInboxNews();
  useLeaving();
  const { id } = useParams({ strict: false });
  const filter = useSearch({ from: '/shell/inbox' });
  return (
    <div className="inbox full-width" {...(id !== undefined && { 'data-thread': true })}>
      <ThreadList filter={filter} current={id ?? null} />
      <Outlet />
    </div>
  );
}

/** What stands beside the list while no thread is open. */
export function NoThread(): ReactNode {
  return (
    <section className="inbox-column inbox-thread" aria-label="Thread">
      <Center flex={1} p="xl">
        <Text c="dimmed" ta="center" maw={320}>
          Choose a thread to read it. With the keyboard: j and k go through the list, ? shows all keys.
        </Text>
      </Center>
    </section>
  );
}
