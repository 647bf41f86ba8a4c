import { type InboundSite, openInbound } from '../conversations/inbound/inbound-fixtures.ts';
import { insertKey, newKey } from '../projects/api-key.ts';
import type { NewsDesk } from './news.ts';
import { inboxRoutes } from './routes.ts';

/** A thread as tests read it. */
export interface ShownThread {
  id: string;
  state: string;
  assignee: string | null;
  unread: number;
  preview: string;
  lastReplyId: string | null;
  replyDue: string | null;
  tags: string[];
}

/** What calls answer, as far as tests read it. */
interface Answered {
  threads: ShownThread[];
  thread: ShownThread & { snoozedUntil: string | null };
  next: string | null;
  entries: {
    kind: string;
    agent: string | null;
    text: string | null;
    details: { files?: { url: string }[] };
  }[];
  messageId: string | null;
  can: { medium: string; until: string | null; refusal: string | null }[];
  draft: { body: string } | null;
  noteDraft: { body: string } | null;
  mentions: number;
  scheduledId: string | null;
  tags: string[];
  firstReply: { median: number | null };
  agents: { agent: string }[];
  params: { reason: string; refusal?: string; threadId?: string; can: { refusal: string | null }[] };
}

/** For tests: a project that people write to, with two agents who answer. */
export interface InboxSite extends InboundSite {
  ann: string;
  bob: string;
  /** Calls as an agent; the answer's body with its status. */
  as(key: string, method: string, path: string, body?: unknown): Promise<{ status: number; body: Answered }>;
  /** Threads that a filter shows to Ann. */
  threads(query?: string): Promise<ShownThread[]>;
  /** Somebody new writes, and their thread as it is then. */
  asks(body: string, to?: string): Promise<{ phone: string; thread: ShownThread }>;
}

export async function openInbox(openDesk: () => NewsDesk, ours: string): Promise<InboxSite> {
  const site = await openInbound([inboxRoutes(openDesk)]);
  const { server } = site;
  const agent = async (name: string) => {
    const key = newKey();
    await insertKey(server.database.db, {
      ...{ projectId: server.projectId, name, kind: 'server', key, at: server.clock.now() },
    });
    return key;
  };
  const [ann, bob] = [await agent('Ann'), await agent('Bob')];
  const as: InboxSite['as'] = async (key, method, path, body) => {
    const answer = await server.call(method, `/api/inbox${path}`, body, key);
    return { status: answer.status, body: answer.body as Answered };
  };
  const threads: InboxSite['threads'] = async (query = '') => {
    await server.tellHappenings();
    return (await as(ann, 'GET', `/threads${query}`)).body.threads;
  };
  return {
    ...site,
    ...{ ann, bob, as, threads },
    asks: async (body, to = ours) => {
      const phone = site.newNumber();
      await site.writes(phone, to, body);
      const [thread] = await threads(`?query=${encodeURIComponent(phone)}`);
      return { phone, thread: thread! };
    },
  };
}
