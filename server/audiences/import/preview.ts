import { type Static, Type } from 'typebox';
import { targetText } from '../../consent/standing.ts';
import { mediaOfTargets } from '../../consent/targets.ts';
import type { Database } from '../../database/connect.ts';
import { nullable } from '../../http/schemas.ts';
import { parsePhoneNumber } from '../../users/phone-number.ts';
import { prepareUpdate, warningText } from '../../users/prepare-update.ts';
import type { Chunks } from './file/encoding.ts';
import type { TableRow } from './file/table.ts';
import { lookAtFile } from './look-at-file.ts';
import type { ImportOptions } from './options.ts';
import { questionSchema } from './questions.ts';
import { lacksNumber, readRow } from './row-reading.ts';

const remarkSchema = Type.Object({ field: Type.String(), value: Type.String(), reason: Type.String() });
const readingSchema = Type.Enum(['yes', 'no', 'optOut', 'pending', 'blank', 'unknown', 'asked']);

/** The start of a file as it would be taken. */
export const previewSchema = Type.Object({
  encoding: Type.String(),
  delimiter: Type.String(),
  columns: Type.Array(
    Type.Object({
      header: Type.String(),
      field: Type.String(),
      samples: Type.Array(Type.String(), { description: 'The first distinct values' }),
      type: Type.String({ description: 'Of a profile field: text, number, yesNo or date' }),
      medium: nullable(Type.String({ description: 'Of a consent column: the channel that its words name' })),
      messageTypeIds: Type.Array(Type.Integer(), {
        description: 'Of a consent column: what its yes counts for',
      }),
    }),
  ),
  rows: Type.Array(
    Type.Object({
      rowNumber: Type.Integer(),
      identities: Type.Record(Type.String(), Type.String()),
      dataFields: Type.Record(Type.String(), Type.Unknown()),
      country: nullable(
        Type.String({ description: 'As one of whose a number without a country code is read' }),
      ),
      consent: nullable(Type.String()),
      readings: Type.Array(
        Type.Object({
          ...{ header: Type.String(), value: Type.String(), reading: readingSchema },
          isRecorded: Type.Boolean({
            description: 'false: a yes for which the row has no address, or that goes with a refused row',
          }),
        }),
        { description: 'What each consent column says in this row' },
      ),
      refusal: nullable(remarkSchema),
      warnings: Type.Array(remarkSchema),
    }),
  ),
  questions: Type.Array(questionSchema, { description: 'What an import would ask before it runs' }),
});

const previewed = 20;
/** So many rows tell what the columns are; an import looks through all of them. */
const sightedRows = 5000;
const fieldOfKind = {
  email: 'email',
  externalId: 'userId',
  phone: 'phoneNumber',
  whatsApp: 'whatsAppUserId',
};

/** Reads the first rows of a file's head. With `isWhole` false the head may end in the middle of a row. */
export async function previewRows(
  db: Database,
  project: { id: number; defaultCountry: string },
  chunks: Chunks,
  isWhole: boolean,
  options: ImportOptions,
  at: Date,
): Promise<Static<typeof previewSchema>> {
  const { table, reading, questions } = await lookAtFile(db, project, chunks, options, sightedRows);
  const media = await mediaOfTargets(db, project.id);
  const isOfTexts = (typeId: number) => media.get(targetText('messageType', typeId)) !== 'email';
  const typesOf = new Map(
    reading.plan.bindings.map((each) => [reading.columns[each.index]?.header, each.messageTypeIds]),
  );
  const rows: TableRow[] = [];
  for await (const row of table.rows()) {
    rows.push(row);
    if (rows.length > previewed) break;
  }
  if (!isWhole && rows.length <= previewed) rows.pop();
  const taken = rows.slice(0, previewed).map((row) => {
    const read = readRow(row, reading, at);
    const { update, wishes, readings, warnings, refusal } = read;
    const prepared = refusal
      ? { ok: false as const, value: '', ...refusal }
      : prepareUpdate(update, reading.defaultCountry);
    const phone = prepared.ok && prepared.identities.find(({ kind }) => kind === 'phone')?.value;
    // As the import itself records opt-ins.
    const isKept = (typeId: number) => prepared.ok && !(lacksNumber(read) && isOfTexts(typeId));
    const wish =
      wishes.find(({ action }) => action === 'optOut') ??
      wishes.find((each) => each.action === 'optIn' && each.messageTypeIds.some(isKept));
    return {
      rowNumber: row.number,
      identities: prepared.ok
        ? Object.fromEntries(prepared.identities.map(({ kind, value }) => [fieldOfKind[kind], value]))
        : {},
      dataFields: update.dataFields ?? {},
      country: phone ? countryOf(phone) : null,
      consent: wish?.action ?? null,
      readings: readings.map((each) => ({
        ...each,
        isRecorded: each.reading !== 'yes' || (typesOf.get(each.header) ?? []).some(isKept),
      })),
      refusal: prepared.ok ? null : warningText(prepared),
      warnings: [...(prepared.ok ? prepared.warnings.map(warningText) : []), ...warnings],
    };
  });
  const columns = reading.columns.map(({ header, meaning, medium }, index) => ({
    ...{ header, field: meaning, medium, type: reading.fields[index]!.kind },
    samples: reading.scan.sights[index]!.samples,
    messageTypeIds: [...(reading.plan.bindings.find((each) => each.index === index)?.messageTypeIds ?? [])],
  }));
  return { encoding: table.encoding, delimiter: table.delimiter, columns, rows: taken, questions };
}

function countryOf(e164: string): string | null {
  const number = parsePhoneNumber(e164, 'ZZ');
  return number.ok ? number.country : null;
}
