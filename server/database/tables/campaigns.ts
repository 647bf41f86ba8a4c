import type { Generated } from 'kysely';
import type { Medium } from '../../medium/media.ts';
import type { DefaultedJson, Timestamp } from './columns.ts';

/** Campaigns. */
export interface CampaignsTables {
  campaign: CampaignTable;
}

export interface CampaignTable {
  id: Generated<number>;
  project_id: number;
  name: string;
  kind: 'Blast' | 'Triggered';
  medium: Medium;
  journey_id: number | null;
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
  segment_ids: Generated<number[]>;
  suppression_segment_ids: Generated<number[]>;
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
  stopped_at: Timestamp | null;
  stopped_by: string | null;
  nothing_sent: Generated<boolean>;
}
