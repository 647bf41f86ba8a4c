import type { DefaultedJson, Timestamp } from './columns.ts';
import type { UserFieldTable } from './users.ts';

/** What people did, and the fields of it. */
export interface EventsTables {
  event: EventTable;
  event_field: EventFieldTable;
  response_change: ResponseChangeTable;
}

export interface EventTable {
  lane: number;
  id: number;
  project_id: number;
  user_id: number;
  name: string;
  kind: string;
  data: DefaultedJson;
  campaign_id: number | null;
  template_id: number | null;
  message_id: number | null;
  event_key: string | null;
  happened_at: Timestamp;
  recorded_at: Timestamp;
}

export interface EventFieldTable {
  project_id: number;
  event_name: string;
  name: string;
  type: UserFieldTable['type'];
}

export interface ResponseChangeTable {
  lane: number;
  project_id: number;
  campaign_id: number | null;
  kind: 'click' | 'preview' | 'bot' | 'personOpen' | 'machineOpen' | 'reply' | 'optOut';
  user_id: number;
  message_id: number | null;
  sender_id: number | null;
  page_key: number | null;
  address_key: number | null;
  channel_ids: number[] | null;
  message_type_ids: number[] | null;
  at: Timestamp;
}
