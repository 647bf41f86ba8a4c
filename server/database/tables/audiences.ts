import type { Generated } from 'kysely';
import type { Json, Timestamp } from './columns.ts';

/** Lists and what is read in from files. */
export interface AudiencesTables {
  list: ListTable;
  list_member: ListMemberTable;
  list_size: ListSizeTable;
  import: ImportTable;
  import_file: ImportFileTable;
  import_row_report: ImportRowReportTable;
  import_row_cells: ImportRowCellsTable;
  import_user: ImportUserTable;
}

export interface ListTable {
  id: Generated<number>;
  project_id: number;
  name: string;
  description: string | null;
  created_at: Timestamp;
}

export interface ListMemberTable {
  lane: number;
  list_id: number;
  user_id: number;
  added_at: Timestamp;
}

export interface ListSizeTable {
  lane: number;
  list_id: number;
  id: string;
  members: number;
}

export interface ImportTable {
  id: Generated<number>;
  project_id: number;
  file_name: string;
  options: Json;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'undoing' | 'undone';
  rows_total: Generated<number>;
  rows_done: Generated<number>;
  rows_half_done: Generated<number>;
  rows_taken: Generated<number>;
  rows_refused: Generated<number>;
  error: string | null;
  headers: Json | null;
  created_at: Timestamp;
  finished_at: Timestamp | null;
}

export interface ImportFileTable {
  import_id: number;
  part: number;
  content: Buffer;
}

export interface ImportRowReportTable {
  import_id: number;
  row_number: number;
  outcome: 'refused' | 'warning';
  field: Generated<string>;
  value: string | null;
  reason: string;
}

export interface ImportRowCellsTable {
  import_id: number;
  row_number: number;
  cells: Json;
}

export interface ImportUserTable {
  lane: number;
  import_id: number;
  user_id: number;
  created: boolean;
  listed: boolean;
  touched_at: Timestamp;
}
