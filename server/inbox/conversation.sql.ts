import { type RawBuilder, sql } from 'kysely';
import { showFile } from '../conversations/files/file-answer.ts';
import { filesOf } from '../conversations/files/inbound-files.sql.ts';
import type { Database } from '../database/connect.ts';
import { encodeMessageId } from '../database/message-id.ts';
import type { Medium } from '../medium/media.ts';
import { wordsOf } from '../providers/content-words.ts';
import type { MessageContent } from '../providers/sending.ts';
import { messageHolders } from '../users/history.ts';
import type { UserRef } from '../users/identity.ts';
import type { Thread } from './threads.sql.ts';

/** Something that was said or done in a conversation. */
export interface Entry {
  at: Date;
  kind: EntryKind;
  /** Names it among those of its kind; an outbound message's is the message's. */
  id: string;
  medium: Medium | null;
  senderId: number | null;
  text: string | null;
  /** Who of us: an agent, or null for the program itself and for what the person wrote. */
  agent: string | null;
  details: Record<string, unknown>;
}

/** What stands in a conversation. Of two at the same instant the earlier of these comes first. */
export const entryKinds = ['inbound', 'outbound', 'scheduled', 'note', 'log'] as const;
export type EntryKind = (typeof entryKinds)[number];

/** Where a page of a conversation ends: before this entry. */
export interface EntryPlace {
  at: Date;
  kind: EntryKind;
  /** The row's own number. */
  number: number;
}

interface Read {
  entry: Entry;
  number: number;
}

/**
 * The newest entries of a person before a place, of all channels and all that is told of them, the newest last; and where the page
 * before begins, null where there is none.
 */
export async function readConversation(
  db: Database,
  thread: Thread,
  before: EntryPlace | null,
  limit: number,
): Promise<{ entries: Entry[]; before: EntryPlace | null }> {
  const user = { lane: thread.lane, id: thread.user_id };
  const holders = await messageHolders(db, user);
  const asked = { projectId: thread.project_id, before, limit: limit + 1 };
  const agents = await readAnswering(db, user);
  const read = (
    await Promise.all([
      readInbound(db, user, asked),
      ...holders.map((holder) => readOutbound(db, holder, agents, asked)),
      readScheduled(db, user, asked),
      readNotes(db, user, asked),
      readLog(db, user, asked),
    ])
  ).flat();
  const newest = read.sort(newestFirst).slice(0, limit + 1);
  const page = newest.slice(0, limit);
  const last = page.at(-1);
  return {
    entries: page.map(({ entry }) => entry).reverse(),
    before:
      newest.length > limit && last
        ? { at: last.entry.at, kind: last.entry.kind, number: last.number }
        : null,
  };
}

const rankOf = (kind: EntryKind): number => entryKinds.indexOf(kind);

function newestFirst(a: Read, b: Read): number {
  return (
    b.entry.at.getTime() - a.entry.at.getTime() ||
    rankOf(b.entry.kind) - rankOf(a.entry.kind) ||
    b.number - a.number
  );
}

interface Asked {
  projectId: number;
  before: EntryPlace | null;
  limit: number;
}

/** SQL: comes before the place, where `at` and `id` are an entry's of this kind. */
function isBefore(
  place: EntryPlace | null,
  kind: EntryKind,
  at: RawBuilder<unknown>,
  id: RawBuilder<unknown>,
): RawBuilder<unknown> {
  if (!place) return sql`true`;
  const same = rankOf(kind) - rankOf(place.kind);
  if (same > 0) return sql`${at} < ${place.at}::timestamptz`;
  if (same < 0) return sql`${at} <= ${place.at}::timestamptz`;
  return sql`(${at} < ${place.at}::timestamptz OR (${at} = ${place.at}::timestamptz AND ${id} < ${place.number}::bigint))`;
}

async function readInbound(
  db: Database,
  user: UserRef,
  { projectId, before, limit }: Asked,
): Promise<Read[]> {
  const { rows } = await sql<{
    id: number;
    at: Date;
    medium: Medium;
    senderId: number;
    body: string;
    meaning: string;
    kind: string;
    isVoice: boolean | null;
    isTakenBack: boolean;
    address: string;
  }>`
    SELECT id, received_at AS at, medium, sender_id AS "senderId", body, meaning, kind, (content->>'isVoice')::boolean AS "isVoice", taken_back IS NOT NULL AS "isTakenBack",
      from_address AS address
    FROM inbound_message
    WHERE lane = ${user.lane} AND user_id = ${user.id} AND project_id = ${projectId}
      -- What was taken back says so itself.
      AND kind <> 'revoke' AND ${isBefore(before, 'inbound', sql`received_at`, sql`id`)}
    ORDER BY received_at DESC, id DESC LIMIT ${limit}`.execute(db);
  const files = Map.groupBy(
    await filesOf(
      db,
      user,
      rows.map(({ id }) => id),
    ),
    ({ inboundId }) => inboundId,
  );
  return rows.map(({ id, at, medium, senderId, body, meaning, kind, isVoice, isTakenBack, address }) => ({
    number: id,
    entry: {
      ...{
        at,
        kind: 'inbound',
        id: encodeMessageId(user.lane, id),
        medium,
        senderId,
        text: body,
        agent: null,
      },
      details: {
        ...{ files: (files.get(id) ?? []).map(showFile), isVoice: isVoice ?? false },
        ...{ meaning, messageKind: kind, isTakenBack, from: address },
      },
    },
  }));
}

/** Which of a person's messages are answers of agents, and whose. They may be in another lane, of who was merged into them. */
async function readAnswering(db: Database, { lane, id }: UserRef): Promise<Map<number, string>> {
  const { rows } = await sql<{ messageId: number; agent: string }>`
    SELECT message_id AS "messageId", agent FROM thread_reply
    WHERE lane = ${lane} AND user_id = ${id} AND message_id IS NOT NULL`.execute(db);
  return new Map(rows.map(({ messageId, agent }) => [messageId, agent]));
}

/** What has left or is to leave; of what was skipped only the answers of agents, who should see that theirs did not go. */
async function readOutbound(
  db: Database,
  holder: UserRef,
  agents: ReadonlyMap<number, string>,
  { projectId, before, limit }: Asked,
): Promise<Read[]> {
  const at = sql`coalesce(m.dispatched_at, m.created_at)`;
  const { rows } = await sql<{
    id: number;
    at: Date;
    medium: Medium;
    senderId: number | null;
    content: MessageContent | null;
    status: string;
    skipReason: string | null;
    errorCode: string | null;
    errorDetail: string | null;
    campaignId: number | null;
    templateId: number | null;
    deliveredAt: Date | null;
    readAt: Date | null;
  }>`
    SELECT m.id, ${at} AS at, m.medium, m.sender_id AS "senderId", m.content, m.status, m.skip_reason AS "skipReason",
      m.error_code AS "errorCode", m.error_detail AS "errorDetail", m.campaign_id AS "campaignId",
      m.template_id AS "templateId", m.delivered_at AS "deliveredAt", m.read_at AS "readAt"
    FROM message m
    WHERE m.lane = ${holder.lane} AND m.user_id = ${holder.id} AND m.project_id = ${projectId}
      AND (m.status <> 'skipped' OR m.id = ANY (${[...agents.keys()]}::bigint[])) AND ${isBefore(before, 'outbound', at, sql`m.id`)}
    ORDER BY ${at} DESC, m.id DESC LIMIT ${limit}`.execute(db);
  return rows.map(({ id, at: when, medium, senderId, content, deliveredAt, readAt, ...details }) => ({
    number: id,
    entry: {
      ...{ at: when, kind: 'outbound', id: encodeMessageId(holder.lane, id), medium, senderId },
      agent: agents.get(id) ?? null,
      text: content && wordsOf(content),
      details: {
        files: content ? filesIn(content) : [],
        ...details,
        deliveredAt: deliveredAt?.toISOString() ?? null,
        readAt: readAt?.toISOString() ?? null,
      },
    },
  }));
}

/** The files that a message carries, by their addresses. */
function filesIn(content: MessageContent): { url: string; kind: string; name: string | null }[] {
  if (content.kind === 'sms')
    return (content.mediaUrls ?? []).map((url) => ({ url, kind: 'file', name: null }));
  if (content.kind !== 'whatsAppMessage' || !('file' in content) || !('link' in content.file)) return [];
  const name = content.type === 'document' ? (content.filename ?? null) : null;
  return [{ url: content.file.link, kind: content.type, name }];
}

/** Answers that became no message: that wait for their time, or did not go. */
async function readScheduled(
  db: Database,
  user: UserRef,
  { projectId, before, limit }: Asked,
): Promise<Read[]> {
  const { rows } = await sql<{
    id: number;
    at: Date;
    medium: Medium | null;
    senderId: number | null;
    body: string | null;
    agent: string;
    state: string;
    reason: string | null;
    dueAt: Date | null;
    templateId: number | null;
    mediaId: number | null;
  }>`
    SELECT id, created_at AS at, medium, sender_id AS "senderId", body, agent, state, reason, due_at AS "dueAt",
      template_id AS "templateId", media_id AS "mediaId"
    FROM thread_reply
    WHERE lane = ${user.lane} AND user_id = ${user.id} AND project_id = ${projectId} AND state <> 'sent'
      AND ${isBefore(before, 'scheduled', sql`created_at`, sql`id`)}
    ORDER BY created_at DESC, id DESC LIMIT ${limit}`.execute(db);
  return rows.map(({ id, at, medium, senderId, body, agent, state, reason, dueAt, templateId, mediaId }) => ({
    number: id,
    entry: {
      ...{ at, kind: 'scheduled', id: encodeMessageId(user.lane, id), medium, senderId, text: body, agent },
      details: { state, reason, dueAt: dueAt?.toISOString() ?? null, templateId, mediaId },
    },
  }));
}

async function readNotes(db: Database, user: UserRef, { projectId, before, limit }: Asked): Promise<Read[]> {
  const { rows } = await sql<{ id: number; at: Date; agent: string; body: string; mentions: string[] }>`
    SELECT id, created_at AS at, agent, body, mentions FROM thread_note
    WHERE lane = ${user.lane} AND user_id = ${user.id} AND project_id = ${projectId}
      AND ${isBefore(before, 'note', sql`created_at`, sql`id`)}
    ORDER BY created_at DESC, id DESC LIMIT ${limit}`.execute(db);
  return rows.map(({ id, at, agent, body, mentions }) => ({
    number: id,
    entry: {
      ...{
        at,
        kind: 'note',
        id: encodeMessageId(user.lane, id),
        medium: null,
        senderId: null,
        text: body,
        agent,
      },
      details: { mentions },
    },
  }));
}

async function readLog(db: Database, user: UserRef, { projectId, before, limit }: Asked): Promise<Read[]> {
  const { rows } = await sql<{ id: number; at: Date; agent: string | null; what: string; detail: object }>`
    SELECT id, at, agent, what, detail FROM thread_log
    WHERE lane = ${user.lane} AND user_id = ${user.id} AND project_id = ${projectId}
      AND ${isBefore(before, 'log', sql`at`, sql`id`)}
    ORDER BY at DESC, id DESC LIMIT ${limit}`.execute(db);
  return rows.map(({ id, at, agent, what, detail }) => ({
    number: id,
    entry: {
      ...{
        at,
        kind: 'log',
        id: encodeMessageId(user.lane, id),
        medium: null,
        senderId: null,
        text: what,
        agent,
      },
      details: { ...detail },
    },
  }));
}
