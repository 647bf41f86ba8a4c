import type { Generated } from 'kysely';
import type { Medium } from '../../medium/media.ts';
import type { DefaultedJson, OptionalJson, Timestamp } from './columns.ts';

/** One-time codes. */
export interface VerificationsTables {
  verification_profile: VerificationProfileTable;
  verification_tally: VerificationTallyTable;
  verification_block: VerificationBlockTable;
  verification_template: VerificationTemplateTable;
  verification: VerificationTable;
}

export interface VerificationProfileTable {
  id: Generated<number>;
  project_id: number;
  name: string;
  channels: Medium[];
  sender_ids: number[];
  brand: string | null;
  texts: DefaultedJson;
  code_length: number;
  lives_seconds: number;
  countries: string[];
  web_domain: string | null;
  app_hash: string | null;
  whatsapp_apps: OptionalJson;
  hourly_limit: number;
  daily_budget_micros: number;
  created_at: Timestamp;
  updated_at: Timestamp;
}

export interface VerificationTallyTable {
  project_id: number;
  profile_id: number;
  kind: 'all' | 'country' | 'prefix' | 'client';
  key: string;
  at: Timestamp;
  begun: Generated<number>;
  sent: Generated<number>;
  verified: Generated<number>;
  refused: Generated<number>;
  checked: Generated<number>;
  cost_micros: Generated<number>;
}

export interface VerificationBlockTable {
  id: Generated<number>;
  project_id: number;
  profile_id: number;
  kind: 'country' | 'prefix';
  key: string;
  sent: number;
  verified: number;
  since: Timestamp;
  until: Timestamp;
  told_at: Generated<Timestamp | null>;
  lifted_at: Timestamp | null;
  lifted_by: string | null;
}

export interface VerificationTemplateTable {
  id: Generated<number>;
  project_id: number;
  profile_id: number;
  provider_account_id: number;
  name: string;
  language: string;
  provider_template_id: string;
  status: string;
  reason: string | null;
  status_at: Timestamp | null;
}

export interface VerificationTable {
  lane: number;
  id: number;
  project_id: number;
  profile_id: number;
  user_id: number;
  address_hash: Buffer;
  state: 'open' | 'verified' | 'exhausted' | 'cancelled';
  seed: string;
  digits: number;
  tries: Generated<number>;
  sent_at: Date[];
  sent_by: Medium[];
  locale: string | null;
  message_id: number;
  is_newcomer: boolean;
  begun_at: Timestamp;
  expires_at: Timestamp;
  ended_at: Timestamp | null;
}
