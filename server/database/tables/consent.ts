import type { Generated } from 'kysely';
import type { Medium } from '../../medium/media.ts';
import type { Timestamp } from './columns.ts';

/** Two flows that never share a sender or a queue. */
export type Purpose = 'promotional' | 'transactional';

/** How somebody stands towards a channel or a message type; with no row nobody asked. */
export type StandingStatus = 'subscribed' | 'pending' | 'unsubscribed';

/** Channels, message types, and what people agreed to. */
export interface ConsentTables {
  channel: ChannelTable;
  message_type: MessageTypeTable;
  consent_entry: ConsentEntryTable;
  subscription: SubscriptionTable;
  suppression: SuppressionTable;
}

export interface ChannelTable {
  id: Generated<number>;
  project_id: number;
  name: string;
  medium: Medium;
  purpose: Purpose;
}

export interface MessageTypeTable {
  id: Generated<number>;
  project_id: number;
  channel_id: number;
  name: string;
  frequency: Generated<string>;
  double_opt_in: Generated<boolean>;
  start_subscribes: Generated<boolean>;
  created_at: Timestamp;
}

export interface ConsentEntryTable {
  lane: number;
  id: number;
  project_id: number;
  user_id: number;
  action: 'optIn' | 'optInPending' | 'optOut' | 'pause' | 'resume' | 'takenBack';
  kind: 'channel' | 'messageType';
  target_id: number;
  address: string | null;
  method: string;
  source: string;
  wording: string | null;
  ip: string | null;
  happened_at: Timestamp;
  /** False: nobody told when, and `happened_at` is when it was recorded. */
  dated: Generated<boolean>;
  recorded_at: Timestamp;
}

export interface SubscriptionTable {
  lane: number;
  project_id: number;
  user_id: number;
  kind: 'channel' | 'messageType';
  target_id: number;
  status: StandingStatus;
  paused_at: Timestamp | null;
  entry_id: number;
  since: Timestamp;
}

export interface SuppressionTable {
  lane: number;
  project_id: number;
  address_hash: Buffer;
  channel_id: number;
  /** 0: the whole channel. */
  message_type_id: Generated<number>;
  since: Timestamp;
  source: string | null;
  note: string | null;
}
