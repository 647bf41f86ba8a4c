import type { Json, Timestamp } from './columns.ts';

/** What happened to people and is still to be told. */
export interface HappeningsTables {
  happening: HappeningTable;
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
