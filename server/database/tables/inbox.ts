import type { Generated, GeneratedAlways } from 'kysely';
import type { Medium } from '../../medium/media.ts';
import type { DefaultedJson, Json, Timestamp } from './columns.ts';

/** Threads with what agents do in them, and how a project answers. */
export interface InboxTables {
  thread: ThreadTable;
  thread_note: ThreadNoteTable;
  thread_log: ThreadLogTable;
  thread_reply: ThreadReplyTable;
  thread_draft: ThreadDraftTable;
  inbox_presence: InboxPresenceTable;
  inbox_agent: InboxAgentTable;
  canned_reply: CannedReplyTable;
  inbox_setting: InboxSettingTable;
}

/** Whose turn it is: ours, theirs, later; nobody's any more; or it is none of ours. */
export type ThreadState = 'open' | 'waiting' | 'snoozed' | 'resolved' | 'spam';

export interface ThreadTable {
  lane: number;
  id: number;
  project_id: number;
  user_id: number;
  state: ThreadState;
  assignee_id: string | null;
  snoozed_until: Timestamp | null;
  opened_at: Timestamp;
  last_inbound_at: Timestamp | null;
  last_outbound_at: Timestamp | null;
  last_at: Timestamp;
  unread: Generated<number>;
  preview: string;
  is_preview_ours: Generated<boolean>;
  last_medium: Medium | null;
  last_sender_id: number | null;
  last_reply_id: number | null;
  last_reply_by: string | null;
  tags: Generated<string[]>;
  mentioned: Generated<string[]>;
  words: Generated<string>;
  first_reply_due: Timestamp | null;
  next_reply_due: Timestamp | null;
  first_reply_at: Timestamp | null;
  first_reply_by: string | null;
  unassign_at: Timestamp | null;
  resolved_at: Timestamp | null;
  resolved_by: string | null;
  typing_at: Timestamp | null;
  wakes_at: GeneratedAlways<Date | null>;
}

interface OfThread {
  lane: number;
  project_id: number;
  user_id: number;
  thread_id: number;
}

export interface ThreadNoteTable extends OfThread {
  id: number;
  agent: string;
  body: string;
  mentions: Generated<string[]>;
  created_at: Timestamp;
}

export interface ThreadLogTable extends OfThread {
  id: number;
  agent: string | null;
  what: string;
  detail: DefaultedJson;
  at: Timestamp;
}

export interface ThreadReplyTable extends OfThread {
  id: number;
  agent: string;
  state: 'sent' | 'scheduled' | 'cancelled' | 'refused';
  medium: Medium | null;
  sender_id: number | null;
  body: string | null;
  media_id: number | null;
  template_id: number | null;
  data_fields: DefaultedJson;
  due_at: Timestamp | null;
  goes_anyway: Generated<boolean>;
  reason: string | null;
  message_id: number | null;
  created_at: Timestamp;
}

export interface ThreadDraftTable extends OfThread {
  agent: string;
  kind: 'answer' | 'note';
  body: string;
  updated_at: Timestamp;
}

export interface InboxPresenceTable {
  project_id: number;
  agent: string;
  window_id: string;
  thread: string | null;
  doing: 'looking' | 'writing';
  at: Timestamp;
}

export interface InboxAgentTable {
  project_id: number;
  agent: string;
  is_away: Generated<boolean>;
  last_turn_at: Timestamp | null;
}

export interface CannedReplyTable {
  id: Generated<number>;
  project_id: number;
  code: string;
  body: string;
  uses: Generated<number>;
  created_at: Timestamp;
  updated_at: Timestamp;
}

export interface InboxSettingTable {
  project_id: number;
  hours: Json;
  first_reply_minutes: number | null;
  next_reply_minutes: number | null;
  reopen_hours: number;
  others: 'anyone' | 'warned' | 'assignee';
  unassign_minutes: number | null;
  assigning: 'byHand' | 'byTurns';
  read_receipts: Generated<boolean>;
  auto_replies: DefaultedJson;
}
