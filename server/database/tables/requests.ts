import type { Generated } from 'kysely';
import type { DefaultedJson, Timestamp } from './columns.ts';

/** What asks for messages and how far it has come. */
export interface RequestsTables {
  send_request: SendRequestTable;
  send_request_lane: SendRequestLaneTable;
  request_key: RequestKeyTable;
  brake: BrakeTable;
}

export interface SendRequestTable {
  id: Generated<number>;
  project_id: number;
  campaign_id: number;
  campaign_name: string;
  template_id: number;
  snapshot_id: number | null;
  sender_id: number | null;
  pool_id: number | null;
  options: DefaultedJson;
  state: 'scheduled' | 'admitting' | 'admitted' | 'cancelled';
  list_ids: Generated<number[]>;
  suppression_list_ids: Generated<number[]>;
  segment_ids: Generated<number[]>;
  suppression_segment_ids: Generated<number[]>;
  data_fields: DefaultedJson;
  allow_repeats: Generated<boolean>;
  send_at: Timestamp;
  created_at: Timestamp;
  admitted_at: Timestamp | null;
}

export interface SendRequestLaneTable {
  request_id: number;
  lane: number;
  after_user_id: Generated<number>;
  done: Generated<boolean>;
  waiting: number | null;
  waiting_as_of: string[] | null;
}

export interface RequestKeyTable {
  lane: number;
  project_id: number;
  key: string;
  fingerprint: string;
  request_id: number;
  message_lane: number | null;
  message_id: number | null;
}

export interface BrakeTable {
  campaign_id: number;
  project_id: number;
  state: 'held' | 'open' | 'cancelled' | 'aborted';
  since: Timestamp;
  settled: Generated<boolean>;
}
