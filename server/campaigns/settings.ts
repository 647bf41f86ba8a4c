import { type Static, Type } from 'typebox';
import type { SendOptions } from '../delivery/admission/send-options.ts';
import { rowId } from '../http/schemas.ts';

const ids = Type.Array(rowId);
const delayOrSkip = (description: string) =>
  Type.Union([Type.Literal('delay'), Type.Literal('skip')], { description });

/** What can be said of a campaign when it is made and when it is changed. */
export const campaignFields = {
  listIds: Type.Optional(ids),
  suppressionListIds: Type.Optional(ids),
  segmentIds: Type.Optional(ids),
  suppressionSegmentIds: Type.Optional(ids),
  campaignDataFields: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  senderId: Type.Optional(rowId),
  poolId: Type.Optional(rowId),
  spreadHours: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 168 })),
  quietHours: Type.Optional(
    delayOrSkip(
      'What becomes of a message at hours that are not lawful: it waits (delay, unless told), or is skipped',
    ),
  ),
  caps: Type.Optional(
    delayOrSkip(
      'What becomes of a message to somebody who has had as many as the law or the project allows: it is skipped (unless told), or waits (delay)',
    ),
  ),
};

const fields = Type.Object(campaignFields);

/** The options with what is asked for in place of what was there. */
export function withChanges(
  options: SendOptions,
  asked: Pick<Static<typeof fields>, 'quietHours' | 'caps' | 'campaignDataFields'> & {
    spreadHours?: number | null;
  },
): SendOptions {
  const { spreadHours, quietHours, caps, campaignDataFields } = asked;
  const { spreadHours: before, ...rest } = options;
  const spread = spreadHours === undefined ? before : (spreadHours ?? undefined);
  return {
    ...rest,
    ...(spread !== undefined && { spreadHours: spread }),
    ...(quietHours && { quietHours }),
    ...(caps && { caps }),
    ...(campaignDataFields && { dataFields: campaignDataFields }),
  };
}
