import { type RawBuilder, sql } from 'kysely';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Database } from '../../database/connect.ts';
import { encodeMessageId } from '../../database/message-id.ts';
import type { Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import { lanes } from '../../lanes/lanes.ts';
import { readStored } from '../../segments/ground.ts';
import type { UserRef } from '../../users/identity.ts';
import { comingDataTypes, type ExportDataType, exportDataTypes } from './data-types.ts';
import type { ExportOptions } from './export-request.ts';
import { rehearsalType } from './rehearsal-rows.ts';

/** A row of an export: its fields by name. */
export type ExportRow = Record<string, unknown>;

/** Of the largest profiles and events that are kept a page has 64 MB. */
const pageRows = 250;
const messagePlace = Type.Tuple([Type.Integer(), Type.Integer()]);
const filePlaces = Type.Array(Type.Object({ file: messagePlace }));

/** The kind of data of this name. Throws `NotServed` for one that is still to come, `BadParams` for one that is none. */
export function requireDataType(name: string): ExportDataType {
  const type = Object.hasOwn(exportDataTypes, name) ? exportDataTypes[name] : undefined;
  if (type) return type;
  const capability = Object.hasOwn(comingDataTypes, name) ? comingDataTypes[name] : undefined;
  if (capability !== undefined)
    throw new ApiError('NotServed', `dataTypeName: ${name} is not served yet: it comes with ${capability}`, {
      dataTypeName: name,
      capability,
    });
  throw new ApiError(
    'BadParams',
    `dataTypeName: there is no ${JSON.stringify(name)} here; there are ${[...Object.keys(exportDataTypes), rehearsalType].join(', ')}`,
    { dataTypeName: name },
  );
}

/** SQL: the ids of those in a lane whose rows are wanted alone. */
export type WhoseRows = (lane: number) => RawBuilder<unknown>;

/** Those who are of a segment when their lane is read. @throws ApiError BadParams for one that is not there. */
export async function rowsOfSegment(
  context: Context,
  projectId: number,
  segmentId: number,
): Promise<WhoseRows> {
  const definition = (await readStored(context, projectId, [segmentId])).get(segmentId);
  if (!definition)
    throw new ApiError(
      'BadParams',
      `segmentId: no segment ${segmentId} in this project; GET /api/segments lists them`,
      { field: 'segmentId', segmentId },
    );
  return (lane) => sql`
    SELECT u.id FROM users u WHERE u.lane = ${lane} AND u.project_id = ${projectId}
      AND ${definition.holds({ projectId, lane, now: context.clock.now(), among: null })}`;
}

/** Reads all rows of an export, a page at a time, lane by lane. */
export async function* exportPages(
  db: Database,
  projectId: number,
  type: ExportDataType,
  options: ExportOptions,
  whose: WhoseRows | null = null,
): AsyncGenerator<ExportRow[]> {
  for (const lane of lanes) {
    let afterId: number | null = 0;
    while (afterId !== null) {
      const page: Page = await readPage(
        db,
        projectId,
        type,
        options,
        { lane, whose: whose?.(lane) },
        afterId,
      );
      if (page.rows.length) yield page.rows;
      afterId = page.nextAfter;
    }
  }
}

/** Reads all rows of one person. */
export async function rowsOfUser(
  db: Database,
  projectId: number,
  type: ExportDataType,
  user: UserRef,
): Promise<ExportRow[]> {
  const rows: ExportRow[] = [];
  let afterId: number | null = 0;
  while (afterId !== null) {
    const page: Page = await readPage(db, projectId, type, {}, user, afterId);
    rows.push(...page.rows);
    afterId = page.nextAfter;
  }
  return rows;
}

interface Page {
  rows: ExportRow[];
  nextAfter: number | null;
}

async function readPage(
  db: Database,
  projectId: number,
  type: ExportDataType,
  options: ExportOptions,
  of: { lane: number; id?: number; whose?: RawBuilder<unknown> | undefined },
  afterId: number,
): Promise<Page> {
  const named = type.fields.map((field, index) => sql`${type.values[index]} AS ${sql.id(field)}`);
  const { rows } = await sql<ExportRow & { _id: number; _carried: ExportRow | null }>`
    SELECT ${type.id} AS _id, ${type.carried ?? sql`NULL::jsonb`} AS _carried, ${sql.join(named)}
    FROM ${type.from}
    WHERE ${type.lane} = ${of.lane} AND ${type.project} = ${projectId} AND ${type.id} > ${afterId} AND ${type.where}
      ${of.id === undefined ? sql`` : sql`AND ${type.user} = ${of.id}`}
      ${of.whose ? sql`AND ${type.user} IN (${of.whose})` : sql``}
      ${options.from ? sql`AND ${type.at} >= ${options.from}::timestamptz` : sql``}
      ${options.to ? sql`AND ${type.at} < ${options.to}::timestamptz` : sql``}
      ${options.campaignId !== undefined ? sql`AND ${type.campaign ?? sql`NULL::int`} = ${options.campaignId}` : sql``}
    ORDER BY ${type.id} LIMIT ${pageRows}`.execute(db);
  const last = rows.at(-1);
  return {
    rows: rows.map(({ _id, _carried, ...fields }) => withIds({ ..._carried, ...fields })),
    nextAfter: last && rows.length === pageRows ? last._id : null,
  };
}

/** A row with the ids and addresses by which the API names messages and files. */
function withIds(row: ExportRow): ExportRow {
  const { messageId, files } = row;
  return {
    ...row,
    ...(Value.Check(messagePlace, messageId) && { messageId: encodeMessageId(...messageId) }),
    ...(Value.Check(filePlaces, files) && {
      files: files.map(({ file, ...rest }) => ({
        ...rest,
        url: `/api/inboundFiles/${encodeMessageId(...file)}`,
      })),
    }),
  };
}

/**
 * The fields of a CSV export, in order: the type's own, then for users the profile's fields as the project knows
 * them; what events carry stands in one column. `onlyFields` and `omitFields` choose among them.
 */
export async function csvFields(
  db: Database,
  projectId: number,
  name: string,
  type: ExportDataType,
  options: ExportOptions,
): Promise<string[]> {
  const own = [...type.fields];
  if (name === 'user') {
    const fields = await db
      .selectFrom('user_field')
      .select('name')
      .where('project_id', '=', projectId)
      .orderBy('name')
      .execute();
    own.push(...fields.map((field) => field.name));
  } else if (type.carried) own.push(carriedColumn);
  return [...new Set(own)].filter((field) => isChosen(field, options));
}

const carriedColumn = 'dataFields';

/** A row as the values of a CSV line. */
export function csvValues(row: ExportRow, fields: readonly string[], type: ExportDataType): unknown[] {
  return fields.map((field) => {
    if (Object.hasOwn(row, field)) return row[field];
    if (field !== carriedColumn) return null;
    const own = new Set(type.fields);
    return Object.fromEntries(Object.entries(row).filter(([name]) => !own.has(name)));
  });
}

/** A row as an object of the chosen fields; empty ones are left out. */
export function chosenFields(row: ExportRow, options: ExportOptions): ExportRow {
  return Object.fromEntries(
    Object.entries(row).filter(([field, value]) => value !== null && isChosen(field, options)),
  );
}

/** Whether a field is among those that were asked for. */
export function isChosen(field: string, { onlyFields, omitFields }: ExportOptions): boolean {
  if (onlyFields && !onlyFields.includes(field)) return false;
  return !omitFields?.includes(field);
}
