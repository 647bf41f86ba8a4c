import { queryOptions } from '@tanstack/react-query';
import { get, post } from './request.ts';

/** Header → field; empty text leaves a column out. */
export type Mapping = Record<string, string>;

/** By what means people agreed. */
export type ConsentMethod = 'webForm' | 'paper' | 'inPerson' | 'keyword' | 'import';

/** Where the people of a file agreed, as whoever imports it states it. */
export interface StatedConsent {
  source: string;
  method: ConsentMethod;
  wording?: string;
  happenedAt?: string;
  messageTypeIds: number[];
  /** All of them agreed, though the file has no column that says so. */
  everyRow?: boolean;
}

/** What one consent column counts for; no message type leaves it out. */
export interface ConsentColumn {
  messageTypeIds: number[];
  values?: Record<string, 'yes' | 'no' | 'blank'>;
}

/** How a file is to be taken. */
export interface ImportOptions {
  mapping?: Mapping;
  defaultCountry?: string;
  listId?: number;
  newListName?: string;
  consent?: StatedConsent;
  consentColumns?: Record<string, ConsentColumn>;
  dateOrder?: 'DMY' | 'MDY';
  sheet?: string;
}

interface Remark {
  field: string;
  value: string;
  reason: string;
}

/** How a cell of a consent column is read. */
export type ConsentReading = 'yes' | 'no' | 'optOut' | 'pending' | 'blank' | 'unknown' | 'asked';

/** A row as it would be taken. */
export interface PreviewRow {
  rowNumber: number;
  identities: Record<string, string>;
  dataFields: Record<string, unknown>;
  /** The country of its number. */
  country: string | null;
  /** The consent action it carries, null for none. */
  consent: string | null;
  /** What each consent column says in this row. */
  readings: { header: string; value: string; reading: ConsentReading }[];
  refusal: Remark | null;
  warnings: Remark[];
}

/** The start of a file as it would be taken. */
export interface ImportPreview {
  encoding: string;
  delimiter: string;
  columns: PreviewColumn[];
  rows: PreviewRow[];
  questions: ImportQuestion[];
}

/** A column of a file as it would be taken. */
export interface PreviewColumn {
  header: string;
  field: string;
  samples: string[];
  medium: string | null;
  messageTypeIds: number[];
}

/** Something that only the sender of a file can know. */
export interface ImportQuestion {
  about:
    | 'severalColumns'
    | 'untoldChannel'
    | 'refusedIds'
    | 'noColumn'
    | 'doubtfulMark'
    | 'dateOrder'
    | 'sheet';
  /** The columns in doubt; of a workbook its sheets. */
  columns: string[];
  /** The cells in doubt. */
  values: string[];
  medium: string | null;
  messageTypeIds: number[];
}

/** What undoing an import does. */
export interface UndoCounts {
  usersRemoved: number;
  usersKept: number;
  membershipsEnded: number;
  consentsEnded: number;
  optOutsKept: number;
}

/** An import as it goes. */
export interface Import {
  id: number;
  fileName: string;
  state: string;
  rowsTotal: number;
  rowsDone: number;
  rowsTaken: number;
  rowsRefused: number;
  error: string | null;
  createdAt: string;
  finishedAt: string | null;
}

/** What was said of one row. */
export interface RowReport {
  rowNumber: number;
  outcome: string;
  field: string | null;
  value: string | null;
  reason: string;
}

/** Enough for the rows that are shown; the server takes a longer head for the start of a file. */
const previewedBytes = 3 * 1024 * 1024;

function form(options: ImportOptions, file: Blob, name: string): FormData {
  const body = new FormData();
  body.append('options', JSON.stringify(options));
  body.append('file', file, name);
  return body;
}

/** A workbook is one packed whole: a part of it cannot be read. */
const isWorkbook = (file: File) => /\.xls[xm]$/i.test(file.name);

/** Asks how the file's first rows would be taken. */
export const previewQuery = (file: File, options: ImportOptions) =>
  queryOptions({
    queryKey: ['importPreview', file.name, file.size, file.lastModified, options],
    queryFn: () =>
      post<ImportPreview>(
        '/api/import/preview',
        form(options, isWorkbook(file) ? file : file.slice(0, previewedBytes), file.name),
      ),
    placeholderData: (before) => before,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Uploads the file and starts its import; returns the import's id. */
export const startImport = async (file: File, options: ImportOptions) =>
  (await post<{ importId: number }>('/api/import', form(options, file, file.name))).importId;

export const importsQuery = queryOptions({
  queryKey: ['imports'],
  queryFn: async () => (await get<{ imports: Import[] }>('/api/import')).imports,
});

/** True while rows are still being worked off. */
export const isGoing = (state?: string) => state === 'waiting' || state === 'running' || state === 'undoing';

export const importQuery = (id: number) =>
  queryOptions({
    queryKey: ['imports', id],
    queryFn: () => get<Import>(`/api/import/${id}`),
    refetchInterval: (query) => (isGoing(query.state.data?.state) ? 700 : false),
  });

export const reportQuery = (id: number, after: number) =>
  queryOptions({
    queryKey: ['imports', id, 'report', after],
    queryFn: () => get<{ rows: RowReport[]; after: number | null }>(`/api/import/${id}/rows`, { after }),
  });

/** Where the whole report is to be had as a file. */
export const reportFile = (id: number) => `/api/import/${id}/report.csv`;

export const undoQuery = (id: number) =>
  queryOptions({
    queryKey: ['imports', id, 'undo'],
    queryFn: () => get<UndoCounts>(`/api/import/${id}/undo`),
    staleTime: 0,
  });

/** Begins to undo an import. */
export const undoImport = (id: number) => post<{ state: string }>(`/api/import/${id}/undo`, {});
