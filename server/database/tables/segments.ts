import type { Generated } from 'kysely';
import type { Json, Timestamp } from './columns.ts';

/** Segments. */
export interface SegmentsTables {
  segment: SegmentTable;
}

export interface SegmentTable {
  id: Generated<number>;
  project_id: number;
  name: string;
  description: string | null;
  definition: Json;
  refers_to: string[];
  created_at: Timestamp;
  updated_at: Timestamp;
  updated_by: string;
}
