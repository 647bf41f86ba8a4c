import type { Generated } from 'kysely';
import type { DefaultedJson, Timestamp } from './columns.ts';

/** Tenants, their API keys and who signs in to the console. */
export interface ProjectsTables {
  project: ProjectTable;
  api_key: ApiKeyTable;
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
