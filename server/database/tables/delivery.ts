import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { Medium } from '../../medium/media.ts';
import type { Json, Timestamp } from './columns.ts';
import type { Purpose } from './consent.ts';

/** Where a message stands; it ends as `skipped`, or as one of the last four. */
export type MessageStatus =
  | 'queued'
  | 'dispatching'
  | 'inDoubt'
  | 'skipped'
  | 'sent'
  | 'delivered'
  | 'read'
  | 'bounced';

/** On what ground a message may go to its person: see `message.basis`. */
export type MessageBasis = 'optIn' | 'ownMessage' | 'ownRequest' | 'pendingOptIn' | 'test';

/** Messages, what providers told of them, and the sums over them. */
export interface DeliveryTables {
  message: MessageTable;
  departure: DepartureTable;
  receipt: ReceiptTable;
  message_to_empty: MessageToEmptyTable;
  message_rollup: MessageRollupTable;
  message_rollup_change: MessageRollupTable;
  response_rollup: ResponseRollupTable;
  responder: ResponderTable;
  response_put_down: ResponsePutDownTable;
}

export interface MessageTable {
  lane: number;
  id: number;
  project_id: number;
  user_id: number;
  request_id: number;
  campaign_id: number | null;
  template_id: number | null;
  channel_id: number;
  message_type_id: number | null;
  medium: Medium;
  purpose: Purpose;
  basis: MessageBasis;
  sender_id: number | null;
  to_address: string | null;
  content: Json | null;
  segments: Generated<number>;
  price_micros: Generated<number>;
  status: MessageStatus;
  skip_reason: string | null;
  not_before: Timestamp;
  due_at: Timestamp;
  closes_at: Timestamp | null;
  leave_before: Timestamp | null;
  rank: number | null;
  legal_cap: number | null;
  legal_cap_hours: number | null;
  on_quiet: Generated<string>;
  on_cap: Generated<string>;
  attempts: Generated<number>;
  retries: Generated<number>;
  dispatcher: number | null;
  wire: string | null;
  provider_message_id: string | null;
  error_code: string | null;
  error_detail: string | null;
  metadata: ColumnType<unknown, string | null | undefined, never>;
  created_at: Timestamp;
  dispatched_at: Timestamp | null;
  sent_at: Timestamp | null;
  delivered_at: Timestamp | null;
  read_at: Timestamp | null;
  failed_at: Timestamp | null;
  retry_at: Timestamp | null;
  waits_at: GeneratedAlways<Date | null>;
  doubt_at: GeneratedAlways<Date | null>;
  answered_as: GeneratedAlways<string | null>;
}

export interface DepartureTable {
  lane: number;
  dispatcher: number;
  message_ids: number[];
  departed_at: Timestamp;
}

export interface ReceiptTable {
  lane: number;
  id: number;
  message_id: number;
  project_id: number | null;
  wire: string;
  status: string;
  provider_message_id: string | null;
  error_class: string | null;
  code: string | null;
  detail: string | null;
  retry_after_ms: number | null;
  attempt: number | null;
  at: Timestamp;
}

export interface MessageToEmptyTable {
  lane: number;
  message_id: number;
  latest_at: Timestamp;
}

export interface MessageRollupTable {
  lane: number;
  campaign_id: number;
  project_id: number;
  variant: Generated<number>;
  admitted_at: Timestamp;
  admitted_within: string;
  standing: MessageStatus | 'retrying' | 'arrived';
  skip_reason: string;
  minute: Timestamp;
  messages: number;
  segments: number;
  price_micros: number;
  first_request_id: number | null;
  last_request_id: number | null;
  first_left_at: Timestamp | null;
  last_left_at: Timestamp | null;
}

export interface ResponseRollupTable {
  lane: number;
  campaign_id: number;
  project_id: number;
  kind: string;
  page_key: number;
  address_key: number;
  total: number;
  people: number;
}

export interface ResponderTable {
  lane: number;
  campaign_id: number;
  kind: string;
  page_key: number;
  address_key: number;
  subject_id: number;
}

export interface ResponsePutDownTable {
  lane: number;
  campaign_id: number;
  project_id: number;
  kind: string;
  user_id: number;
  message_ids: number[];
}
