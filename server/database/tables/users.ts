import type { Generated } from 'kysely';
import type { DefaultedJson, Timestamp } from './columns.ts';

/** People, who has which identity, and what a project knows of its fields. */
export interface UsersTables {
  users: UsersTable;
  address: AddressTable;
  identity: IdentityTable;
  user_field: UserFieldTable;
  merged_user: MergedUserTable;
  forgotten_identity: ForgottenIdentityTable;
  whatsapp_number: WhatsAppNumberTable;
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
  signed_up_at: Timestamp;
  updated_at: Timestamp;
}

export interface AddressTable {
  lane: number;
  project_id: number;
  user_id: number;
  kind: string;
  value: string;
  added_at: Timestamp;
  unreachable: DefaultedJson;
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
