import type { Context } from '../../http/context.ts';
import { csvText } from '../../http/csv.ts';
import type { ExportOptions } from './export-request.ts';
import {
  chosenFields,
  csvFields,
  csvValues,
  type ExportRow,
  exportPages,
  isChosen,
  requireDataType,
  rowsOfSegment,
} from './export-rows.sql.ts';
import { openRehearsal, rehearsalFields, rehearsalType } from './rehearsal-rows.ts';

/** What is to be exported, of which project and in which form. */
export interface ExportCall {
  projectId: number;
  dataTypeName: string;
  format: 'csv' | 'json';
  options: ExportOptions;
  askedAt: Date;
}

/** The text of an export: a heading (empty for JSON) that each of its files begins with, and its pages. */
export interface ExportText {
  heading: string;
  pages: AsyncGenerator<{ text: string; rows: number }>;
  /** About how many rows there will be; null where that is not known before. */
  expected: number | null;
}

/** Rows, and how each is written as a line of CSV. */
interface Source {
  fields: string[];
  pages: AsyncGenerator<ExportRow[]>;
  values: (row: ExportRow) => unknown[];
  expected: number | null;
}

/** Opens an export: CSV, or one JSON object a line. Throws `BadParams` for an unknown kind of data. */
export async function openExport(context: Context, call: ExportCall): Promise<ExportText> {
  const { options } = call;
  const { fields, pages, values, expected } = await sourceOf(context, call);
  if (call.format === 'json')
    return {
      ...{ heading: '', expected },
      pages: mapPages(pages, (page) =>
        page.map((row) => `${JSON.stringify(chosenFields(row, options))}\n`).join(''),
      ),
    };
  const delimiter = options.delimiter ?? ',';
  return {
    ...{ heading: csvText([fields], delimiter), expected },
    pages: mapPages(pages, (page) => csvText(page.map(values), delimiter)),
  };
}

async function sourceOf(
  context: Context,
  { projectId, dataTypeName, options, askedAt }: ExportCall,
): Promise<Source> {
  if (dataTypeName === rehearsalType) {
    const fields = rehearsalFields.filter((field) => isChosen(field, options));
    const values = (row: ExportRow) => fields.map((field) => row[field]);
    return { fields, values, ...(await openRehearsal(context, projectId, options, askedAt)) };
  }
  const { db } = context;
  const type = requireDataType(dataTypeName);
  const whose =
    options.segmentId === undefined ? null : await rowsOfSegment(context, projectId, options.segmentId);
  const fields = await csvFields(db, projectId, dataTypeName, type, options);
  return {
    ...{ fields, expected: null },
    pages: exportPages(db, projectId, type, options, whose),
    values: (row) => csvValues(row, fields, type),
  };
}

async function* mapPages(
  pages: AsyncGenerator<ExportRow[]>,
  text: (page: ExportRow[]) => string,
): AsyncGenerator<{ text: string; rows: number }> {
  for await (const page of pages) yield { text: text(page), rows: page.length };
}
