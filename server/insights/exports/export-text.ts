import type { Database } from '../../database/connect.ts';
import { csvText } from '../../http/csv.ts';
import type { ExportOptions } from './export-request.ts';
import { chosenFields, csvFields, csvValues, exportPages, requireDataType } from './export-rows.sql.ts';

/** What is to be exported, of which project and in which form. */
export interface ExportCall {
  projectId: number;
  dataTypeName: string;
  format: 'csv' | 'json';
  options: ExportOptions;
}

/** The text of an export: a heading (empty for JSON) that each of its files begins with, and its pages. */
export interface ExportText {
  heading: string;
  pages: AsyncGenerator<string>;
}

/** Opens an export: CSV, or one JSON object a line. Throws `BadParams` for an unknown kind of data. */
export async function openExport(db: Database, call: ExportCall): Promise<ExportText> {
  const { projectId, dataTypeName, format, options } = call;
  const type = requireDataType(dataTypeName);
  const delimiter = options.delimiter ?? ',';
  const rows = exportPages(db, projectId, type, options);
  if (format === 'json')
    return {
      heading: '',
      pages: mapPages(rows, (page) =>
        page.map((row) => `${JSON.stringify(chosenFields(row, options))}\n`).join(''),
      ),
    };
  const fields = await csvFields(db, projectId, dataTypeName, type, options);
  return {
    heading: csvText([fields], delimiter),
    pages: mapPages(rows, (page) =>
      csvText(
        page.map((row) => csvValues(row, fields, type)),
        delimiter,
      ),
    ),
  };
}

async function* mapPages<Row>(
  pages: AsyncGenerator<Row[]>,
  text: (page: Row[]) => string,
): AsyncGenerator<string> {
  for await (const page of pages) yield text(page);
}
