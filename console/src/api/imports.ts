import { queryOptions } from '@tanstack/react-query';
import { get, post } from './request.ts';

/** What each column of the file becomes: a field's name, or nothing. */
export type Mapping = Record<string, string | null>;

/** What the server read in a file before anything is taken. */
export interface ImportPreview {
  columns: string[];
  mapping: Mapping;
  /** The first rows, each by column. */
  rows: Record<string, string>[];
}

/** What is asked of an import. */
export interface ImportChoice {
  mapping: Mapping;
  consentSource: string;
  consentWording: string;
  defaultCountry: string;
  listId: number | null;
}

/** An import as it goes. */
export interface Import {
  id: number;
  fileName: string;
  state: 'waiting' | 'running' | 'done' | 'failed';
  rowsTotal: number;
  rowsDone: number;
  rowsTaken: number;
  rowsRefused: number;
  error: string | null;
  createdAt: string | number;
  finishedAt: string | number | null;
}

/** What was said of one row. */
export interface RowReport {
  rowNumber: number;
  outcome: 'refused' | 'warning';
  field: string | null;
  value: string | null;
  reason: string;
}

function form(file: File, options?: ImportChoice): FormData {
  const body = new FormData();
  // The options come first: the server reads the file as a stream.
  if (options) body.append('options', JSON.stringify(options));
  body.append('file', file);
  return body;
}

export const previewImport = (file: File) => post<ImportPreview>('/api/import/preview', form(file));

export const startImport = async (file: File, choice: ImportChoice) =>
  (await post<{ importId: number }>('/api/import', form(file, choice))).importId;

export const importsQuery = queryOptions({
  queryKey: ['imports'],
  queryFn: async () => (await get<{ imports: Import[] }>('/api/import')).imports,
});

/** True while rows are still being worked off. */
export const isGoing = (state?: Import['state']) => state === 'waiting' || state === 'running';

export const importQuery = (id: number) =>
  queryOptions({
    queryKey: ['imports', id],
    queryFn: () => get<Import>(`/api/import/${id}`),
    refetchInterval: (query) => (isGoing(query.state.data?.state) ? 700 : false),
  });

export const reportQuery = (id: number, after: number) =>
  queryOptions({
    queryKey: ['imports', id, 'report', after],
    queryFn: () => get<{ rows: RowReport[]; nextAfter?: number }>(`/api/import/${id}/report`, { after }),
  });

/** Where the whole report is to be had as a file. */
export const reportFile = (id: number) => `/api/import/${id}/report.csv`;
