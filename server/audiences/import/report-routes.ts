import { Readable } from 'node:stream';
import { Type } from 'typebox';
import type { Database } from '../../database/connect.ts';
import type { Routes } from '../../http/api.ts';
import { csvText } from '../../http/csv.ts';
import { ApiError } from '../../http/errors.ts';
import { nullable, rowId, textAnswer } from '../../http/schemas.ts';
import { reportHeaders } from './columns.ts';
import { cellsOf, findImport, type Import, newestImports, readReport } from './imports.sql.ts';

const tags = ['Import'];
const params = Type.Object({ id: rowId });
const importSchema = Type.Object({
  id: Type.Integer(),
  fileName: Type.String(),
  state: Type.String(),
  rowsTotal: Type.Integer({ description: 'Known from the start' }),
  rowsDone: Type.Integer(),
  rowsTaken: Type.Integer(),
  rowsRefused: Type.Integer(),
  error: nullable(Type.String()),
  options: Type.Unknown(),
  createdAt: Type.String(),
  finishedAt: nullable(Type.String()),
});
const reportRow = Type.Object({
  rowNumber: Type.Integer({ description: 'As a spreadsheet counts: the header is 1' }),
  outcome: Type.String(),
  field: nullable(Type.String()),
  value: nullable(Type.String()),
  reason: Type.String(),
});

/** How imports go, and what was refused and why, row by row. */
export const importReportRoutes: Routes = (api, context) => {
  const { db } = context;
  api.get(
    '/api/import',
    {
      schema: {
        tags,
        summary: 'Imports, newest first',
        response: { 200: Type.Object({ imports: Type.Array(importSchema) }) },
      },
    },
    async (request) => {
      const rows = await newestImports(db, request.caller.project.id);
      return { imports: rows.map(showImport) };
    },
  );
  api.get(
    '/api/import/:id',
    { schema: { tags, summary: 'How an import goes', params, response: { 200: importSchema } } },
    async (request) => showImport(await requireImport(db, request.caller.project.id, request.params.id)),
  );
  api.get(
    '/api/import/:id/rows',
    {
      schema: {
        tags,
        summary: 'Refused rows and warnings, in the order of the file',
        params,
        querystring: Type.Object({
          after: Type.Optional(
            Type.Integer({ description: 'Row number of the last row of the page before' }),
          ),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
        }),
        response: {
          200: Type.Object({
            state: Type.String({ description: 'Of the import: rows are known when it is done or failed' }),
            rows: Type.Array(reportRow),
            after: nullable(Type.Integer()),
          }),
        },
      },
    },
    async (request) => {
      const { id, state } = await requireImport(db, request.caller.project.id, request.params.id);
      const { after = 0, limit = 100 } = request.query;
      const rows = await readReport(db, id, after, limit);
      return { state, rows, after: rows.length >= limit ? rows.at(-1)!.rowNumber : null };
    },
  );
  api.get(
    '/api/import/:id/report.csv',
    {
      schema: {
        tags,
        summary: 'The same as a CSV file',
        params,
        response: { 200: textAnswer('text/csv; charset=utf-8') },
      },
    },
    async (request, reply) => {
      const { id, headers } = await requireImport(db, request.caller.project.id, request.params.id);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="import-${id}-report.csv"`)
        .send(Readable.from(reportLines(db, id, Array.isArray(headers) ? headers.map(String) : [])));
    },
  );
};

/** An import of the project. @throws ApiError NotFound. */
export async function requireImport(db: Database, projectId: number, id: number): Promise<Import> {
  const row = await findImport(db, projectId, id);
  if (!row) throw new ApiError('NotFound', `No import ${id} in this project`, { field: 'id', value: id });
  return row;
}

function showImport(row: Import) {
  return {
    id: row.id,
    fileName: row.file_name,
    state: row.state,
    rowsTotal: row.rows_total,
    // Progress is seen within a batch too.
    rowsDone: row.rows_done + Math.floor(row.rows_half_done / 2),
    rowsTaken: row.rows_taken,
    rowsRefused: row.rows_refused,
    error: row.error,
    options: row.options,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}

/**
 * The rows with a remark as they came, and behind them where they stood and what was said of them: mended, the file
 * can be sent again as it is, since columns of ours are passed over.
 */
async function* reportLines(
  db: Database,
  importId: number,
  headers: readonly string[],
): AsyncGenerator<string> {
  yield csvText([[...headers, ...reportHeaders]]);
  for (let after = 0; ; ) {
    const lines = await readReport(db, importId, after, 1000);
    if (lines.length === 0) return;
    const cells = await cellsOf(db, importId, after, lines.at(-1)!.rowNumber);
    const byRow = Map.groupBy(lines, (line) => line.rowNumber);
    yield csvText(
      [...byRow].map(([rowNumber, said]) => {
        const own = cells.get(rowNumber) ?? [];
        const outcome = said.some((line) => line.outcome === 'refused') ? 'refused' : 'warning';
        const remarks = said.map(remarkText).join('; ');
        return [...headers.map((_, index) => own[index] ?? ''), rowNumber, outcome, remarks];
      }),
    );
    after = lines.at(-1)!.rowNumber;
  }
}

const remarkText = ({
  field,
  value,
  reason,
}: {
  field: string | null;
  value: string | null;
  reason: string;
}): string => [field, value ? `“${value}”` : '', reason].filter(Boolean).join(' ');
