import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { countsKey, inboxKey, type Present, presenceKey, threadKey, threadsKey } from '../../api/inbox.ts';

/** News that come in one after the other are looked at together, this often at most. */
const gatheredForMs = 250;
/** A browser comes back by itself when a connection breaks, but not when it was refused. */
const againMs = 3_000;

/** Keeps what is shown of the inbox as the server has it, by its news (server-sent events). */
export function useInboxNews(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const gathered = gather(queries);
    let source: EventSource;
    let again: ReturnType<typeof setTimeout> | undefined;
    const open = () => {
      source = new EventSource('/api/inbox/live');
      source.addEventListener('threads', ({ data }) =>
        gathered.add((JSON.parse(data) as { threads: string[] }).threads),
      );
      source.addEventListener('lookAgain', () => gathered.add(null));
      source.addEventListener('presence', ({ data }) =>
        notePresence(queries, JSON.parse(data) as PresenceNews),
      );
      source.addEventListener('error', () => {
        if (source.readyState === EventSource.CLOSED) again = setTimeout(open, againMs);
      });
    };
    open();
    return () => {
      source.close();
      clearTimeout(again);
      gathered.stop();
    };
  }, [queries]);
}

/** Gathers ids of threads that are others now (null: any may be), and has them asked for together. */
function gather(queries: QueryClient) {
  let threads = new Set<string>();
  let all = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    timer = undefined;
    if (all) void queries.invalidateQueries({ queryKey: inboxKey });
    else {
      for (const id of threads) void queries.invalidateQueries({ queryKey: threadKey(id) });
      void queries.invalidateQueries({ queryKey: threadsKey });
      void queries.invalidateQueries({ queryKey: countsKey });
    }
    threads = new Set();
    all = false;
  };
  return {
    add: (news: string[] | null) => {
      if (news === null) all = true;
      else for (const id of news) threads.add(id);
      timer ??= setTimeout(look, gatheredForMs);
    },
    stop: () => clearTimeout(timer),
  };
}

interface PresenceNews {
  agent: string;
  thread: string | null;
  doing: Present['doing'];
}

/** Who is at a thread, with when they last gave a sign. */
export type Presences = Record<string, { doing: Present['doing']; at: number; thread: string | null }>;

/** All agents who have given a sign, by name. */
export const presencesKey = presenceKey('all');

function notePresence(queries: QueryClient, { agent, thread, doing }: PresenceNews): void {
  queries.setQueryData<Presences>(presencesKey, (before = {}) => ({
    ...before,
    [agent]: { doing, thread, at: Date.now() },
  }));
}
