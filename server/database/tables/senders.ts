import type { Generated } from 'kysely';
import type { Medium, SenderKind } from '../../medium/media.ts';
import type { Day, Json, Timestamp } from './columns.ts';
import type { Purpose } from './consent.ts';

/** What messages leave from, at what pace and price. */
export interface SendersTables {
  provider_account: ProviderAccountTable;
  sender: SenderTable;
  sender_pace: SenderPaceTable;
  sender_pool: SenderPoolTable;
  sticky_sender: StickySenderTable;
  session: SessionTable;
  rate_table: RateTableTable;
}

export interface SessionTable {
  lane: number;
  user_id: number;
  sender_id: number;
  addresses: string[];
  closes_at: Timestamp;
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

export interface RateTableTable {
  project_id: number;
  rates: Json;
  updated_at: Timestamp;
}
