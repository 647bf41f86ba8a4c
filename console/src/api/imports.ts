import { queryOptions } from '@tanstack/react-query';
import { type Answer, answerOf, server } from './request.ts';

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

/** The start of a file as it would be taken. */
export type ImportPreview = Answer<'/api/import/preview', 'post'>;
/** A column of a file as it would be taken. */
export type PreviewColumn = ImportPreview['columns'][number];
/** A row as it would be taken. */
export type PreviewRow = ImportPreview['rows'][number];
/** How a cell of a consent column is read. */
export type ConsentReading = PreviewRow['readings'][number]['reading'];
/** Something that only the sender of a file can know. */
export type ImportQuestion = ImportPreview['questions'][number];
/** An import as it goes. */
export type Import = Answer<'/api/import/{id}'>;
/** What was said of one row. */
export type RowReport = Answer<'/api/import/{id}/rows'>['rows'][number];

/** Enough for the rows that are shown; the server takes a longer head for the start of a file. */
const previewedBytes = 3 * 1024 * 1024;

/** A file and how it is to be taken, as a form: the options first, so that they are known when the file comes. */
function upload(options: ImportOptions, file: Blob, name: string) {
  const body = { options: JSON.stringify(options), file: name };
  const bodySerializer = () => {
    const form = new FormData();
    form.append('options', body.options);
    form.append('file', file, name);
    return form;
  };
  return { body, bodySerializer };
}

/** A workbook is one packed whole: a part of it cannot be read. */
const isWorkbook = (file: File) => /\.xls[xm]$/i.test(file.name);

/** Asks how the file's first rows would be taken. */
export const previewQuery = (file: File, options: ImportOptions) =>
  queryOptions({
    queryKey: ['importPreview', file.name, file.size, file.lastModified, options],
    queryFn: () =>
      answerOf(
        server.POST(
          '/api/import/preview',
          upload(options, isWorkbook(file) ? file : file.slice(0, previewedBytes), file.name),
        ),
      ),
    placeholderData: (before) => before,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Uploads the file and starts its import; returns the import's id. */
export const startImport = async (file: File, options: ImportOptions) =>
  (await answerOf(server.POST('/api/import', upload(options, file, file.name)))).importId;

/** One import in a path. */
const one = (id: number) => ({ params: { path: { id } } });

export const importsQuery = queryOptions({
  queryKey: ['imports'],
  queryFn: async () => (await answerOf(server.GET('/api/import'))).imports,
});

/** True while rows are still being worked off. */
export const isGoing = (state?: string) => state === 'waiting' || state === 'running' || state === 'undoing';

export const importQuery = (id: number) =>
  queryOptions({
    queryKey: ['imports', id],
    queryFn: () => answerOf(server.GET('/api/import/{id}', one(id))),
    refetchInterval: (query) => (isGoing(query.state.data?.state) ? 700 : false),
  });

export const reportQuery = (id: number, after: number) =>
  queryOptions({
    queryKey: ['imports', id, 'report', after],
    queryFn: () =>
      answerOf(server.GET('/api/import/{id}/rows', { params: { path: { id }, query: { after } } })),
  });

/** Where the whole report is to be had as a file. */
export const reportFile = (id: number) => `/api/import/${id}/report.csv`;

export const undoQuery = (id: number) =>
  queryOptions({
    queryKey: ['imports', id, 'undo'],
    queryFn: () => answerOf(server.GET('/api/import/{id}/undo', one(id))),
    staleTime: 0,
  });

/** Begins to undo an import. */
export const undoImport = (id: number) => answerOf(server.POST('/api/import/{id}/undo', one(id)));
