import type { Generated } from 'kysely';
import type { Json, Timestamp } from './columns.ts';

/** Exports and their files. */
export interface InsightsTables {
  export_job: ExportJobTable;
  export_file: ExportFileTable;
}

export interface ExportJobTable {
  id: Generated<number>;
  project_id: number;
  data_type_name: string;
  output_format: 'text/csv' | 'application/x-json-stream';
  options: Json;
  state: 'enqueued' | 'running' | 'completed' | 'failed' | 'cancelling' | 'cancelled';
  bytes: Generated<number>;
  rows: Generated<number>;
  rows_expected: number | null;
  error: string | null;
  created_at: Timestamp;
  started_at: Timestamp | null;
  ended_at: Timestamp | null;
}

export interface ExportFileTable {
  job_id: number;
  number: number;
  name: string;
  content: Buffer;
}
