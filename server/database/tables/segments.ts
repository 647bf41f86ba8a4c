import type { Generated } from 'kysely';
import type { Json, Timestamp } from './columns.ts';

/** Segments. */
export interface SegmentsTables {
  segment: SegmentTable;
  catalog_collection: CatalogCollectionTable;
}

export interface SegmentTable {
  id: Generated<number>;
  project_id: number;
  name: string;
  description: string | null;
  definition: Json;
  refers_to: string[];
  live: Generated<boolean>;
  created_at: Timestamp;
  updated_at: Timestamp;
  updated_by: string;
}

export interface CatalogCollectionTable {
  id: Generated<number>;
  project_id: number;
  name: string;
  catalog_id: number;
  conditions: Json | null;
  order_by: string | null;
  ascending: boolean;
  most: number;
  time_zone: string;
  updated_at: Timestamp;
}
