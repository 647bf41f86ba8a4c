import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { giveSign, type Present } from '../../api/inbox.ts';
import { randomKey } from '../../words/random-key.ts';
import { type Presences, presencesKey } from './live.ts';

/** How often a window gives a sign of life, and after how long without one its agent is taken to have left. */
const signEveryMs = 10_000;
const gone = 30_000;

/** This window's name among the agent's. */
const windowName = randomKey().slice(0, 16);

/** Tells the others which thread this window shows (null: the list alone), and whether somebody writes in it. */
export function useSign(threadId: string | null, isWriting: boolean): void {
  const doing = isWriting ? ('writing' as const) : ('looking' as const);
  useEffect(() => {
    const give = () => void giveSign({ window: windowName, threadId, doing }).catch(() => undefined);
    give();
    const every = setInterval(give, signEveryMs);
    return () => clearInterval(every);
  }, [threadId, doing]);
}

/** Tells that this window shows the inbox no more, as it is closed or shows something else. */
export function useLeaving(): void {
  useEffect(() => {
    const leave = () =>
      void giveSign({ window: windowName, threadId: null, doing: 'looking', closes: true }).catch(
        () => undefined,
      );
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      leave();
    };
  }, []);
}

/** Who else has a thread open now: as the server told it when the thread was read, and as the news have told since. */
export function useOthers(
  threadId: string,
  read: readonly Present[],
  readAt: number,
  me: string,
): { agent: string; doing: Present['doing'] }[] {
  const { data: signs = {} } = useQuery<Presences>({
    queryKey: presencesKey,
    queryFn: () => ({}),
    enabled: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const now = useNow(5_000);
  const others = new Map(now - readAt < gone ? read.map(({ agent, doing }) => [agent, doing] as const) : []);
  for (const [agent, { thread, doing, at }] of Object.entries(signs)) {
    if (thread === threadId && now - at < gone) others.set(agent, doing);
    else others.delete(agent);
  }
  others.delete(me);
  return [...others].map(([agent, doing]) => ({ agent, doing }));
}

/** The time, looked at again every so many milliseconds. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const every = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(every);
  }, [everyMs]);
  // What has just been told of is not in the future.
  return Math.max(now, Date.now());
}
