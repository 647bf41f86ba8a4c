import type { Generated } from 'kysely';
import type { Medium } from '../../medium/media.ts';
import type { DefaultedJson, Json, Timestamp } from './columns.ts';

/** What people wrote to us, and the words that are obeyed. */
export interface ConversationsTables {
  inbound_message: InboundMessageTable;
  inbound_file: InboundFileTable;
  referral: ReferralTable;
  keyword: KeywordTable;
  unclear_reply: UnclearReplyTable;
}

export interface InboundMessageTable {
  lane: number;
  id: number;
  project_id: number;
  user_id: number;
  sender_id: number;
  medium: Medium;
  from_address: string;
  body: string;
  media: DefaultedJson;
  kind: Generated<string>;
  content: Json | null;
  payload: string | null;
  in_reply_to: string | null;
  taken_back: Json | null;
  provider_message_id: string;
  meaning: string;
  received_at: Timestamp;
}

export interface InboundFileTable {
  lane: number;
  id: number;
  project_id: number;
  user_id: number;
  inbound_id: number;
  sender_id: number;
  source: Json;
  name: string | null;
  state: 'waiting' | 'kept' | 'failed';
  due_at: Timestamp | null;
  tries: Generated<number>;
  fault: string | null;
  content_type: string | null;
  bytes: number | null;
  content: Buffer | null;
  created_at: Timestamp;
}

export interface ReferralTable {
  lane: number;
  user_id: number;
  touch: 'first' | 'last';
  project_id: number;
  sender_id: number;
  ad: Json;
  at: Timestamp;
}

export interface KeywordTable {
  id: Generated<number>;
  project_id: number;
  word: string;
  fold: string;
  meaning: 'optIn' | 'optOut' | 'help';
  message_type_id: number | null;
  medium: Medium | null;
  answer: string | null;
  created_at: Timestamp;
}

export interface UnclearReplyTable {
  id: Generated<number>;
  project_id: number;
  lane: number;
  user_id: number;
  channel_ids: number[];
  body: string;
  about: Generated<'wish' | 'wrongNumber' | 'died'>;
  address: string | null;
  provider_message_id: string | null;
  received_at: Timestamp;
  decision: 'optOut' | 'keep' | null;
  decided_by: string | null;
  decided_at: Timestamp | null;
}
