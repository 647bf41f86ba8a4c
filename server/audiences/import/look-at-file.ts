import type { Database } from '../../database/connect.ts';
import { ApiError } from '../../http/errors.ts';
import { mostProfileFields } from '../../users/field-limits.ts';
import { listFields } from '../../users/field-types.ts';
import { type Column, isNoField, mapColumns } from './columns.ts';
import { type ProjectTargets, planConsent, speaksOfConsent } from './consent-plan.ts';
import type { Chunks } from './file/encoding.ts';
import { openTable, type Table, type TableRow } from './file/table.ts';
import { type ImportOptions, ofHeader } from './options.ts';
import { askDateOrder, type ImportQuestion } from './questions.ts';
import { type FileReading, fieldReadings } from './row-reading.ts';
import { type Scan, scanRows } from './scan.ts';

/** A file that has been looked through: how its rows are read, and what is still to be asked. */
export interface SeenFile {
  table: Table;
  reading: FileReading;
  questions: ImportQuestion[];
  /** Why nothing of the file can be taken as it is: what is missing of the statement of consent, or fields too many. */
  refusal: ApiError | null;
}

/** Looks through a whole file before anything of it is taken. `mostRows` ends the look early. */
export async function lookAtFile(
  db: Database,
  project: { id: number; defaultCountry: string },
  chunks: Chunks,
  options: ImportOptions,
  mostRows = Number.POSITIVE_INFINITY,
): Promise<SeenFile> {
  const table = await openTable(chunks);
  const scan = await scanRows(first(table.rows(), mostRows), columnsOf(table.headers, options));
  const targets = await projectTargets(db, project.id);
  const { plan, questions } = planConsent(scan.columns, scan.sights, options, targets);
  const known = await listFields(db, project.id);
  const fields = fieldReadings(scan, known, options);
  const defaultCountry = options.defaultCountry ?? project.defaultCountry;
  return {
    table,
    reading: { columns: scan.columns, scan, plan, options, defaultCountry, fields },
    questions: [...questions, ...askDateOrder(scan.columns, scan.sights, options)],
    refusal:
      unstatedConsent(options, scan) ??
      unknownColumns(options, scan.columns) ??
      forbiddenField(scan.columns) ??
      fieldsWithoutRoom(scan.columns, known),
  };
}

/** The columns as chosen; one that is said to count for consent is one of consent, whatever its name. */
function columnsOf(
  headers: readonly string[],
  { mapping = {}, consentColumns = {} }: ImportOptions,
): Column[] {
  const columns = mapColumns(headers, mapping);
  const named = columns.filter(
    ({ header, meaning }) =>
      ofHeader(consentColumns, header) && !['optIn', 'optOut', 'optOutDate'].includes(meaning),
  );
  if (named.length === 0) return columns;
  const asConsent = Object.fromEntries(named.map(({ header }) => [header, 'optIn']));
  return mapColumns(headers, { ...mapping, ...asConsent });
}

async function* first(rows: AsyncIterable<TableRow>, most: number): AsyncGenerator<TableRow> {
  let count = 0;
  for await (const row of rows) {
    yield row;
    if (++count >= most) return;
  }
}

async function projectTargets(db: Database, projectId: number): Promise<ProjectTargets> {
  const rows = await db
    .selectFrom('channel')
    .leftJoin('message_type', 'message_type.channel_id', 'channel.id')
    .select(['channel.id as channelId', 'message_type.id as typeId', 'medium', 'purpose'])
    .where('channel.project_id', '=', projectId)
    .orderBy('channel.id')
    .execute();
  const channels = new Map(
    rows.map(({ channelId, medium, purpose }) => [
      channelId,
      { id: channelId, medium, promotional: purpose === 'promotional' },
    ]),
  );
  const types = rows.flatMap(({ channelId, typeId, medium }) =>
    typeId === null ? [] : { id: typeId, channelId, medium },
  );
  return { channels: [...channels.values()], types };
}

/** A file that opts people in needs it stated where they agreed, and to what. */
function unstatedConsent(options: ImportOptions, scan: Scan): ApiError | null {
  const { consent } = options;
  const speaks = speaksOfConsent(scan.columns, scan.sights, options.consentColumns ?? {});
  if (!consent && !speaks) return null;
  if (!consent || consent.source.trim() === '')
    return new ApiError(
      'ConsentRequired',
      'options.consent.source is missing; the file speaks of consent: say where these people agreed, or map its consent columns to "" to import without',
      { field: 'options.consent.source' },
    );
  const ids = [
    ...(consent.messageTypeIds ?? []),
    ...Object.values(options.consentColumns ?? {}).flatMap((each) => each.messageTypeIds),
  ];
  const optsOut = scan.columns.some(({ meaning }) => ['optIn', 'optOut', 'optOutDate'].includes(meaning));
  if (ids.length > 0 || (!speaks && optsOut)) return null;
  return new ApiError(
    'ConsentRequired',
    'options.consent.messageTypeIds is empty; say what they agreed to get, there or for each column in options.consentColumns',
    { field: 'options.consent.messageTypeIds' },
  );
}

function unknownColumns(options: ImportOptions, columns: readonly Column[]): ApiError | null {
  const headers = columns.map(({ header }) => header);
  const unknown = Object.keys(options.consentColumns ?? {}).find((header) => !headers.includes(header));
  return unknown === undefined
    ? null
    : new ApiError(
        'BadParams',
        `options.consentColumns: the file has no column “${unknown}”; it has ${headers.map((header) => `“${header}”`).join(', ')}`,
        { field: 'options.consentColumns', value: unknown },
      );
}

/** The one name that no field may have, which API calls are refused for as well. */
function forbiddenField(columns: readonly Column[]): ApiError | null {
  const column = columns.find(({ meaning }) => meaning === '__proto__');
  if (!column) return null;
  return new ApiError(
    'BadParams',
    `options.mapping: the column “${column.header}” would be a field __proto__, which no field may be called; give it another name`,
    { field: 'options.mapping', value: column.header },
  );
}

/** Columns that would be new fields of profiles, where the project has no room for so many. */
function fieldsWithoutRoom(columns: readonly Column[], known: ReadonlyMap<string, unknown>): ApiError | null {
  const fresh = columns
    .map(({ meaning }) => meaning)
    .filter((meaning) => !known.has(meaning) && !isNoField(meaning));
  const room = Math.max(0, mostProfileFields - known.size);
  if (fresh.length <= room) return null;
  return new ApiError(
    'BadParams',
    `file: ${fresh.length.toLocaleString('en')} of its columns would be new fields, and this project has room for ${room.toLocaleString('en')} of ${mostProfileFields.toLocaleString('en')}; leave columns out by options.mapping, as {"${fresh[room]}": ""}`,
    { field: 'file', newFields: fresh.length, room },
  );
}
