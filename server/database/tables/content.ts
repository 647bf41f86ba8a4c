import type { ColumnType, Generated } from 'kysely';
import type { Medium } from '../../medium/media.ts';
import type { DefaultedJson, Json, Timestamp } from './columns.ts';

/** What messages are made of, and what their links and pictures were used for. */
export interface ContentTables {
  template: TemplateTable;
  template_approval: TemplateApprovalTable;
  template_snapshot: TemplateSnapshotTable;
  snippet: SnippetTable;
  metadata: MetadataTable;
  catalog: CatalogTable;
  catalog_field: CatalogFieldTable;
  catalog_item: CatalogItemTable;
  catalog_alert: CatalogAlertTable;
  item_change: ItemChangeTable;
  item_change_lane: ItemChangeLaneTable;
  item_told: ItemToldTable;
  catalog_alert_lane: CatalogAlertLaneTable;
  media: MediaTable;
  link: LinkTable;
  link_click: LinkClickTable;
  email_open: EmailOpenTable;
  coupon_pool: CouponPoolTable;
  coupon: CouponTable;
  upload: UploadTable;
  data_feed: DataFeedTable;
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
  data_feed_ids: Generated<number[]>;
  merge_data_feeds: Generated<boolean>;
  provider_name: string | null;
  category: string | null;
  creator: Generated<string>;
  created_at: Timestamp;
  updated_at: Timestamp;
  archived_at: Timestamp | null;
}

export interface TemplateApprovalTable {
  project_id: number;
  template_id: number;
  name: string;
  language: string;
  provider_account_id: number;
  provider_template_id: string;
  content: Json;
  status: string;
  status_at: Timestamp | null;
  reason: string | null;
  advice: string | null;
  category: string;
  next_category: string | null;
  next_category_at: Timestamp | null;
  quality: string | null;
  submitted_at: Timestamp;
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

export interface CatalogTable {
  id: Generated<number>;
  project_id: number;
  name: string;
  name_key: string;
  item_count: Generated<string>;
  created_at: Timestamp;
  is_watched: Generated<boolean>;
}

export interface CatalogFieldTable {
  catalog_id: number;
  path: string;
  type: 'boolean' | 'date' | 'double' | 'geo_location' | 'long' | 'object' | 'string' | null;
}

export interface CatalogItemTable {
  catalog_id: number;
  item_id: string;
  value: Json;
  bytes: number;
  updated_at: Timestamp;
}

export interface CatalogAlertTable {
  id: Generated<number>;
  project_id: number;
  catalog_id: number;
  name: string;
  change: Json;
  interests: Json;
  fields: string[];
  created_at: Timestamp;
  updated_at: Timestamp;
}

export interface ItemChangeTable {
  id: Generated<number>;
  project_id: number;
  catalog_id: number;
  alert_id: number;
  item_id: string;
  before: Json | null;
  at: Timestamp;
  batch_id: number | null;
  after: Json | null;
  item: Json | null;
}

export interface ItemChangeLaneTable {
  lane: number;
  batch_id: number;
}

export interface ItemToldTable {
  lane: number;
  alert_id: number;
  item_id: string;
  user_id: number;
  interest_at: Timestamp;
}

export interface CatalogAlertLaneTable {
  lane: number;
  alert_id: number;
  told: number;
  told_at: Timestamp;
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
  campaign_id: number | null;
  url: string;
}

export interface LinkClickTable {
  lane: number;
  id: number;
  project_id: number;
  message_id: number;
  user_id: number | null;
  campaign_id: number | null;
  code: string;
  address_key: number | null;
  page_key: number | null;
  visitor: 'person' | 'preview' | 'bot';
  user_agent: string | null;
  clicked_at: Timestamp;
}

export interface EmailOpenTable {
  lane: number;
  message_id: number;
  project_id: number;
  campaign_id: number | null;
  visitor: 'person' | 'machine';
  opened_at: Timestamp;
}

export interface CouponPoolTable {
  id: Generated<number>;
  project_id: number;
  name: string;
  description: string | null;
  one_for: 'person' | 'campaign' | 'message';
  expires_at: Timestamp | null;
  alarm_below: number | null;
  alarmed_at: Timestamp | null;
  longest_code: Generated<number>;
  is_alphanumeric: Generated<boolean>;
  created_at: Timestamp;
  updated_at: Timestamp;
}

export interface CouponTable {
  lane: number;
  project_id: number;
  folded: string;
  code: string;
  pool_id: number;
  upload_id: number | null;
  state: 'free' | 'given' | 'elsewhere';
  user_id: number | null;
  given_for: number | null;
  message_id: number | null;
  campaign_id: number | null;
  given_at: Timestamp | null;
  has_come_back: Generated<boolean>;
}

export interface UploadTable {
  id: Generated<number>;
  project_id: number;
  catalog_id: number | null;
  pool_id: number | null;
  file_name: string;
  state: 'running' | 'finished' | 'failed';
  rows_read: Generated<number>;
  taken: Generated<number>;
  refused: Generated<number>;
  headers: DefaultedJson;
  faults: DefaultedJson;
  fault_cells: DefaultedJson;
  fault: string | null;
  started_at: Timestamp;
  seen_at: Timestamp;
}

export interface DataFeedTable {
  id: Generated<number>;
  project_id: number;
  name: string;
  url: string;
  asked_for: 'everybody' | 'person';
  alias: string | null;
  headers: DefaultedJson;
  timeout_ms: number;
  cache_seconds: number;
  largest_bytes: number;
  most_per_second: number;
  fallback: ColumnType<unknown, string | null, string | null>;
  created_at: Timestamp;
  updated_at: Timestamp;
}
