import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { ApiError } from '../http/errors.ts';
import { instantInput, rowId } from '../http/schemas.ts';
import { readInstant } from '../users/instant.ts';
import type { LaunchChoice } from './imagined-launch.ts';

/** The fields by which a call chooses a launch that is only imagined. */
export const launchFields = {
  listIds: Type.Optional(
    Type.Union([rowId, Type.Array(rowId)], {
      description: 'To whom a triggered campaign would go; a blast goes to its own lists unless told',
    }),
  ),
  segmentIds: Type.Optional(
    Type.Union([rowId, Type.Array(rowId)], {
      description: 'The same of segments; beside listIds, or without',
    }),
  ),
  suppressionSegmentIds: Type.Optional(
    Type.Union([rowId, Type.Array(rowId)], { description: 'As suppressionListIds, of segments' }),
  ),
  suppressionListIds: Type.Optional(
    Type.Union([rowId, Type.Array(rowId)], {
      description:
        'As in the call that triggers: who is on them gets nothing, beside those of the campaign’s own',
    }),
  ),
  dataFields: Type.Optional(
    Type.String({
      description: 'As in the call that triggers: fields for the template, as the text of a JSON object',
    }),
  ),
  allowRepeatMarketingSends: Type.Optional(
    Type.Boolean({
      description:
        'As in the call that triggers: false passes over who has had the campaign. true unless told',
    }),
  ),
  sendNow: Type.Optional(
    Type.Boolean({ description: 'Of a scheduled campaign: a launch now in place of its own time' }),
  ),
  sendAt: Type.Optional(instantInput),
  inUserZone: Type.Optional(Type.Boolean({ description: 'At that time of each person’s own place' })),
  startTimeZone: Type.Optional(Type.String()),
  defaultTimeZone: Type.Optional(Type.String()),
};

const launchQuery = Type.Object(launchFields);

/** The same where a body chooses: fields are fields. */
export const launchInBody = {
  ...launchFields,
  dataFields: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
};

type Asked = Omit<Static<typeof launchQuery>, 'dataFields'> & {
  dataFields?: string | Record<string, unknown>;
};

/**
 * What a call chose. Throws `BadParams` for a time that cannot be read, a zone without a time, both a time and now, or
 * fields that are no object.
 */
export function readLaunchChoice(asked: Asked): LaunchChoice {
  const { listIds, segmentIds, dataFields, allowRepeatMarketingSends: allowRepeats = true } = asked;
  return {
    schedule: readSchedule(asked),
    goesTo:
      listIds === undefined && segmentIds === undefined
        ? null
        : { listIds: [listIds ?? []].flat(), segmentIds: [segmentIds ?? []].flat() },
    suppressionListIds: [asked.suppressionListIds ?? []].flat(),
    suppressionSegmentIds: [asked.suppressionSegmentIds ?? []].flat(),
    dataFields: readFields(dataFields),
    allowRepeats,
  };
}

function readFields(fields: Asked['dataFields']): Record<string, unknown> {
  if (fields === undefined) return {};
  if (typeof fields !== 'string') return fields;
  try {
    return Value.Parse(Type.Record(Type.String(), Type.Unknown()), JSON.parse(fields));
  } catch {
    throw new ApiError(
      'BadParams',
      'dataFields: give them as the text of a JSON object, as {"shop":"Geary Street"}',
      { field: 'dataFields' },
    );
  }
}

function readSchedule({
  sendNow = false,
  sendAt,
  inUserZone = false,
  startTimeZone,
  defaultTimeZone,
}: Asked): LaunchChoice['schedule'] {
  if (sendAt !== undefined && sendNow)
    throw new ApiError('BadParams', 'sendNow: a launch is now or at sendAt; leave one of them out', {
      field: 'sendNow',
    });
  if (sendAt !== undefined)
    return { sendAt: readInstant('sendAt', sendAt), inUserZone, startTimeZone, defaultTimeZone };
  if (inUserZone || startTimeZone !== undefined || defaultTimeZone !== undefined)
    throw new ApiError('BadParams', 'sendAt: give the time that is meant with whose clock shows it', {
      field: 'sendAt',
    });
  return sendNow ? 'now' : null;
}
