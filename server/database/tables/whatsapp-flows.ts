import type { Generated } from 'kysely';
import type { DefaultedJson, Json, Timestamp } from './columns.ts';

/** Forms that people fill in within the chat, and what they filled in. */
export interface WhatsAppFlowsTables {
  whatsapp_flow: WhatsAppFlowTable;
  whatsapp_flow_version: WhatsAppFlowVersionTable;
  whatsapp_flow_notice: WhatsAppFlowNoticeTable;
  whatsapp_flow_key: WhatsAppFlowKeyTable;
  whatsapp_flow_call: WhatsAppFlowCallTable;
  whatsapp_flow_answer: WhatsAppFlowAnswerTable;
}

export interface WhatsAppFlowTable {
  id: Generated<number>;
  project_id: number;
  provider_account_id: number;
  provider_flow_id: string;
  name: string;
  categories: string[];
  status: string;
  status_at: Timestamp;
  cloned_from: number | null;
  mapping: DefaultedJson;
  exchange: Json | null;
  forward_secret: Buffer | null;
  preview_url: string | null;
  preview_until: Timestamp | null;
  created_by: string;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface WhatsAppFlowVersionTable {
  flow_id: number;
  number: number;
  json: string;
  findings: DefaultedJson;
  uploaded_at: Timestamp | null;
  saved_by: string;
  saved_at: Timestamp;
}

interface WhatsAppFlowNoticeTable {
  flow_id: number;
  event: string;
  message: string;
  is_over: boolean | null;
  at: Timestamp;
}

interface WhatsAppFlowKeyTable {
  id: Generated<number>;
  project_id: number;
  provider_account_id: number;
  public_key: string;
  private_key: Buffer;
  created_at: Timestamp;
}

interface WhatsAppFlowCallTable {
  request_key: string;
  status: number;
  answer: string;
  at: Timestamp;
}

interface WhatsAppFlowAnswerTable {
  lane: number;
  id: number;
  project_id: number;
  user_id: number;
  flow_id: number;
  message_id: number | null;
  response: Json;
  outcome: Json;
  at: Timestamp;
}
