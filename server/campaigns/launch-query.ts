import { type Static, Type } from 'typebox';
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

/** What a call chose. Throws `BadParams` for a time that cannot be read, a zone without a time, or both a time and now. */
export function readLaunchChoice(asked: Static<typeof launchQuery>): LaunchChoice {
  const { listIds, allowRepeatMarketingSends: allowRepeats = true } = asked;
  return {
    schedule: readSchedule(asked),
    listIds: listIds === undefined ? null : [listIds].flat(),
    allowRepeats,
  };
}

function readSchedule({
  sendNow = false,
  sendAt,
  inUserZone = false,
  startTimeZone,
  defaultTimeZone,
}: Static<typeof launchQuery>): LaunchChoice['schedule'] {
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
