import type { Generated } from 'kysely';
import type { DefaultedJson, Json, Timestamp } from './columns.ts';

/** What the operator's systems are told. */
export interface WebhooksTables {
  webhook: WebhookTable;
  webhook_event: WebhookEventTable;
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
