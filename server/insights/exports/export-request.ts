import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { launchInBody } from '../../campaigns/launch-query.ts';
import { ApiError } from '../../http/errors.ts';
import { rowId } from '../../http/schemas.ts';

/** The launch that a rehearsal is of; a launch now, or the one that is scheduled, where nothing is said. */
export const rehearsedLaunch = Type.Object(launchInBody, {
  description: 'Of campaignRehearsal: the launch that is meant, as in the forecast',
});

/** What is exported and how; the shape of `export_job.options`. Instants as ISO 8601. */
export const exportOptions = Type.Object({
  from: Type.Optional(Type.String()),
  to: Type.Optional(Type.String()),
  campaignId: Type.Optional(rowId),
  segmentId: Type.Optional(rowId),
  launch: Type.Optional(rehearsedLaunch),
  delimiter: Type.Optional(Type.String()),
  omitFields: Type.Optional(Type.Array(Type.String())),
  onlyFields: Type.Optional(Type.Array(Type.String())),
});

export type ExportOptions = Static<typeof exportOptions>;

/** Reads `export_job.options` as it was stored. */
export function readExportOptions(stored: unknown): ExportOptions {
  return Value.Parse(exportOptions, stored);
}

/** Fields' names, with commas between or each on its own: Iterable takes both. */
export const fieldList = Type.Union([Type.String(), Type.Array(Type.String())]);

type FieldList = Static<typeof fieldList>;

/** Reads what a call asks for; throws `BadParams` for an impossible delimiter. */
export function optionsFrom(asked: {
  from: Date | null;
  to: Date | null;
  campaignId?: number;
  segmentId?: number;
  launch?: Static<typeof rehearsedLaunch>;
  delimiter?: string;
  omitFields?: FieldList;
  onlyFields?: FieldList;
}): ExportOptions {
  if (asked.delimiter !== undefined && !/^[^"\r\n]$/.test(asked.delimiter))
    throw new ApiError(
      'BadParams',
      `delimiter: ${JSON.stringify(asked.delimiter)} cannot part fields; use one character as , ; or a tab`,
      { delimiter: asked.delimiter },
    );
  return {
    ...(asked.from && { from: asked.from.toISOString() }),
    ...(asked.to && { to: asked.to.toISOString() }),
    ...(asked.campaignId !== undefined && { campaignId: asked.campaignId }),
    ...(asked.segmentId !== undefined && { segmentId: asked.segmentId }),
    ...(asked.launch && { launch: asked.launch }),
    ...(asked.delimiter !== undefined && { delimiter: asked.delimiter }),
    ...(asked.omitFields?.length && { omitFields: fieldNames(asked.omitFields) }),
    ...(asked.onlyFields?.length && { onlyFields: fieldNames(asked.onlyFields) }),
  };
}

function fieldNames(list: FieldList): string[] {
  return [list]
    .flat()
    .flatMap((text) => text.split(','))
    .map((name) => name.trim())
    .filter(Boolean);
}
