import { type Static, Type } from 'typebox';
import type { Database } from '../../database/connect.ts';
import { nullable } from '../../http/schemas.ts';
import { listFields } from '../../users/field-types.ts';
import { prepareUpdate, warningText } from '../../users/prepare-update.ts';
import { mapColumns } from './columns.ts';
import type { ImportOptions } from './options.ts';
import { type CsvRow, inspectCsv, readRows, takeHeader } from './read-csv.ts';
import { readRow } from './row-reading.ts';

/** The start of a file as it would be taken. */
export const previewSchema = Type.Object({
  encoding: Type.String(),
  delimiter: Type.String(),
  columns: Type.Array(Type.Object({ header: Type.String(), field: Type.String() })),
  rows: Type.Array(
    Type.Object({
      rowNumber: Type.Integer(),
      identities: Type.Record(Type.String(), Type.String()),
      dataFields: Type.Record(Type.String(), Type.Unknown()),
      consent: nullable(Type.String()),
      refusal: nullable(Type.Object({ field: Type.String(), value: Type.String(), reason: Type.String() })),
      warnings: Type.Array(
        Type.Object({ field: Type.String(), value: Type.String(), reason: Type.String() }),
      ),
    }),
  ),
});

const previewed = 20;
const fieldOfKind = {
  email: 'email',
  externalId: 'userId',
  phone: 'phoneNumber',
  whatsApp: 'whatsAppUserId',
};

/** Reads the first rows of a file's head. With `whole` false the head may end in the middle of a row. */
export async function previewRows(
  db: Database,
  projectId: number,
  head: Uint8Array[],
  whole: boolean,
  options: ImportOptions & { defaultCountry: string },
  at: Date,
): Promise<Static<typeof previewSchema>> {
  const chunks = async function* () {
    yield* head;
  };
  const shape = await inspectCsv(chunks);
  const reading = readRows(chunks, shape);
  const headers = await takeHeader(reading);
  const rows: CsvRow[] = [];
  for await (const row of reading) {
    rows.push(row);
    if (rows.length > previewed) break;
  }
  if (!whole && rows.length <= previewed) rows.pop();
  const meanings = mapColumns(headers, options.mapping);
  const types = await listFields(db, projectId);
  const taken = rows.slice(0, previewed).map((row) => {
    const { update, consent, warnings, refusal } = readRow(row.cells, meanings, types, options, at);
    const prepared = refusal
      ? { ok: false as const, value: '', ...refusal }
      : prepareUpdate(update, options.defaultCountry);
    return {
      rowNumber: row.number,
      identities: prepared.ok
        ? Object.fromEntries(prepared.identities.map(({ kind, value }) => [fieldOfKind[kind], value]))
        : {},
      dataFields: update.dataFields ?? {},
      consent: consent?.action ?? null,
      refusal: prepared.ok ? null : warningText(prepared),
      warnings: [...warnings, ...(prepared.ok ? prepared.warnings.map(warningText) : [])],
    };
  });
  const columns = headers.map((header, index) => ({ header, field: meanings[index]! }));
  return { encoding: shape.encoding, delimiter: shape.delimiter, columns, rows: taken };
}
