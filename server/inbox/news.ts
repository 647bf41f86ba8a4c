import { sql } from 'kysely';
import pg from 'pg';
import type { Clock } from '../clock/clock.ts';
import type { Database } from '../database/connect.ts';

/** Something that whoever has the inbox open is told at once. */
export type InboxNews =
  /** These threads are others now: look at them again. */
  | { what: 'threads'; projectId: number; threads: string[] }
  /** Somebody looks at a thread, writes in it, or (null) has left it. */
  | {
      what: 'presence';
      projectId: number;
      agent: string;
      thread: string | null;
      doing: 'looking' | 'writing';
    }
  /** News may have been missed: look at everything again. */
  | { what: 'lookAgain'; projectId: number };

const channel = 'carillon_inbox';
/** PostgreSQL takes 8,000 bytes with a notification. */
const mostThreads = 300;

/** Tells of news; from within a transaction, when it is committed. */
export async function tellNews(db: Database, news: InboxNews): Promise<void> {
  const told: InboxNews =
    news.what === 'threads' && news.threads.length > mostThreads
      ? { what: 'lookAgain', projectId: news.projectId }
      : news;
  await sql`SELECT pg_notify(${channel}, ${JSON.stringify(told)})`.execute(db);
}

/** Hears news in this process, for any number of followers. */
export interface NewsDesk {
  /** Calls at each news of a project until the answer is called. */
  follow(projectId: number, onNews: (news: InboxNews) => void): () => void;
  close(): Promise<void>;
}

/** A desk at which nothing is ever heard. */
export const silentDesk = (): NewsDesk => ({ follow: () => () => undefined, close: async () => undefined });

/**
 * Hears the database's news over one connection, opened with the first follower and made anew whenever it breaks: then everybody is
 * told to look again.
 */
export function openNewsDesk(databaseUrl: string, clock: Clock): NewsDesk {
  const followers = new Map<number, Set<(news: InboxNews) => void>>();
  const ending = new AbortController();
  let listening: Promise<void> | null = null;
  const tell = (news: InboxNews) => {
    for (const each of followers.get(news.projectId) ?? []) each(news);
  };
  const tellAll = () => {
    for (const projectId of followers.keys()) tell({ what: 'lookAgain', projectId });
  };
  return {
    follow: (projectId, onNews) => {
      const ofProject = followers.get(projectId) ?? new Set();
      followers.set(projectId, ofProject);
      ofProject.add(onNews);
      listening ??= listen(databaseUrl, clock, ending.signal, tell, tellAll);
      return () => {
        ofProject.delete(onNews);
        if (ofProject.size === 0) followers.delete(projectId);
      };
    },
    close: async () => {
      ending.abort();
      await listening;
    },
  };
}

async function listen(
  url: string,
  clock: Clock,
  signal: AbortSignal,
  tell: (news: InboxNews) => void,
  tellAll: () => void,
): Promise<void> {
  while (!signal.aborted) {
    const client = new pg.Client({ connectionString: url, application_name: 'carillon inbox' });
    const broken = new Promise<void>((resolve) => {
      client.on('error', () => resolve());
      client.on('end', () => resolve());
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    try {
      await client.connect();
      client.on('notification', ({ payload }) => tell(JSON.parse(payload ?? '{}') as InboxNews));
      await client.query(`LISTEN ${channel}`);
      // What was told before the connection listened is lost to it.
      tellAll();
      await broken;
    } catch {
      await clock.sleep(500, signal);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
