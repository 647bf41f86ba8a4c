import type { ColumnType, Generated } from 'kysely';
import type { Medium, SenderKind } from '../medium/media.ts';

/** An instant; read as a Date, written as a Date or an ISO string. */
type Timestamp = ColumnType<Date, Date | string, Date | string>;
/** A calendar day; read as pg gives it, written as YYYY-MM-DD. */
type Day = ColumnType<string, string, string>;
/** A JSON document; its shape is the owning capability's, which checks it on the way in; written as a string. */
type Json = ColumnType<unknown, string, string>;

/** The same with a default, so that it may be left out of an insert. */
type DefaultedJson = ColumnType<unknown, string | undefined, string>;

/** What a message travels on. */
export type { Medium };
/** Two flows that never share a sender or a queue. */
export type Purpose = 'promotional' | 'transactional';
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

/**
 * The tables as migrations leave them, for Kysely. Each table belongs to the capability whose folder holds its
 * migration; what its columns mean is said there.
 */
export interface Schema {
  project: ProjectTable;
  api_key: ApiKeyTable;
  users: UsersTable;
  identity: IdentityTable;
  user_field: UserFieldTable;
  merged_user: MergedUserTable;
  forgotten_identity: ForgottenIdentityTable;
  whatsapp_number: WhatsAppNumberTable;
  event: EventTable;
  event_field: EventFieldTable;
  channel: ChannelTable;
  message_type: MessageTypeTable;
  consent_entry: ConsentEntryTable;
  subscription: SubscriptionTable;
  suppression: SuppressionTable;
  unclear_reply: UnclearReplyTable;
  list: ListTable;
  list_member: ListMemberTable;
  list_size: ListSizeTable;
  import: ImportTable;
  import_file: ImportFileTable;
  import_row_report: ImportRowReportTable;
  import_row_cells: ImportRowCellsTable;
  import_user: ImportUserTable;
  template: TemplateTable;
  template_snapshot: TemplateSnapshotTable;
  snippet: SnippetTable;
  metadata: MetadataTable;
  media: MediaTable;
  link: LinkTable;
  link_click: LinkClickTable;
  email_open: EmailOpenTable;
  provider_account: ProviderAccountTable;
  sender: SenderTable;
  sender_pace: SenderPaceTable;
  rate_table: RateTableTable;
  sender_pool: SenderPoolTable;
  sticky_sender: StickySenderTable;
  campaign: CampaignTable;
  send_request: SendRequestTable;
  send_request_lane: SendRequestLaneTable;
  request_key: RequestKeyTable;
  brake: BrakeTable;
  message: MessageTable;
  keyword: KeywordTable;
  receipt: ReceiptTable;
  message_rollup: MessageRollupTable;
  message_rollup_change: MessageRollupTable;
  inbound_message: InboundMessageTable;
  export_job: ExportJobTable;
  export_file: ExportFileTable;
  happening: HappeningTable;
  webhook: WebhookTable;
  webhook_event: WebhookEventTable;
  console_user: ConsoleUserTable;
  console_session: ConsoleSessionTable;
  console_account: ConsoleAccountTable;
  console_secret: ConsoleSecretTable;
}

export interface ProjectTable {
  id: Generated<number>;
  name: string;
  brand: string;
  help_contact: Generated<string>;
  default_country: Generated<string>;
  time_zone: Generated<string>;
  caution: Generated<boolean>;
  frequency_caps: DefaultedJson;
  doubt_policy: DefaultedJson;
  template_secret: Buffer | null;
  created_at: Timestamp;
}

export interface ApiKeyTable {
  id: Generated<number>;
  project_id: number;
  name: string;
  kind: 'server' | 'readOnly';
  hash: Buffer;
  prefix: string;
  created_at: Timestamp;
  last_used_at: Timestamp | null;
  revoked_at: Timestamp | null;
}

export interface UsersTable {
  lane: number;
  id: number;
  project_id: number;
  email: string | null;
  external_id: string | null;
  phone_number: string | null;
  whatsapp_user_id: string | null;
  data_fields: DefaultedJson;
  search_text: Generated<string>;
  search_words: Generated<string>;
  place_key: Generated<string>;
  place_certainty: Generated<string>;
  unreachable: DefaultedJson;
  signed_up_at: Timestamp;
  updated_at: Timestamp;
}

export interface IdentityTable {
  lane: number;
  project_id: number;
  kind: 'email' | 'externalId' | 'phone' | 'whatsApp';
  value: string;
  user_lane: number;
  user_id: number;
}

export interface UserFieldTable {
  project_id: number;
  name: string;
  type: 'string' | 'long' | 'double' | 'boolean' | 'date' | 'object' | 'array';
}

export interface MergedUserTable {
  lane: number;
  user_id: number;
  source_lane: number;
  source_id: number;
}

export interface ForgottenIdentityTable {
  lane: number;
  project_id: number;
  kind: IdentityTable['kind'];
  hash: Buffer;
  told_hash: Buffer | null;
  person: string;
  forgotten_at: Timestamp;
}

export interface WhatsAppNumberTable {
  lane: number;
  project_id: number;
  known_as: string;
  phone: string;
  told_at: Timestamp;
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
  status: 'subscribed' | 'pending' | 'unsubscribed';
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

export interface ListTable {
  id: Generated<number>;
  project_id: number;
  name: string;
  description: string | null;
  created_at: Timestamp;
}

export interface ListMemberTable {
  lane: number;
  list_id: number;
  user_id: number;
  added_at: Timestamp;
}

export interface ListSizeTable {
  lane: number;
  list_id: number;
  id: string;
  members: number;
}

export interface ImportTable {
  id: Generated<number>;
  project_id: number;
  file_name: string;
  options: Json;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'undoing' | 'undone';
  rows_total: Generated<number>;
  rows_done: Generated<number>;
  rows_half_done: Generated<number>;
  rows_taken: Generated<number>;
  rows_refused: Generated<number>;
  error: string | null;
  headers: Json | null;
  created_at: Timestamp;
  finished_at: Timestamp | null;
}

export interface ImportRowCellsTable {
  import_id: number;
  row_number: number;
  cells: Json;
}

export interface ImportUserTable {
  lane: number;
  import_id: number;
  user_id: number;
  created: boolean;
  listed: boolean;
  touched_at: Timestamp;
}

export interface ImportFileTable {
  import_id: number;
  part: number;
  content: Buffer;
}

export interface ImportRowReportTable {
  import_id: number;
  row_number: number;
  outcome: 'refused' | 'warning';
  field: Generated<string>;
  value: string | null;
  reason: string;
}

export interface TemplateTable {
  id: Generated<number>;
  project_id: number;
  medium: Medium;
  name: string;
  message_type_id: number;
  client_template_id: string | null;
  locale: string | null;
  content: Json;
  locales: DefaultedJson;
  track_links: Generated<boolean>;
  utm: DefaultedJson;
  provider_name: string | null;
  provider_template_id: string | null;
  provider_status: string | null;
  provider_status_at: Timestamp | null;
  provider_reason: string | null;
  category: string | null;
  creator: Generated<string>;
  created_at: Timestamp;
  updated_at: Timestamp;
  archived_at: Timestamp | null;
}

export interface TemplateSnapshotTable {
  id: Generated<number>;
  project_id: number;
  template_id: number;
  content: Json;
  content_hash: string;
  taken_at: Timestamp;
}

export interface SnippetTable {
  id: Generated<number>;
  project_id: number;
  name: string;
  description: string | null;
  content: string;
  variables: Generated<string[]>;
  created_by: Generated<string>;
  updated_by: Generated<string>;
  created_at: Timestamp;
  updated_at: Timestamp;
}

export interface MetadataTable {
  project_id: number;
  table_name: string;
  key: string;
  value: Json;
  bytes: number;
  updated_at: Timestamp;
}

export interface MediaTable {
  id: Generated<number>;
  project_id: number;
  code: string;
  name: string;
  content_type: string;
  bytes: number;
  content: Buffer;
  created_at: Timestamp;
}

export interface LinkTable {
  lane: number;
  code: string;
  project_id: number;
  message_id: number;
  user_id: number;
  url: string;
}

export interface LinkClickTable {
  lane: number;
  id: number;
  project_id: number;
  message_id: number;
  code: string;
  visitor: 'person' | 'preview' | 'bot';
  user_agent: string | null;
  clicked_at: Timestamp;
}

export interface EmailOpenTable {
  lane: number;
  message_id: number;
  project_id: number;
  visitor: 'person' | 'machine';
  opened_at: Timestamp;
}

export interface ProviderAccountTable {
  id: Generated<number>;
  project_id: number;
  name: string;
  wire: string;
  settings: Json;
  secrets: Buffer;
  simulated: Generated<boolean>;
  stopped_reason: string | null;
  created_at: Timestamp;
}

export interface SenderTable {
  id: Generated<number>;
  project_id: number;
  provider_account_id: number;
  name: string;
  kind: SenderKind;
  medium: Medium;
  address: string;
  wire_address: string;
  country: string;
  registration: string | null;
  purpose: Purpose;
  mps: number;
  daily_cap: number | null;
  day_zone: Generated<string>;
  state: Generated<'active' | 'stopped'>;
  stopped_reason: string | null;
  created_at: Timestamp;
}

export interface SenderPaceTable {
  sender_id: number;
  next_slot_at: Timestamp;
  day: Day;
  day_used: Generated<number>;
  slow_until: Timestamp | null;
  rest_ms: Generated<number>;
}

export interface SenderPoolTable {
  id: Generated<number>;
  project_id: number;
  name: string;
  medium: Medium;
  purpose: Purpose;
  sender_ids: number[];
  created_at: Timestamp;
}

export interface StickySenderTable {
  lane: number;
  user_id: number;
  pool_id: number;
  sender_id: number;
}

export interface CampaignTable {
  id: Generated<number>;
  project_id: number;
  name: string;
  kind: 'Blast' | 'Triggered';
  medium: Medium;
  state:
    | 'Draft'
    | 'Ready'
    | 'Scheduled'
    | 'Running'
    | 'Paused'
    | 'Finished'
    | 'Aborted'
    | 'Cancelled'
    | 'Archived';
  template_id: number;
  list_ids: Generated<number[]>;
  suppression_list_ids: Generated<number[]>;
  sender_id: number | null;
  pool_id: number | null;
  snapshot_id: number | null;
  content_at: Timestamp | null;
  content_by: string | null;
  options: DefaultedJson;
  creation_key: string | null;
  creation_fingerprint: string | null;
  created_by: Generated<string>;
  created_at: Timestamp;
  updated_at: Timestamp;
  start_at: Timestamp | null;
  ended_at: Timestamp | null;
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

/** On what ground a message may go to its person: see `message.basis`. */
export type MessageBasis = 'optIn' | 'ownMessage' | 'pendingOptIn' | 'test';

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

export interface HappeningTable {
  lane: number;
  id: number;
  user_id: number;
  project_id: number;
  kind: string;
  data: Json;
  at: Timestamp;
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
  provider_message_id: string;
  meaning: string;
  received_at: Timestamp;
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

export interface ExportJobTable {
  id: Generated<number>;
  project_id: number;
  data_type_name: string;
  output_format: 'text/csv' | 'application/x-json-stream';
  options: Json;
  state: 'enqueued' | 'running' | 'completed' | 'failed' | 'cancelling' | 'cancelled';
  bytes: Generated<number>;
  error: string | null;
  created_at: Timestamp;
  started_at: Timestamp | null;
  ended_at: Timestamp | null;
}

export interface ExportFileTable {
  job_id: number;
  number: number;
  name: string;
  content: Buffer;
}

export interface WebhookTable {
  id: Generated<number>;
  project_id: number;
  endpoint: string;
  enabled: Generated<boolean>;
  blast_enabled: Generated<boolean>;
  triggered_enabled: Generated<boolean>;
  auth_type: Generated<'NoAuth' | 'Basic' | 'OAuth2' | 'Bearer'>;
  auth_secret: Buffer | null;
  signing_secret: Buffer;
  custom_headers: DefaultedJson;
  child_events: Generated<string[]>;
  channel_ids: Generated<number[]>;
  message_type_ids: Generated<number[]>;
  updated_at: Timestamp;
}

export interface WebhookEventTable {
  id: Generated<number>;
  project_id: number;
  webhook_id: number;
  event_name: string;
  payload: Json;
  attempts: Generated<number>;
  created_at: Timestamp;
  due_at: Timestamp;
}

export interface ConsoleUserTable {
  id: string;
  project_id: number;
  name: string;
  email: string;
  email_verified: Generated<boolean>;
  image: string | null;
  created_at: Timestamp;
  updated_at: Timestamp;
}

export interface ConsoleSessionTable {
  id: string;
  user_id: string;
  token: string;
  ip_address: string | null;
  user_agent: string | null;
  expires_at: Timestamp;
  created_at: Timestamp;
  updated_at: Timestamp;
}

export interface ConsoleAccountTable {
  id: string;
  user_id: string;
  account_id: string;
  provider_id: string;
  password: string | null;
  created_at: Timestamp;
  updated_at: Timestamp;
}

export interface ConsoleSecretTable {
  id: Generated<number>;
  sealed: Buffer;
  created_at: Timestamp;
}

export interface RateTableTable {
  project_id: number;
  rates: Json;
  updated_at: Timestamp;
}
